internal import Canonical
internal import XMLCodec

/// How often a particle may stand: `minOccurs` and `maxOccurs` (XSD 1.0 part 1 §3.9).
struct Occurrence: Equatable {
    var minimum = 1
    /// nil is unbounded.
    var maximum: Int? = 1

    static let once = Occurrence()

    var isRepeated: Bool { maximum.map { $0 > 1 } ?? true }
    var isProhibited: Bool { maximum == 0 }

    /// One of these inside one of `outer`.
    func inside(_ outer: Occurrence) -> Occurrence {
        Occurrence(minimum: Self.product(minimum, outer.minimum), maximum: Self.product(maximum, outer.maximum))
    }

    /// These and then `next` of the same.
    func followed(by next: Occurrence) -> Occurrence {
        let sum = maximum.flatMap { own in next.maximum.map { own + $0 } }
        return Occurrence(minimum: minimum + next.minimum, maximum: sum)
    }

    /// Either these or `other` of the same.
    func or(_ other: Occurrence) -> Occurrence {
        let larger = maximum.flatMap { own in other.maximum.map { max(own, $0) } }
        return Occurrence(minimum: min(minimum, other.minimum), maximum: larger)
    }

    init(minimum: Int = 1, maximum: Int? = 1) {
        self.minimum = minimum
        self.maximum = maximum
    }

    init(_ cardinality: Cardinality) {
        switch cardinality {
        case .required: self.init()
        case .optional: self.init(minimum: 0)
        case .repeated(let minimum, let maximum): self.init(minimum: minimum, maximum: maximum)
        }
    }

    var cardinality: Cardinality {
        if isRepeated { return .repeated(minimum: minimum, maximum: maximum) }
        return minimum > 0 ? .required : .optional
    }

    private static func product(_ left: Int, _ right: Int) -> Int { min(left * right, limit) }

    private static func product(_ left: Int?, _ right: Int?) -> Int? {
        if left == 0 || right == 0 { return 0 }
        guard let left, let right, left * right < limit else { return nil }
        return left * right
    }

    /// A maximum from here on counts as unbounded, so that products and sums stay far from overflow.
    fileprivate static let limit = 1_000_000
}

extension Component {
    /// The occurrence that the particle states; what is not a number counts as 1.
    func occurrence(_ findings: Findings) -> Occurrence {
        var result = Occurrence.once
        if let text = element.value("minOccurs") { result.minimum = count(text, findings) }
        if let text = element.value("maxOccurs") {
            let count = text.trimmingXMLSpace() == "unbounded" ? Occurrence.limit : count(text, findings)
            result.maximum = count < Occurrence.limit ? count : nil
        }
        if let maximum = result.maximum { result.minimum = min(result.minimum, maximum) }
        return result
    }

    private func count(_ text: String, _ findings: Findings) -> Int {
        let text = text.trimmingXMLSpace()
        if let value = Int(text), value >= 0 { return min(value, Occurrence.limit) }
        if !text.isEmpty, text.utf8.allSatisfy({ $0 &- 0x30 < 10 }) { return Occurrence.limit }
        findings.warn("xsd.occurrence", "'\(text)' is not a number of occurrences; read as 1.", at: location)
        return 1
    }
}
