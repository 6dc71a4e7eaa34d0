internal import Canonical
internal import XMLCodec

/// Collects the facets of one restriction over those of its base (XSD 1.0 part 2 §4.3).
struct FacetReader {
    private let restriction: Component
    private let kind: ScalarKind
    private let findings: Findings
    private(set) var patterns: [String] = []
    private var hasEnumeration = false
    var facets: Facets

    init(base: ScalarType, restriction: Component, findings: Findings) {
        self.restriction = restriction
        self.findings = findings
        kind = base.kind
        facets = base.facets
    }

    /// Takes one child of the restriction; what is no facet is left to others.
    mutating func read(_ element: ContractElement) throws(Diagnostic) {
        guard let value = element.value("value") else { return }
        switch element.local {
        case "length": facets.length = count(value, element)
        case "minLength": facets.minimumLength = count(value, element)
        case "maxLength": facets.maximumLength = count(value, element)
        case "totalDigits", "precision": facets.totalDigits = count(value, element)
        case "fractionDigits", "scale": facets.fractionDigits = count(value, element)
        case "minInclusive": facets.minimum = Facets.Bound(value.trimmingXMLSpace())
        case "maxInclusive": facets.maximum = Facets.Bound(value.trimmingXMLSpace())
        case "minExclusive": facets.minimum = Facets.Bound(value.trimmingXMLSpace(), isExclusive: true)
        case "maxExclusive": facets.maximum = Facets.Bound(value.trimmingXMLSpace(), isExclusive: true)
        case "pattern": patterns.append(value)
        case "enumeration": try enumerate(value, element)
        case "whiteSpace": setWhitespace(value, element)
        default:
            findings.warn("xsd.facet", "The facet '\(element.local)' is not known.", at: place(element))
        }
    }

    private mutating func enumerate(_ value: String, _ element: ContractElement) throws(Diagnostic) {
        // The values of this step take the place of the base's.
        if !hasEnumeration { facets.enumeration = [] }
        hasEnumeration = true
        let literal = try literal(value, element)
        facets.enumeration?.append(.init(literal, documentation: element.documentation))
    }

    /// The literal as a value compares with it: white space normalised, qualified names in full.
    private func literal(_ value: String, _ element: ContractElement) throws(Diagnostic) -> String {
        switch kind {
        case .qualifiedName: return try restriction.document.name(value, at: element).description
        case .string:
            switch facets.whitespace {
            case .collapse: return value.split(whereSeparator: \.isXMLSpace).joined(separator: " ")
            case .replace: return String(value.map { $0.isXMLSpace ? " " : $0 })
            case .preserve, nil: return value
            }
        default: return value.split(whereSeparator: \.isXMLSpace).joined(separator: " ")
        }
    }

    private mutating func setWhitespace(_ value: String, _ element: ContractElement) {
        switch value {
        case "preserve": facets.whitespace = .preserve
        case "replace": facets.whitespace = .replace
        case "collapse": facets.whitespace = .collapse
        default: findings.warn("xsd.facet", "'\(value)' is no way to treat white space.", at: place(element))
        }
    }

    private func count(_ value: String, _ element: ContractElement) -> Int? {
        if let count = Int(value.trimmingXMLSpace()), count >= 0 { return count }
        findings.warn(
            "xsd.facet", "'\(value)' is not a number; the \(element.local) is not checked.", at: place(element))
        return nil
    }

    private func place(_ element: ContractElement) -> SourceLocation { restriction.document.location(of: element) }
}
