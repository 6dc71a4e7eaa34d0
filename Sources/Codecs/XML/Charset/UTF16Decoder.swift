internal import Buffers

/// UTF-16 to UTF-8.
enum UTF16Decoder {
    /// Leaves out a byte order mark; refuses half characters and lone surrogates as "xml.encoding".
    static func utf8(_ source: RawSpan, isBigEndian: Bool) throws(XMLError) -> Bytes {
        guard source.byteCount & 1 == 0 else { throw XMLError(.encoding, at: source.byteCount) }
        var out = ByteWriter(capacity: source.byteCount)
        var index = unit(source, 0, isBigEndian) == 0xFEFF ? 2 : 0
        while index < source.byteCount {
            let first = unit(source, index, isBigEndian)
            if first &- 0xD800 >= 0x800 {
                out.append(scalar: first)
                index &+= 2
                continue
            }
            let second = unit(source, index &+ 2, isBigEndian)
            guard first < 0xDC00, second &- 0xDC00 < 0x400 else { throw XMLError(.encoding, at: index) }
            out.append(scalar: 0x10000 &+ (first &- 0xD800) << 10 &+ (second &- 0xDC00))
            index &+= 4
        }
        return out.finish()
    }

    /// The two bytes at `index`; 0 past the end.
    private static func unit(_ source: RawSpan, _ index: Int, _ isBigEndian: Bool) -> UInt32 {
        let first = UInt32(source.peek(index))
        let second = UInt32(source.peek(index &+ 1))
        return isBigEndian ? first << 8 | second : second << 8 | first
    }
}

extension ByteWriter {
    /// Writes a character as UTF-8; `scalar` is not a surrogate.
    mutating func append(scalar: UInt32) {
        if scalar < 0x80 { return append(UInt8(truncatingIfNeeded: scalar)) }
        if scalar < 0x800 {
            append(UInt8(truncatingIfNeeded: 0xC0 | scalar >> 6))
        } else {
            if scalar < 0x10000 {
                append(UInt8(truncatingIfNeeded: 0xE0 | scalar >> 12))
            } else {
                append(UInt8(truncatingIfNeeded: 0xF0 | scalar >> 18))
                append(UInt8(truncatingIfNeeded: 0x80 | scalar >> 12 & 0x3F))
            }
            append(UInt8(truncatingIfNeeded: 0x80 | scalar >> 6 & 0x3F))
        }
        append(UInt8(truncatingIfNeeded: 0x80 | scalar & 0x3F))
    }
}
