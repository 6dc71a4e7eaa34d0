/// Durations as people write them.
enum TimeSpan {
    private static let units: [(suffix: Substring, milliseconds: Int64)] = [
        ("h", 3_600_000), ("m", 60_000), ("s", 1000), ("ms", 1),
    ]

    /// The duration that `text` means: one or more numbers, each with its unit; nil otherwise.
    static func parse(_ text: String) -> Duration? {
        var rest = Substring(text)
        var total: Int64 = 0
        guard !rest.isEmpty else { return nil }
        while !rest.isEmpty {
            let digits = rest.prefix { $0.isASCII && $0.isNumber }
            rest = rest.dropFirst(digits.count)
            let suffix = rest.prefix { $0.isLetter }
            rest = rest.dropFirst(suffix.count)
            guard let number = Int64(digits), let unit = units.first(where: { $0.suffix == suffix }) else { return nil }
            let (part, overflows) = number.multipliedReportingOverflow(by: unit.milliseconds)
            let (sum, overflowsToo) = total.addingReportingOverflow(part)
            guard !overflows, !overflowsToo else { return nil }
            total = sum
        }
        return .milliseconds(total)
    }

    /// The shortest exact way to write `duration` with one unit, in whole milliseconds.
    static func text(_ duration: Duration) -> String {
        let (seconds, attoseconds) = duration.components
        let milliseconds = seconds * 1000 + attoseconds / 1_000_000_000_000_000
        let unit = units.first { milliseconds.isMultiple(of: $0.milliseconds) } ?? ("ms", 1)
        return milliseconds == 0 ? "0s" : "\(milliseconds / unit.milliseconds)\(unit.suffix)"
    }
}
