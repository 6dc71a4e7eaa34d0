internal import Buffers

/// The fraction of a second in the text of timestamps and durations.
enum Nanos {
    /// Reads a point and one to nine digits at `index`, or nothing where there is no point.
    static func read(_ text: RawSpan, _ index: inout Int) -> Int32? {
        guard index < text.byteCount, text[index] == UInt8(ascii: ".") else { return 0 }
        index &+= 1
        let start = index
        var value: Int32 = 0
        while index < text.byteCount, ASCII.isDigit(text[index]), index &- start < 9 {
            value = value &* 10 &+ Int32(text[index] &- 0x30)
            index &+= 1
        }
        guard index > start else { return nil }
        for _ in index &- start..<9 { value = value &* 10 }
        return value
    }

    /// Writes a point and 3, 6 or 9 digits; nothing for zero.
    static func write(_ nanos: Int32, into out: inout ByteWriter) {
        guard nanos != 0 else { return }
        out.append(UInt8(ascii: "."))
        let value = Int(nanos.magnitude)
        if value % 1_000_000 == 0 {
            out.append(padded: value / 1_000_000, 3)
        } else if value % 1000 == 0 {
            out.append(padded: value / 1000, 6)
        } else {
            out.append(padded: value, 9)
        }
    }
}

extension RawSpan {
    /// The number that the digits of `range` make; nil when others stand there too.
    func digits(_ range: Range<Int>) -> Int? {
        guard range.upperBound <= byteCount else { return nil }
        var value = 0
        for index in range {
            guard ASCII.isDigit(self[index]) else { return nil }
            value = value &* 10 &+ Int(self[index] &- 0x30)
        }
        return value
    }
}
