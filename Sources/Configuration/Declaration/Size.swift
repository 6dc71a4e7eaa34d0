/// Numbers of bytes as people write them.
enum Size {
    private static let units: [(suffix: String, bytes: Int)] = [
        ("GiB", 1 << 30), ("MiB", 1 << 20), ("KiB", 1 << 10), ("B", 1),
    ]

    /// The bytes that `text` means, nil when it is not a size or too large for one.
    static func parse(_ text: String) -> Int? {
        let unit = units.first { text.hasSuffix($0.suffix) }
        let digits = text.dropLast(unit?.suffix.count ?? 0)
        guard digits.first?.isNumber == true, let number = Int(digits) else { return nil }
        let (bytes, overflows) = number.multipliedReportingOverflow(by: unit?.bytes ?? 1)
        return overflows ? nil : bytes
    }

    /// The shortest exact way to write `bytes`.
    static func text(_ bytes: Int) -> String {
        let unit = units.first { bytes != 0 && bytes.isMultiple(of: $0.bytes) }
        return "\(bytes / (unit?.bytes ?? 1))\(unit?.suffix ?? "B")"
    }
}
