internal import Buffers

/// The parts of a number as it is written; the digits stay where they are.
///
/// Grammar of XSD 1.0 part 2 (integer, decimal, double), of which JSON's numbers are a subset.
struct NumberText {
    enum Grammar { case integer, decimal, float }

    private(set) var isNegative = false
    /// Digits before the point, without leading zeros.
    private(set) var whole = 0..<0
    private(set) var fraction = 0..<0
    /// Where the exponent's letter stands, or the end.
    private(set) var mantissaEnd = 0
    /// Beyond ten digits it is as good as without end.
    private(set) var exponent = 0
    /// It is a JSON number as it stands.
    private(set) var isJSON = false

    /// Reads the whole of `text`; nil when it is not in the grammar.
    init?(_ text: RawSpan, _ grammar: Grammar) {
        var index = 0
        let end = text.byteCount
        guard end > 0 else { return nil }
        let sign = text[0]
        isNegative = sign == UInt8(ascii: "-")
        if isNegative || sign == UInt8(ascii: "+") { index = 1 }
        let start = index
        while index < end, ASCII.isDigit(text[index]) { index &+= 1 }
        let wholeDigits = index &- start
        var first = start
        while first < index, text[first] == UInt8(ascii: "0") { first &+= 1 }
        whole = first..<index
        var hasPoint = false
        if index < end, text[index] == UInt8(ascii: "."), grammar != .integer {
            hasPoint = true
            index &+= 1
            let point = index
            while index < end, ASCII.isDigit(text[index]) { index &+= 1 }
            fraction = point..<index
        }
        guard wholeDigits > 0 || !fraction.isEmpty else { return nil }
        mantissaEnd = index
        if index < end {
            guard grammar == .float, text[index] | 0x20 == UInt8(ascii: "e"), readExponent(text, from: index &+ 1)
            else { return nil }
        }
        isJSON =
            sign != UInt8(ascii: "+") && wholeDigits > 0 && (first == start || (first == start &+ 1 && whole.isEmpty))
            && hasPoint != fraction.isEmpty
    }

    private mutating func readExponent(_ text: RawSpan, from start: Int) -> Bool {
        var index = start
        let end = text.byteCount
        guard index < end else { return false }
        let isMinus = text[index] == UInt8(ascii: "-")
        if isMinus || text[index] == UInt8(ascii: "+") { index &+= 1 }
        guard index < end else { return false }
        while index < end {
            guard ASCII.isDigit(text[index]) else { return false }
            if exponent < 1_000_000_000 { exponent = exponent &* 10 &+ Int(text[index] &- 0x30) }
            index &+= 1
        }
        if isMinus { exponent = -exponent }
        return true
    }

    /// Whether the number is zero, of either sign.
    func isZero(in text: RawSpan) -> Bool {
        whole.isEmpty && significantFraction(in: text).isEmpty
    }

    /// The fraction without the zeros at its end, which say nothing.
    func trimmedFraction(in text: RawSpan) -> Range<Int> {
        var end = fraction.upperBound
        while end > fraction.lowerBound, text[end &- 1] == UInt8(ascii: "0") { end &-= 1 }
        return fraction.lowerBound..<end
    }

    /// How many digits the value needs (XSD 1.0 part 2 §4.3.11).
    func totalDigits(in text: RawSpan) -> Int {
        let places = trimmedFraction(in: text).count
        return max(whole.isEmpty ? 0 : whole.count &+ places, places)
    }

    private func significantFraction(in text: RawSpan) -> Range<Int> {
        let trimmed = trimmedFraction(in: text)
        var start = trimmed.lowerBound
        while start < trimmed.upperBound, text[start] == UInt8(ascii: "0") { start &+= 1 }
        return start..<trimmed.upperBound
    }

    /// Orders two numbers exactly, however long: -1, 0 or 1.
    static func compare(_ left: NumberText, _ leftText: RawSpan, _ right: NumberText, _ rightText: RawSpan) -> Int {
        let leftSign = left.isZero(in: leftText) ? 0 : left.isNegative ? -1 : 1
        let rightSign = right.isZero(in: rightText) ? 0 : right.isNegative ? -1 : 1
        guard leftSign == rightSign, leftSign != 0 else { return (leftSign &- rightSign).signum() }
        return leftSign &* compareMagnitudes(left, leftText, right, rightText)
    }

    private static func compareMagnitudes(
        _ left: NumberText, _ leftText: RawSpan, _ right: NumberText, _ rightText: RawSpan
    ) -> Int {
        let leftPlaces = left.leadingPlace(in: leftText)
        let rightPlaces = right.leadingPlace(in: rightText)
        guard leftPlaces == rightPlaces else { return (leftPlaces &- rightPlaces).signum() }
        var leftDigits = left.digits(in: leftText)
        var rightDigits = right.digits(in: rightText)
        while true {
            let one = leftDigits.next(in: leftText)
            let other = rightDigits.next(in: rightText)
            if one == nil, other == nil { return 0 }
            let difference = Int(one ?? 0x30) &- Int(other ?? 0x30)
            if difference != 0 { return difference.signum() }
        }
    }

    /// The power of ten just above the first digit that is not zero.
    private func leadingPlace(in text: RawSpan) -> Int {
        if !whole.isEmpty { return whole.count &+ exponent }
        return fraction.lowerBound &- significantFraction(in: text).lowerBound &+ exponent
    }

    private func digits(in text: RawSpan) -> Digits {
        Digits(whole: whole, fraction: whole.isEmpty ? significantFraction(in: text) : fraction)
    }

    /// The digits from the first that is not zero on.
    private struct Digits {
        var whole: Range<Int>
        var fraction: Range<Int>

        mutating func next(in text: RawSpan) -> UInt8? {
            if !whole.isEmpty {
                defer { whole = whole.lowerBound &+ 1..<whole.upperBound }
                return text[whole.lowerBound]
            }
            guard !fraction.isEmpty else { return nil }
            defer { fraction = fraction.lowerBound &+ 1..<fraction.upperBound }
            return text[fraction.lowerBound]
        }
    }
}
