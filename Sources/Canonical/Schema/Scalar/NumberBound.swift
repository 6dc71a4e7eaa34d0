internal import Buffers

/// One end of a range of numbers, exact.
struct NumberBound: Sendable {
    let value: String
    let isExclusive: Bool
    private let text: [UInt8]
    private let number: NumberText

    /// Nil when `value` is not a number.
    init?(_ value: String, isExclusive: Bool = false) {
        self.value = value
        self.isExclusive = isExclusive
        let text = Array(value.utf8)
        guard let number = NumberText(text.span.bytes, .float) else { return nil }
        self.text = text
        self.number = number
    }

    /// How `other` in `otherText` stands to the bound: -1 below, 0 equal, 1 above.
    func position(of other: NumberText, _ otherText: RawSpan) -> Int {
        NumberText.compare(other, otherText, number, text.span.bytes)
    }

    /// -1, 0 or 1 for this end below, at, or above `other`.
    func compare(_ other: NumberBound) -> Int {
        other.position(of: number, text.span.bytes)
    }
}
