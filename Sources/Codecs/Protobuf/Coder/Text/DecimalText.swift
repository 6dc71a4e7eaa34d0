internal import Buffers

/// A number as JSON writes it (RFC 8259 §6), taken apart: `mantissa` times ten to the `exponent`.
struct DecimalText {
    private(set) var isNegative = false
    private(set) var mantissa: UInt64 = 0
    /// Beyond nine digits it is as good as without end.
    private(set) var exponent = 0
    /// All digits are in `mantissa`.
    private(set) var isWhole = true

    /// Reads the whole of `text`; nil when it is no number. Numbers in quotes keep the same grammar.
    init?(_ text: RawSpan) {
        var index = 0
        let end = text.byteCount
        if index < end, text[index] == UInt8(ascii: "-") {
            isNegative = true
            index = 1
        }
        let start = index
        readDigits(text, &index, isFraction: false)
        let digits = index &- start
        guard digits > 0, digits == 1 || text[start] != UInt8(ascii: "0") else { return nil }
        if index < end, text[index] == UInt8(ascii: ".") {
            index &+= 1
            let point = index
            readDigits(text, &index, isFraction: true)
            guard index > point else { return nil }
        }
        if index < end, text[index] | 0x20 == UInt8(ascii: "e") {
            index &+= 1
            guard readExponent(text, &index) else { return nil }
        }
        guard index == end else { return nil }
    }

    private mutating func readDigits(_ text: RawSpan, _ index: inout Int, isFraction: Bool) {
        while index < text.byteCount, ASCII.isDigit(text[index]) {
            let digit = UInt64(text[index] &- 0x30)
            let (tens, isOver) = mantissa.multipliedReportingOverflow(by: 10)
            let (sum, isOverOne) = tens.addingReportingOverflow(digit)
            if isWhole, !isOver, !isOverOne {
                mantissa = sum
                if isFraction { exponent &-= 1 }
            } else {
                isWhole = isWhole && digit == 0
                // What does not fit any more is only counted; a zero behind the point says nothing at all.
                if !isFraction { exponent &+= 1 }
            }
            index &+= 1
        }
    }

    private mutating func readExponent(_ text: RawSpan, _ index: inout Int) -> Bool {
        let end = text.byteCount
        guard index < end else { return false }
        let isMinus = text[index] == UInt8(ascii: "-")
        if isMinus || text[index] == UInt8(ascii: "+") { index &+= 1 }
        let start = index
        var value = 0
        while index < end, ASCII.isDigit(text[index]) {
            if value < 100_000_000 { value = value &* 10 &+ Int(text[index] &- 0x30) }
            index &+= 1
        }
        exponent &+= isMinus ? 0 &- value : value
        return index > start
    }

    /// The value as an integer, as its magnitude; nil when it is none or larger than 64 bits.
    private var magnitude: UInt64? {
        guard isWhole else { return nil }
        guard mantissa != 0 else { return 0 }
        var value = mantissa
        var power = exponent
        while power > 0 {
            let (larger, isOver) = value.multipliedReportingOverflow(by: 10)
            if isOver { return nil }
            value = larger
            power &-= 1
        }
        while power < 0 {
            guard value % 10 == 0 else { return nil }
            value /= 10
            power &+= 1
        }
        return value
    }

    /// The bits of the value as a signed integer.
    var signed: Int64? {
        guard let magnitude else { return nil }
        guard isNegative else { return Int64(exactly: magnitude) }
        return magnitude <= Int64.min.magnitude ? Int64(truncatingIfNeeded: 0 &- magnitude) : nil
    }

    var unsigned: UInt64? {
        guard let magnitude, !isNegative || magnitude == 0 else { return nil }
        return magnitude
    }

    /// The nearest double, where two exact ones make it by one operation (Clinger 1990); nil else.
    var exactDouble: Double? {
        guard isWhole, mantissa <= 1 << 53, exponent >= -22, exponent <= 22 else { return nil }
        let power = PowersOfTen.doubles[abs(exponent)]
        let value = exponent < 0 ? Double(mantissa) / power : Double(mantissa) * power
        return isNegative ? -value : value
    }

    var exactFloat: Float? {
        guard isWhole, mantissa <= 1 << 24, exponent >= -10, exponent <= 10 else { return nil }
        let power = Float(PowersOfTen.doubles[abs(exponent)])
        let value = exponent < 0 ? Float(mantissa) / power : Float(mantissa) * power
        return isNegative ? -value : value
    }
}
