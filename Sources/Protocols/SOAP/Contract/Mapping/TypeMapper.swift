internal import Canonical
internal import XMLCodec

/// Maps XSD's types to the types of a canonical schema.
///
/// A reference to a complex type only takes a place in the schema; the types are read one after another by `finish`, so
/// that recursive and deeply linked types need no stack. A type that cannot be carried faithfully is remembered with the
/// reason, and `defect(of:)` says which values would meet it.
final class TypeMapper {
    private static let maximumDerivations = 32
    private static let maximumFields = 1_000_000

    /// How far a complex type is read.
    private enum State {
        case waiting(Component, name: String, global: QualifiedName?)
        case reading, done
        case defective(Diagnostic)
    }

    private struct Place: Hashable {
        let document: ObjectIdentifier
        let offset: Int
    }

    let schemas: SchemaSet
    let simpleTypes: SimpleTypes
    let findings: Findings
    var builder = Schema.Builder()
    private var states: [Int: State] = [:]
    private var queue: [MessageID] = []
    private var types: [QualifiedName: Result<ValueType, Diagnostic>] = [:]
    private var elements: [QualifiedName: Result<ElementDeclaration, Diagnostic>] = [:]
    private var anonymous: [Place: Result<ValueType, Diagnostic>] = [:]
    private var derivations = 0
    private var fieldCount = 0

    init(schemas: SchemaSet) {
        self.schemas = schemas
        simpleTypes = SimpleTypes(schemas: schemas)
        findings = schemas.findings
    }

    // MARK: Types

    /// The type that an attribute of `origin` names.
    func type(named text: String, from origin: Component) throws(Diagnostic) -> ValueType {
        try type(try origin.document.name(text, at: origin.element), from: origin)
    }

    func type(_ name: QualifiedName, from origin: Component) throws(Diagnostic) -> ValueType {
        if name.namespace == ContractNamespace.xsd {
            if name.local == "anyType" || name.local == "ur-type" { return .any }
            if let scalar = BuiltInTypes.scalar(name.local) { return .scalar(scalar) }
        }
        if let known = types[name] { return try known.get() }
        let (found, component) = try schemas.find(.type, name, from: origin)
        if let known = types[found] { return try known.get() }
        let result = Result { () throws(Diagnostic) -> ValueType in
            if component.element.local == "simpleType" {
                return .scalar(try simpleTypes.scalar(named: found, from: origin))
            }
            return try complexType(component, name: found.local, global: found)
        }
        types[found] = result
        types[name] = result
        return try result.get()
    }

    /// The type of a `complexType` element: an object, unless its content is always one plain value or anything at all.
    private func complexType(
        _ component: Component, name: String, global: QualifiedName?
    ) throws(Diagnostic) -> ValueType {
        if component.element.isOpenContent { return .any }
        if let content = component.element.plainContent, global.map({ !schemas.bases.contains($0) }) ?? true,
            let base = content.value("base")
        {
            if case .scalar(let scalar) = try type(named: base, from: component.child(content)) {
                return .scalar(scalar)
            }
        }
        let id = builder.reserve()
        states[id.index] = .waiting(component, name: name, global: global)
        queue.append(id)
        return .message(id)
    }

    /// A type declared where it is used; read once wherever its declaration is shared.
    private func anonymousType(_ component: Component, name: String) throws(Diagnostic) -> ValueType {
        let place = Place(document: ObjectIdentifier(component.document), offset: component.element.offset)
        if let known = anonymous[place] { return try known.get() }
        let result = Result { () throws(Diagnostic) -> ValueType in
            component.element.local == "simpleType"
                ? .scalar(try simpleTypes.scalar(component))
                : try complexType(component, name: name, global: nil)
        }
        anonymous[place] = result
        return try result.get()
    }

    // MARK: Elements

    /// The declaration that a particle is or refers to.
    func element(_ particle: Component, owner: String) throws(Diagnostic) -> ElementDeclaration {
        if let reference = particle.element.value("ref") {
            var declaration = try element(
                try particle.document.name(reference, at: particle.element), from: particle)
            if let documentation = particle.element.documentation { declaration.documentation = documentation }
            return declaration
        }
        guard let local = particle.element.value("name")?.trimmingXMLSpace(), !local.isEmpty else {
            throw Diagnostic(.error, "xsd.unnamed-element", "An element has no name.", at: particle.location)
        }
        let name = particle.qualifiedName(local, isQualifiedByDefault: particle.document.qualifiesElements)
        return try declaration(particle, name: name, owner: owner)
    }

    /// The global element called `name`.
    func element(_ name: QualifiedName, from origin: Component) throws(Diagnostic) -> ElementDeclaration {
        if let known = elements[name] { return try known.get() }
        let (found, component) = try schemas.find(.element, name, from: origin)
        let result = Result { () throws(Diagnostic) -> ElementDeclaration in
            var declaration = try declaration(component, name: found, owner: nil)
            declaration.isHead = component.element.flag("abstract") || schemas.substitutes[found] != nil
            return declaration
        }
        elements[name] = result
        return try result.get()
    }

