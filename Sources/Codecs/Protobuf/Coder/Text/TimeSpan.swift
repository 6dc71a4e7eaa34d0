internal import Buffers

/// A `google.protobuf.Duration`: seconds and nanoseconds of the same sign.
struct TimeSpan: Equatable {
    var seconds: Int64
    var nanos: Int32

    /// About ten thousand years.
    static let limit: Int64 = 315_576_000_000

    var isValid: Bool {
        seconds >= -TimeSpan.limit && seconds <= TimeSpan.limit && nanos >= -999_999_999 && nanos <= 999_999_999
            && !(seconds > 0 && nanos < 0) && !(seconds < 0 && nanos > 0)
    }

    init(seconds: Int64, nanos: Int32) {
        self.seconds = seconds
        self.nanos = nanos
    }

    /// Reads decimal seconds with up to nine fraction digits and an `s`.
    init?(_ text: RawSpan) {
        let end = text.byteCount
        guard end >= 2, text[end - 1] == UInt8(ascii: "s") else { return nil }
        let isNegative = text[0] == UInt8(ascii: "-")
        var index = isNegative ? 1 : 0
        let start = index
        var value: Int64 = 0
        while index < end, ASCII.isDigit(text[index]) {
            guard index - start < 12 else { return nil }
            value = value * 10 + Int64(text[index] - 0x30)
            index += 1
        }
        guard index > start, let nanos = Nanos.read(text, &index), index == end - 1 else { return nil }
        seconds = isNegative ? -value : value
        self.nanos = isNegative ? -nanos : nanos
        guard isValid else { return nil }
    }

    /// Writes a valid one with 0, 3, 6 or 9 fraction digits.
    func write(into out: inout ByteWriter) {
        if seconds < 0 || nanos < 0 { out.append(UInt8(ascii: "-")) }
        out.append(decimal: UInt(seconds.magnitude))
        Nanos.write(nanos, into: &out)
        out.append(UInt8(ascii: "s"))
    }
}
