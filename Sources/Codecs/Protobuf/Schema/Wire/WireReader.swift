internal import Buffers

/// Reads the fields of one message, front to back. Nothing that the bytes say makes it trap or read past them.
///
/// Source: protobuf.dev, "Encoding".
public struct WireReader: ~Escapable {
    /// How deep groups may nest where they are skipped.
    public static let maximumDepth = 100

    public let span: RawSpan
    public var index = 0

    @_lifetime(copy span)
    public init(_ span: RawSpan) {
        self.span = span
    }

    public var isAtEnd: Bool { index >= span.byteCount }

    /// The next tag; nil at the end of the bytes.
    public mutating func tag() throws(WireError) -> WireTag? {
        guard !isAtEnd else { return nil }
        let start = index
        let value = try varint()
        // 32 bits fit in five bytes; more are refused even where they say nothing.
        guard let type = WireType(rawValue: UInt8(truncatingIfNeeded: value & 7)), value >> 3 != 0,
            value <= UInt64(UInt32.max), index &- start <= 5
        else { throw .invalidTag }
        return WireTag(Int(truncatingIfNeeded: value >> 3), type)
    }

    public mutating func varint() throws(WireError) -> UInt64 {
        let end = span.byteCount
        guard index < end else { throw .truncated }
        let first = span[index]
        if first < 0x80 {
            index &+= 1
            return UInt64(first)
        }
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while index < end {
            let byte = span[index]
            index &+= 1
            value |= UInt64(byte & 0x7F) &<< shift
            if byte < 0x80 {
                // The tenth byte has room for one bit.
                guard shift < 63 || byte <= 1 else { throw .overlong }
                return value
            }
            shift &+= 7
            if shift > 63 { throw .overlong }
        }
        throw .truncated
    }

    public mutating func fixed32() throws(WireError) -> UInt32 {
        guard span.byteCount &- index >= 4 else { throw .truncated }
        defer { index &+= 4 }
        return UInt32(littleEndian: span.unsafeLoadUnaligned(fromByteOffset: index, as: UInt32.self))
    }

    public mutating func fixed64() throws(WireError) -> UInt64 {
        guard span.byteCount &- index >= 8 else { throw .truncated }
        defer { index &+= 8 }
        return UInt64(littleEndian: span.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self))
    }

    /// The place in `span` of the content of a length-delimited field.
    public mutating func content() throws(WireError) -> Range<Int> {
        let length = try varint()
        guard length <= UInt64(span.byteCount &- index) else { throw .truncated }
        let start = index
        index &+= Int(truncatingIfNeeded: length)
        return start..<index
    }

    /// The place in `span` of the content of the group `number`, whose start tag was just read; reads its end tag too.
    public mutating func group(_ number: Int) throws(WireError) -> Range<Int> {
        let start = index
        var open = [number]
        var end = start
        while let current = open.last {
            end = index
            guard let tag = try tag() else { throw .unbalancedGroup }
            switch tag.type {
            case .endGroup:
                guard tag.number == current else { throw .unbalancedGroup }
                open.removeLast()
            case .startGroup:
                guard open.count < Self.maximumDepth else { throw .tooDeep }
                open.append(tag.number)
            default: try skip(tag)
            }
        }
        return start..<end
    }

    /// Skips the value of the field whose tag was just read.
    public mutating func skip(_ tag: WireTag) throws(WireError) {
        switch tag.type {
        case .varint: _ = try varint()
        case .fixed64: _ = try fixed64()
        case .lengthDelimited: _ = try content()
        case .startGroup: _ = try group(tag.number)
        case .endGroup: throw .unbalancedGroup
        case .fixed32: _ = try fixed32()
        }
    }

    /// The content of a length-delimited field as text; ill-formed UTF-8 becomes U+FFFD.
    public mutating func string() throws(WireError) -> String {
        String(decoding: span.extracting(try content()))
    }
}
