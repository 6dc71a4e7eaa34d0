internal import Buffers
internal import ProtobufSchema

/// Tags and simple values.
extension WireReader {
    /// Goes past `tag` if it is reached.
    @inline(__always)
    mutating func skip(_ tag: WireBytes) -> Bool {
        guard tag.isNext(in: span, at: index) else { return false }
        index &+= tag.length
        return true
    }

    /// A varint that is mostly one byte.
    @inline(__always)
    mutating func quickVarint() throws(WireError) -> UInt64 {
        if index < span.byteCount {
            let byte = span[index]
            if byte < 0x80 {
                index &+= 1
                return UInt64(byte)
            }
        }
        return try varint()
    }

    /// An integer as the 64 bits that a varint of it has; what is longer than its type loses its upper bits.
    @inline(__always)
    mutating func integer(_ type: ProtobufType) throws(WireError) -> UInt64 {
        switch type {
        case .int32: UInt64(bitPattern: Int64(Int32(truncatingIfNeeded: try quickVarint())))
        case .uint32: UInt64(UInt32(truncatingIfNeeded: try quickVarint()))
        case .sint32, .sint64: zigzag(try quickVarint(), isLong: type == .sint64)
        case .fixed32: UInt64(try fixed32())
        case .sfixed32: UInt64(bitPattern: Int64(Int32(bitPattern: try fixed32())))
        case .fixed64, .sfixed64: try fixed64()
        default: try quickVarint()
        }
    }

    private func zigzag(_ value: UInt64, isLong: Bool) -> UInt64 {
        let value = isLong ? value : UInt64(UInt32(truncatingIfNeeded: value))
        return value >> 1 ^ (0 &- (value & 1))
    }

    /// A `double`, or a `float` as the double of the same value.
    @inline(__always)
    mutating func floating(_ type: ProtobufType) throws(WireError) -> Double {
        type == .double ? Double(bitPattern: try fixed64()) : Double(Float(bitPattern: try fixed32()))
    }
}
