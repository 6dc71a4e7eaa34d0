internal import Buffers

/// `X-Request-Timeout`: how long the sender waits for the answer, in seconds (`2.5`), or with a unit (`250ms`, `30s`,
/// `1m`).
enum RequestTimeout {
    /// nil for what is no time, or none that anybody waits.
    static func parse(_ text: RawSpan) -> Duration? {
        let text = String(decoding: text)
        let digits = text.prefix { $0.isASCII && $0.isNumber || $0 == "." }
        let parts = digits.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        guard let whole = parts.first, !whole.isEmpty, whole.count <= 9, let number = Int64(whole) else { return nil }
        let fraction = parts.count > 1 ? parts[1].prefix(9) : "0"
        guard !fraction.isEmpty, let part = Int64(fraction + String(repeating: "0", count: 9 - fraction.count)) else {
            return nil
        }
        let unit: Int64
        switch text[digits.endIndex...] {
        case "ms": unit = 1_000_000
        case "", "s": unit = 1_000_000_000
        case "m": unit = 60_000_000_000
        default: return nil
        }
        // At most 60 * 10^18 and 60 * 10^9 nanoseconds: apart, so that nothing can overflow.
        return .nanoseconds(unit) * Int(number) + .nanoseconds(unit / 1000 * (part / 1_000_000))
    }

    /// In seconds, to the millisecond.
    static func text(_ timeout: Duration) -> String {
        let (seconds, attoseconds) = timeout.components
        let milliseconds = String(1000 + attoseconds / 1_000_000_000_000_000).dropFirst()
        return "\(seconds).\(milliseconds)"
    }
}
