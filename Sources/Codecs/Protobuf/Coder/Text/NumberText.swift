internal import Buffers
internal import ProtobufSchema

/// Numbers from their JSON text, by the type that they are to have.
enum NumberText {
    /// The bits of an integer within `field`'s range; 1e5 and 100.0 are integers too.
    static func integer(_ text: RawSpan, _ field: FieldPlan) -> UInt64? {
        if let value = digits(text) { return field.holds(value) ? UInt64(bitPattern: value) : nil }
        guard let decimal = DecimalText(text) else { return nil }
        if field.type == .uint64 || field.type == .fixed64 { return decimal.unsigned }
        guard let value = decimal.signed, field.holds(value) else { return nil }
        return UInt64(bitPattern: value)
    }

    /// What is nothing but a few digits, as most numbers are; nil says nothing.
    private static func digits(_ text: RawSpan) -> Int64? {
        let end = text.byteCount
        guard end > 0, end <= 18, text[0] != UInt8(ascii: "0") else { return nil }
        var value: Int64 = 0
        for index in 0..<end {
            let digit = text[index] &- 0x30
            guard digit < 10 else { return nil }
            value = value &* 10 &+ Int64(digit)
        }
        return value
    }

    /// A floating-point number that is in the range of its type; a `float` as the double of the same value.
    static func floating(_ text: RawSpan, isDouble: Bool) -> Double? {
        guard let decimal = DecimalText(text) else { return nil }
        if isDouble {
            if let value = decimal.exactDouble { return value }
            guard let value = Double(String(decoding: text)), value.isFinite else { return nil }
            return value
        }
        if let value = decimal.exactFloat { return Double(value) }
        guard let value = Float(String(decoding: text)), value.isFinite else { return nil }
        return Double(value)
    }

    /// The names of what no digits are for.
    static func special(_ text: RawSpan) -> Double? {
        if text.equals("NaN") { return .nan }
        if text.equals("Infinity") { return .infinity }
        return text.equals("-Infinity") ? -.infinity : nil
    }
}
