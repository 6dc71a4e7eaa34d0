internal import Canonical
internal import XMLCodec

/// Reads the attributes that a complex type declares, directly or by attribute groups (TRANSLATION R3, R17).
struct AttributeReader {
    private static let maximumDepth = 32

    private let mapper: TypeMapper
    private var depth = 0
    private var groups: Set<QualifiedName> = []
    private(set) var list: FieldList

    init(mapper: TypeMapper, list: FieldList) {
        self.mapper = mapper
        self.list = list
    }

    /// Adds what stands in `parent`: a complex type, a derivation or an attribute group.
    mutating func read(_ parent: Component) throws(Diagnostic) {
        for element in parent.element.children where element.isSchemaElement {
            let child = parent.child(element)
            switch element.local {
            case "attribute": try attribute(child)
            case "attributeGroup": try group(child)
            case "anyAttribute": wildcard(child)
            default: break
            }
        }
    }

    private mutating func attribute(_ use: Component) throws(Diagnostic) {
        let (name, declaration) = try declaration(of: use)
        let known = list.fields.firstIndex { $0.attributeName == name }
        if use.element.value("use") == "prohibited" {
            if let known { list.remove(at: known) }
            return
        }
        let type = ValueType.scalar(try type(of: declaration))
        var field = Field(
            name: name.local, documentation: use.element.documentation ?? declaration.element.documentation, type: type,
            cardinality: use.element.value("use") == "required" ? .required : .optional)
        field.defaultValue = use.constraint("default", on: type) ?? declaration.constraint("default", on: type)
        field.fixedValue = use.constraint("fixed", on: type) ?? declaration.constraint("fixed", on: type)
        // A restriction says again what its base has; a group may be used twice.
        if let known {
            list.replace(at: known, by: field)
        } else {
            _ = list.add(attribute: name, field, in: use.document)
        }
    }

    private func declaration(of use: Component) throws(Diagnostic) -> (QualifiedName, Component) {
        if let reference = use.element.value("ref") {
            let name = try use.document.name(reference, at: use.element)
            let (found, component) = try mapper.schemas.find(.attribute, name, from: use)
            return (found, component)
        }
        guard let local = use.element.value("name")?.trimmingXMLSpace(), !local.isEmpty else {
            throw Diagnostic(.error, "xsd.unnamed-attribute", "An attribute has no name.", at: use.location)
        }
        return (use.qualifiedName(local, isQualifiedByDefault: use.document.qualifiesAttributes), use)
    }

    private func type(of declaration: Component) throws(Diagnostic) -> ScalarType {
        if let text = declaration.element.value("type") {
            let name = try declaration.document.name(text, at: declaration.element)
            return try mapper.simpleTypes.scalar(named: name, from: declaration)
        }
        guard let inner = declaration.element.schemaChild("simpleType") else { return BuiltInTypes.string }
        return try mapper.simpleTypes.scalar(declaration.child(inner))
    }

    private mutating func group(_ use: Component) throws(Diagnostic) {
        guard let reference = use.element.value("ref") else { return }
        let name = try use.document.name(reference, at: use.element)
        let (found, definition) = try mapper.schemas.find(.attributeGroup, name, from: use)
        // A group inside itself adds nothing new.
        guard groups.insert(found).inserted else { return }
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.maximumDepth else {
            throw Diagnostic(.error, "xsd.too-deep", "Attribute groups are nested too deeply.", at: use.location)
        }
        try read(definition)
    }

    private mutating func wildcard(_ declaration: Component) {
        let node = XMLNode.attributeWildcard(declaration.wildcard)
        if let known = list.fields.firstIndex(where: \.isAttributeWildcard) {
            list.set(node, at: known)
        } else {
            _ = list.add(node, Field(name: "@*", type: .any, cardinality: .optional))
        }
    }
}

extension Field {
    var elementName: QualifiedName? {
        if case .element(let name) = annotations[XMLNode.self] { name } else { nil }
    }

    var attributeName: QualifiedName? {
        if case .attribute(let name) = annotations[XMLNode.self] { name } else { nil }
    }

    var isAttributeWildcard: Bool {
        if case .attributeWildcard = annotations[XMLNode.self] { true } else { false }
    }

    /// Whether it stands in a start tag.
    var isAttribute: Bool { attributeName != nil || isAttributeWildcard }

    var isText: Bool {
        if case .text = annotations[XMLNode.self] { true } else { false }
    }
}
