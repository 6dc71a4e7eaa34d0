internal import Buffers

/// How long a client waits, as fields say it.
enum TimeoutText {
    /// Reads `grpc-timeout`: one to eight digits and a unit; nil when it is not so.
    static func parse(_ text: RawSpan) -> Duration? {
        guard text.byteCount >= 2, text.byteCount <= 9, let count = digits(text, text.byteCount - 1) else { return nil }
        switch text[text.byteCount - 1] {
        case UInt8(ascii: "H"): return .seconds(count * 3600)
        case UInt8(ascii: "M"): return .seconds(count * 60)
        case UInt8(ascii: "S"): return .seconds(count)
        case UInt8(ascii: "m"): return .milliseconds(count)
        case UInt8(ascii: "u"): return .microseconds(count)
        case UInt8(ascii: "n"): return .nanoseconds(count)
        default: return nil
        }
    }

    /// Reads `connect-timeout-ms`: one to ten digits.
    static func parse(milliseconds text: RawSpan) -> Duration? {
        guard text.byteCount <= 10, let count = digits(text, text.byteCount) else { return nil }
        return .milliseconds(count)
    }

    /// Writes `grpc-timeout` in the finest unit that has room for it; never more than `duration`.
    static func write(_ duration: Duration, into out: inout ByteWriter) {
        let units: [(Int64, UInt8)] = [
            (1_000_000_000, UInt8(ascii: "n")), (1_000_000, UInt8(ascii: "u")), (1000, UInt8(ascii: "m")),
            (1, UInt8(ascii: "S")),
        ]
        let (seconds, attoseconds) = max(duration, .zero).components
        for (perSecond, unit) in units {
            let (whole, overflows) = seconds.multipliedReportingOverflow(by: perSecond)
            if overflows || whole > 99_999_999 { continue }
            let count = whole + attoseconds / (1_000_000_000_000_000_000 / perSecond)
            if count > 99_999_999 { continue }
            out.append(decimal: Int(count))
            return out.append(unit)
        }
        out.append(decimal: Int(min(seconds / 3600, 99_999_999)))
        out.append(UInt8(ascii: "H"))
    }

    private static func digits(_ text: RawSpan, _ count: Int) -> Int? {
        guard count > 0 else { return nil }
        var value = 0
        for index in 0..<count {
            guard ASCII.isDigit(text[index]) else { return nil }
            value = value * 10 + Int(text[index] &- 0x30)
        }
        return value
    }
}
