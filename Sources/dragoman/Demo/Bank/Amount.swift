/// Money to the cent, exactly.
struct Amount: Comparable {
    let cents: Int64

    /// Far from the end of 64 bits: as many of these as a bank has accounts add up without overflow.
    static let largest = Amount(cents: 1_000_000_000_000_000)
    static let zero = Amount(cents: 0)

    init(cents: Int64) {
        self.cents = cents
    }

    /// Reads an `xs:decimal` of at most two fraction digits (and zeros behind them); nil for anything else or too much.
    init?(_ text: String) {
        let isNegative = text.hasPrefix("-")
        let digits = isNegative || text.hasPrefix("+") ? text.dropFirst() : text[...]
        let parts = digits.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        var fraction = parts.count > 1 ? String(parts[1]) : ""
        while fraction.utf8.count > 2, fraction.hasSuffix("0") { fraction.removeLast() }
        let all = (parts.first ?? "") + fraction
        guard fraction.utf8.count <= 2, !all.isEmpty, all.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            return nil
        }
        let padding = String(repeating: "0", count: 2 - fraction.utf8.count)
        guard let magnitude = Int64(all + padding), magnitude <= Self.largest.cents else { return nil }
        cents = isNegative ? -magnitude : magnitude
    }

    static func < (left: Amount, right: Amount) -> Bool { left.cents < right.cents }
    static func + (left: Amount, right: Amount) -> Amount { Amount(cents: left.cents + right.cents) }
    static func - (left: Amount, right: Amount) -> Amount { Amount(cents: left.cents - right.cents) }
}

extension Amount: CustomStringConvertible {
    /// With two fraction digits, such as `-0.05`.
    var description: String {
        let (whole, rest) = cents.magnitude.quotientAndRemainder(dividingBy: 100)
        return "\(cents < 0 ? "-" : "")\(whole).\(rest < 10 ? "0" : "")\(rest)"
    }
}
