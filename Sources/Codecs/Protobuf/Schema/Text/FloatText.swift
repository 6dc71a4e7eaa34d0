/// Floating-point numbers as C prints them with `%.*g`: with few digits if those say it all, else with enough.
enum FloatText {
    static func text(_ value: Double) -> String {
        special(value) ?? shortest(value, 15) { Double($0) == value } ?? text(value, digits: 17)
    }

    static func text(_ value: Float) -> String {
        let wide = Double(value)
        // C's strtof calls subnormal numbers out of range, so protoc does not trust few digits there.
        return special(wide) ?? shortest(wide, 6) { Float($0) == value && !value.isSubnormal } ?? text(wide, digits: 9)
    }

    private static func special(_ value: Double) -> String? {
        if value.isNaN { return "nan" }
        return value.isInfinite ? (value < 0 ? "-inf" : "inf") : nil
    }

    private static func shortest(_ value: Double, _ digits: Int, _ isExact: (String) -> Bool) -> String? {
        let text = text(value, digits: digits)
        return isExact(text) ? text : nil
    }

    private static func text(_ value: Double, digits count: Int) -> String {
        let sign = value.sign == .minus ? "-" : ""
        guard value != 0 else { return sign + "0" }
        var (digits, exponent) = DecimalExpansion(value.magnitude).rounded(to: count)
        while digits.count > 1, digits.last == 0 { digits.removeLast() }
        let text = digits.map(String.init)
        if exponent < -4 || exponent >= count {
            let fraction = text.count > 1 ? "." + text[1...].joined() : ""
            let amount = String(exponent.magnitude)
            return "\(sign)\(text[0])\(fraction)e\(exponent < 0 ? "-" : "+")\(amount.count < 2 ? "0" : "")\(amount)"
        }
        if exponent < 0 { return sign + "0." + String(repeating: "0", count: -exponent - 1) + text.joined() }
        let whole = (0...exponent).map { $0 < text.count ? text[$0] : "0" }.joined()
        return sign + whole + (text.count > exponent + 1 ? "." + text[(exponent + 1)...].joined() : "")
    }
}

/// All decimal digits of a positive number.
private struct DecimalExpansion {
    /// Most significant first, without leading zeros.
    private var digits: [UInt8]
    /// How many of them stand behind the point.
    private var scale = 0

    init(_ value: Double) {
        var mantissa = value.significandBitPattern | (value.isNormal ? 1 << 52 : 0)
        var exponent = value.isNormal ? Int(value.exponentBitPattern) - 1075 : -1074
        while mantissa & 1 == 0, exponent < 0 {
            mantissa >>= 1
            exponent += 1
        }
        var reversed = String(mantissa).utf8.reversed().map { $0 - 0x30 }
        // A half is five tenths.
        for _ in 0..<abs(exponent) { Self.multiply(&reversed, by: exponent < 0 ? 5 : 2) }
        scale = exponent < 0 ? -exponent : 0
        digits = reversed.reversed()
    }

    private static func multiply(_ digits: inout [UInt8], by factor: UInt8) {
        var carry: UInt8 = 0
        for index in digits.indices {
            let product = digits[index] * factor + carry
            digits[index] = product % 10
            carry = product / 10
        }
        if carry > 0 { digits.append(carry) }
    }

    /// The first `count` digits, rounded half to even, and the power of ten of the first of them.
    func rounded(to count: Int) -> (digits: [UInt8], exponent: Int) {
        var exponent = digits.count - scale - 1
        guard digits.count > count else { return (digits, exponent) }
        var result = Array(digits[..<count])
        let rest = digits[count...]
        let isMore = rest[count] > 5 || rest[count] == 5 && rest.dropFirst().contains { $0 != 0 }
        guard isMore || rest[count] == 5 && result[count - 1] & 1 == 1 else { return (result, exponent) }
        var index = count - 1
        while index >= 0, result[index] == 9 {
            result[index] = 0
            index -= 1
        }
        if index >= 0 {
            result[index] += 1
        } else {
            result = [1] + result.dropLast()
            exponent += 1
        }
        return (result, exponent)
    }
}
