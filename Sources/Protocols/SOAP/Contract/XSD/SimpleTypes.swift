internal import Canonical
internal import XMLCodec

/// Reads simple types into scalar types; each global one once.
final class SimpleTypes {
    private static let maximumDepth = 32

    private let schemas: SchemaSet
    private let findings: Findings
    private var known: [QualifiedName: Result<ScalarType, Diagnostic>] = [:]
    private var reading: Set<QualifiedName> = []
    private var patterns: [String: Facets.Pattern] = [:]
    private var depth = 0

    init(schemas: SchemaSet) {
        self.schemas = schemas
        findings = schemas.findings
    }

    /// All global simple types that were read.
    var globals: [QualifiedName: ScalarType] { known.compactMapValues { try? $0.get() } }

    /// The simple type called `name`; complex types are refused.
    func scalar(named name: QualifiedName, from origin: Component) throws(Diagnostic) -> ScalarType {
        if name.namespace == ContractNamespace.xsd, let type = BuiltInTypes.scalar(name.local) { return type }
        if let result = known[name] { return try result.get() }
        let (found, component) = try schemas.find(.type, name, from: origin)
        guard component.element.local == "simpleType" else {
            throw Diagnostic(
                .error, "xsd.not-simple", "A simple type is needed, but '\(name)' is complex.", at: origin.location)
        }
        if let result = known[found] { return try result.get() }
        guard reading.insert(found).inserted else {
            throw Diagnostic(
                .error, "xsd.circular-type", "The simple type '\(found)' is made of itself.", at: component.location)
        }
        defer { reading.remove(found) }
        let result: Result<ScalarType, Diagnostic>
        do {
            let label = component.document.prefix(of: found.namespace).map { "\($0):\(found.local)" } ?? found.local
            result = .success(try scalar(component, name: label))
        } catch {
            result = .failure(error)
        }
        known[found] = result
        return try result.get()
    }

    /// The simple type that a `simpleType` element declares.
    func scalar(_ component: Component, name: String? = nil) throws(Diagnostic) -> ScalarType {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.maximumDepth else {
            throw Diagnostic(.error, "xsd.too-deep", "Simple types are nested too deeply.", at: component.location)
        }
        let documentation = component.element.documentation
        if let restriction = component.element.schemaChild("restriction") {
            let step = component.child(restriction)
            return try restrict(try base(of: step), by: step, name: name, documentation: documentation)
        }
        if let list = component.element.schemaChild("list") {
            let item = try member(component.child(list), attribute: "itemType")
            return ScalarType(.list(of: item), name: name, documentation: documentation)
        }
        if let union = component.element.schemaChild("union") {
            let members = try members(of: component.child(union))
            return ScalarType(.union(of: members), name: name, documentation: documentation)
        }
        findings.warn("xsd.empty-type", "The simple type says nothing; read as a string.", at: component.location)
        return ScalarType(.string, name: name, documentation: documentation)
    }

    /// `base` with the facets of a restriction.
    func restrict(
        _ base: ScalarType, by restriction: Component, name: String? = nil, documentation: String? = nil
    ) throws(Diagnostic) -> ScalarType {
        var reader = FacetReader(base: base, restriction: restriction, findings: findings)
        for element in restriction.element.children where element.isSchemaElement {
            try reader.read(element)
        }
        if !reader.patterns.isEmpty, let pattern = pattern(reader.patterns, at: restriction) {
            reader.facets.patterns.append(pattern)
        }
        return ScalarType(base.kind, name: name, documentation: documentation, facets: reader.facets)
    }

    // MARK: Parts

    private func base(of restriction: Component) throws(Diagnostic) -> ScalarType {
        try member(restriction, attribute: "base")
    }

    /// The type that `attribute` names, or the anonymous one inside.
    private func member(_ component: Component, attribute: StaticString) throws(Diagnostic) -> ScalarType {
        if let text = component.element.value(attribute) {
            let name = try component.document.name(text, at: component.element)
            return try scalar(named: name, from: component)
        }
        if let inner = component.element.schemaChild("simpleType") { return try scalar(component.child(inner)) }
        throw Diagnostic(
            .error, "xsd.undefined-type", "The \(component.element.local) names no type.", at: component.location)
    }

    private func members(of union: Component) throws(Diagnostic) -> [ScalarType] {
        var members: [ScalarType] = []
        for text in (union.element.value("memberTypes") ?? "").split(whereSeparator: \.isXMLSpace) {
            let name = try union.document.name(String(text), at: union.element)
            members.append(try scalar(named: name, from: union))
        }
        for inner in union.element.children where inner.local == "simpleType" && inner.isSchemaElement {
            members.append(try scalar(union.child(inner)))
        }
        guard !members.isEmpty else {
            throw Diagnostic(.error, "xsd.undefined-type", "The union has no member.", at: union.location)
        }
        return members
    }

    /// The alternatives of one derivation step as one pattern; nil, with a finding, when we cannot match it.
    private func pattern(_ alternatives: [String], at place: Component) -> Facets.Pattern? {
        let source = alternatives.count == 1 ? alternatives[0] : alternatives.map { "(\($0))" }.joined(separator: "|")
        if let pattern = patterns[source] { return pattern }
        do {
            let pattern = Facets.Pattern(source: source, matcher: try PatternParser.compile(source))
            patterns[source] = pattern
            return pattern
        } catch {
            let why =
                switch error {
                case .malformed(let part): "it is not a regular expression of XSD at '\(part)'"
                case .tooLarge: "it is too large to be matched in bounded time"
                }
            findings.warn("xsd.pattern", "The pattern '\(source)' is not checked: \(why).", at: place.location)
            return nil
        }
    }
}