    private func declaration(
        _ component: Component, name: QualifiedName, owner: String?
    ) throws(Diagnostic) -> ElementDeclaration {
        let element = component.element
        let type = try typeOfElement(component, name: name.local, owner: owner)
        for constraint in element.children where constraint.isIdentityConstraint {
            findings.note(
                "xsd.identity-constraint", "The \(constraint.local) of '\(name.local)' is not checked.",
                at: component.document.location(of: constraint))
        }
        if case .message = type, element.value("fixed") != nil {
            findings.note(
                "xsd.fixed", "That the text of '\(name.local)' is fixed is not checked, for it has attributes.",
                at: component.location)
        }
        return ElementDeclaration(
            name: name, type: type, isNillable: element.flag("nillable"),
            defaultValue: component.constraint("default", on: type),
            fixedValue: component.constraint("fixed", on: type), documentation: element.documentation)
    }

    /// - Parameter owner: The type that a local element is in, whose name that of an anonymous type begins with.
    private func typeOfElement(
        _ component: Component, name: String, owner: String?
    ) throws(Diagnostic) -> ValueType {
        let element = component.element
        if let type = element.value("type") { return try self.type(named: type, from: component) }
        if let inner = element.schemaChild("complexType") ?? element.schemaChild("simpleType") {
            return try anonymousType(component.child(inner), name: owner.map { "\($0).\(name)" } ?? name)
        }
        guard let head = element.value("substitutionGroup") else { return .any }
        let headName = try component.document.name(head, at: element)
        let (_, declaration) = try schemas.find(.element, headName, from: component)
        guard declaration.element.value("substitutionGroup") == nil else { return .any }
        return try typeOfElement(declaration, name: headName.local, owner: nil)
    }

    // MARK: Objects

    /// Reads all types that were referred to, and those they refer to.
    func finish() {
        var next = 0
        while next < queue.count {
            read(queue[next])
            next += 1
        }
    }

    /// The base type at `id`, read now if it was not yet.
    func base(_ id: MessageID, of derived: Component) throws(Diagnostic) -> MessageType {
        derivations += 1
        defer { derivations -= 1 }
        guard derivations <= Self.maximumDerivations else {
            throw Diagnostic(.error, "xsd.too-deep", "Types derive too deeply.", at: derived.location)
        }
        read(id)
        switch states[id.index] {
        case .defective(let reason): throw reason
        case .reading:
            throw Diagnostic(.error, "xsd.circular-type", "The type derives from itself.", at: derived.location)
        case .waiting, .done, nil:
            guard let type = builder[id] else {
                throw Diagnostic(.error, "xsd.circular-type", "The base is not known.", at: derived.location)
            }
            return type
        }
    }

    private func read(_ id: MessageID) {
        guard case .waiting(let component, let name, let global)? = states[id.index] else { return }
        states[id.index] = .reading
        do {
            var reader = ComplexTypeReader(component, name: name, mapper: self)
            var type = try reader.read()
            if let global { type.annotations[XMLTypeName.self] = XMLTypeName(global) } else { type.base = nil }
            try count(type.fields.count, at: component)
            builder.define(id, type)
            states[id.index] = .done
        } catch {
            builder.define(id, MessageType(name: name))
            states[id.index] = .defective(error)
            if component.element.derivation != nil, global != nil {
                findings.warn(
                    error.rule, "The type '\(name)' is not offered. \(error.message)",
                    at: error.location ?? component.location)
            }
        }
    }

    /// Bounds what copies of base types and groups can add up to.
    func count(_ fields: Int, at component: Component) throws(Diagnostic) {
        fieldCount += fields
        guard fieldCount <= Self.maximumFields, fields < Int(Node.firstReserved) else {
            throw Diagnostic(.error, "xsd.too-large", "There are too many fields.", at: component.location)
        }
    }

    /// Why the type at `id` itself cannot be carried; nil when it can.
    func defect(at id: MessageID) -> Diagnostic? {
        if case .defective(let reason) = states[id.index] { reason } else { nil }
    }
}

extension ContractElement {
    /// Whether a complex type admits any elements between any text: what `xs:anyType` does.
    fileprivate var isOpenContent: Bool {
        guard flag("mixed"), let model = particle, derivation == nil else { return false }
        let children = children.filter { $0.isSchemaElement && $0.local != "annotation" && $0.local != "anyAttribute" }
        let particles = model.children.filter(\.isParticle)
        return children.count == 1 && model.local == "sequence" && !particles.isEmpty
            && particles.allSatisfy { $0.local == "any" }
    }

    /// Whether it is a rule over values of several elements (XSD 1.0 part 1 §3.11).
    fileprivate var isIdentityConstraint: Bool {
        isSchemaElement && (local == "key" || local == "keyref" || local == "unique")
    }

    /// The extension of a type with simple content that adds nothing.
    fileprivate var plainContent: ContractElement? {
        guard !flag("abstract"), let content = schemaChild("simpleContent")?.schemaChild("extension"),
            content.children.allSatisfy({ $0.local == "annotation" })
        else { return nil }
        return content
    }
}
