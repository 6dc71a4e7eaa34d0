internal import Canonical
internal import XMLCodec

/// Reads one complex type: attributes first, then the content; a derived type begins with its base's fields
/// (TRANSLATION R3, R4, R13, traps 2, 7 and 11).
struct ComplexTypeReader {
    private let component: Component
    private let name: String
    private let mapper: TypeMapper
    private var type: MessageType
    /// Whether text may stand in the content.
    private var allowsText: Bool

    init(_ component: Component, name: String, mapper: TypeMapper) {
        self.component = component
        self.name = name
        self.mapper = mapper
        type = MessageType(
            name: name, documentation: component.element.documentation, isAbstract: component.element.flag("abstract"))
        allowsText =
            component.element.flag("mixed") || component.element.schemaChild("complexContent")?.flag("mixed") == true
    }

    mutating func read() throws(Diagnostic) -> MessageType {
        if component.element.schemaChild("assert") != nil {
            mapper.findings.note("xsd.assert", "The assertions of '\(name)' are not checked.", at: component.location)
        }
        if let content = component.element.schemaChild("simpleContent") {
            try readSimple(content)
        } else if let content = component.element.schemaChild("complexContent") {
            try readComplex(content)
        } else {
            try addOwn(component)
        }
        if allowsText {
            type.isMixed = type.fields.contains { !$0.isAttribute && !$0.isText }
            // Without elements it is a plain value.
            if !type.isMixed, !type.fields.contains(where: \.isText) { setText(BuiltInTypes.string) }
        }
        return type
    }

    // MARK: Simple content

    private mutating func readSimple(_ content: ContractElement) throws(Diagnostic) {
        guard let element = component.element.derivation else { throw malformed(content) }
        let derivation = component.child(element)
        let base = try baseType(of: derivation)
        var text: ScalarType
        switch base {
        case .scalar(let scalar): text = scalar
        case .message(let id):
            let base = try mapper.base(id, of: derivation)
            guard case .scalar(let scalar)? = base.fields.first(where: \.isText)?.type else { throw malformed(element) }
            type.base = id
            type.fields = base.fields
            text = scalar
        case .any, .map, .nothing: text = BuiltInTypes.string
        }
        if element.local == "restriction" {
            if let inner = element.schemaChild("simpleType") {
                text = try mapper.simpleTypes.scalar(derivation.child(inner))
            }
            text = try mapper.simpleTypes.restrict(text, by: derivation, name: text.name)
        }
        try addAttributes(of: derivation)
        setText(text)
    }

    private mutating func setText(_ scalar: ScalarType) {
        if let index = type.fields.firstIndex(where: \.isText) {
            type.fields[index].type = .scalar(scalar)
        } else {
            var list = FieldList(continuing: type.fields)
            _ = list.add(.text, Field(name: "$", type: .scalar(scalar)))
            type.fields = list.fields
        }
    }

    // MARK: Complex content

    private mutating func readComplex(_ content: ContractElement) throws(Diagnostic) {
        guard let element = component.element.derivation else { throw malformed(content) }
        let derivation = component.child(element)
        let base = try baseType(of: derivation)
        switch base {
        case .any: break
        case .map, .nothing: throw malformed(element)
        case .scalar(let scalar):
            // Complex content over a simple type is not allowed, but means simple content.
            mapper.findings.warn(
                "xsd.simple-base", "'\(name)' extends a simple type; read as simple content.",
                at: derivation.location)
            try addAttributes(of: derivation)
            return setText(scalar)
        case .message(let id):
            let base = try mapper.base(id, of: derivation)
            type.base = id
            if element.local == "extension" || isEncodedArray(derivation) {
                allowsText = allowsText || base.isMixed
                type.fields = base.fields
                type.rules = base.rules
                type.annotations[XMLAll.self] = base.annotations[XMLAll.self]
            } else {
                type.fields = base.fields.filter { $0.attributeName != nil }
            }
        }
        try addOwn(derivation)
    }

    /// Whether a restriction of SOAP's array only says what is in it: its content is the array's.
    private func isEncodedArray(_ derivation: Component) -> Bool {
        guard derivation.element.particle == nil, let base = derivation.element.value("base"),
            let name = derivation.element.resolve(base), name.local == "Array"
        else { return false }
        return name.namespace == ContractNamespace.soapEncoding11 || name.namespace == ContractNamespace.soapEncoding12
    }

    private func baseType(of derivation: Component) throws(Diagnostic) -> ValueType {
        guard let base = derivation.element.value("base") else { throw malformed(derivation.element) }
        return try mapper.type(named: base, from: derivation)
    }

    // MARK: Parts

    /// The attributes and the content model that stand in `parent`.
    private mutating func addOwn(_ parent: Component) throws(Diagnostic) {
        try addAttributes(of: parent)
        guard let particle = parent.element.particle else { return }
        // Where there are elements, text is not a field but stands between them.
        if allowsText { type.fields.removeAll(where: \.isText) }
        var content = ContentModel(
            mapper: mapper, owner: name, list: FieldList(continuing: type.fields), isMixed: allowsText)
        type.rules += try content.read(parent.child(particle))
        type.fields = content.list.fields
        type.annotations[XMLAll.self] = content.isUnordered ? XMLAll() : nil
    }

    private mutating func addAttributes(of parent: Component) throws(Diagnostic) {
        var attributes = AttributeReader(mapper: mapper, list: FieldList(continuing: type.fields))
        try attributes.read(parent)
        type.fields = attributes.list.fields
    }

    private func malformed(_ element: ContractElement) -> Diagnostic {
        Diagnostic(
            .error, "xsd.content", "The \(element.local) of '\(name)' cannot be read.",
            at: component.document.location(of: element))
    }
}
