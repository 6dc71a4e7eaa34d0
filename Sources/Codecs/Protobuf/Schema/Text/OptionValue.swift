/// A value in an option, or in a message in text format.
struct OptionValue: Sendable {
    enum Content: Sendable {
        case identifier(String)
        /// An integer's amount and sign.
        case integer(UInt64, isNegative: Bool)
        case float(Double)
        case string([UInt8])
        case message([TextField])
    }

    var content: Content
    var place: Range<Int>
}

extension OptionValue {
    /// The value as a floating-point number; `inf` and `nan` are two.
    var number: Double? {
        switch content {
        case .integer(let amount, let isNegative): isNegative ? -Double(amount) : Double(amount)
        case .float(let value): value
        case .identifier("inf"): Double.infinity
        case .identifier("nan"): Double.nan
        default: nil
        }
    }
}
