public import Buffers

/// Writing the fields of a message.
extension ByteWriter {
    public mutating func append(varint value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        append(UInt8(truncatingIfNeeded: rest))
    }

    public mutating func append(tag number: Int, _ type: WireType) {
        append(varint: UInt64(truncatingIfNeeded: number) << 3 | UInt64(type.rawValue))
    }

    public mutating func append(fixed32 value: UInt32) {
        for shift in stride(from: UInt32(0), to: 32, by: 8) { append(UInt8(truncatingIfNeeded: value >> shift)) }
    }

    public mutating func append(fixed64 value: UInt64) {
        for shift in stride(from: UInt64(0), to: 64, by: 8) { append(UInt8(truncatingIfNeeded: value >> shift)) }
    }

    /// A whole varint field.
    public mutating func append(field number: Int, varint value: UInt64) {
        append(tag: number, .varint)
        append(varint: value)
    }

    /// A whole length-delimited field.
    public mutating func append(field number: Int, content: RawSpan) {
        append(tag: number, .lengthDelimited)
        append(varint: UInt64(content.byteCount))
        append(content)
    }

    public mutating func append(field number: Int, string: String) {
        append(field: number, content: Array(string.utf8).span.bytes)
    }
}
