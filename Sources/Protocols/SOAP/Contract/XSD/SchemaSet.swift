internal import Buffers
internal import Canonical
internal import XMLCodec

/// The global declarations of all schemas that a contract has or imports, by name.
final class SchemaSet {
    /// XSD's symbol spaces (XSD 1.0 part 1 §2.5).
    enum Kind: Int, CaseIterable {
        case element, type, attribute, group, attributeGroup

        init?(_ local: String) {
            switch local {
            case "element": self = .element
            case "complexType", "simpleType": self = .type
            case "attribute": self = .attribute
            case "group": self = .group
            case "attributeGroup": self = .attributeGroup
            default: return nil
            }
        }

        var word: String { self == .attributeGroup ? "attribute group" : "\(self)" }
        /// What is broken where there is none of the name.
        var rule: String {
            switch self {
            case .element: "xsd.undefined-element"
            case .type: "xsd.undefined-type"
            case .attribute: "xsd.undefined-attribute"
            case .group, .attributeGroup: "xsd.undefined-group"
            }
        }
    }

    let findings: Findings
    /// The schemas in the order they were found.
    private(set) var documents: [ContractDocument] = []
    /// Elements that may stand for another one, by the name of that one.
    private(set) var substitutes: [QualifiedName: [QualifiedName]] = [:]
    /// Complex types that others derive from.
    private(set) var bases: Set<QualifiedName> = []
    private var tables: [[QualifiedName: Component]] = Kind.allCases.map { _ in [:] }
    private var standard: Set<String> = []
    /// Namespaces of documents that were imported as another namespace, by that.
    var aliases: [String: [String]] = [:]
    /// Imports whose document is not there, by namespace.
    var missing: [String: Diagnostic] = [:]

    init(findings: Findings) {
        self.findings = findings
    }

    /// The global declarations of one kind.
    subscript(kind: Kind) -> [QualifiedName: Component] { tables[kind.rawValue] }

    // MARK: Filling

    /// Takes the global declarations of `document`.
    func add(_ document: ContractDocument) {
        documents.append(document)
        for element in document.root.children where element.isSchemaElement {
            declare(Component(element: element, document: document))
        }
    }

    /// Puts `redefinition` in the place of what it redefines, which keeps existing under another name for the
    /// redefinition to build on (XSD 1.0 part 1 §4.2.2).
    func redefine(_ redefinition: Component) {
        guard let kind = Kind(redefinition.element.local), let local = redefinition.element.value("name") else {
            return
        }
        let name = QualifiedName(redefinition.document.targetNamespace, local)
        tables[kind.rawValue][redefinition.document.original(name)] = tables[kind.rawValue][name]
        tables[kind.rawValue][name] = nil
        declare(redefinition)
    }

    private func declare(_ component: Component) {
        guard let kind = Kind(component.element.local), let local = component.element.value("name") else { return }
        let name = QualifiedName(component.document.targetNamespace, local.trimmingXMLSpace())
        if let first = tables[kind.rawValue][name] {
            if !first.element.isSameDeclaration(as: component.element) {
                findings.warn(
                    "xsd.duplicate",
                    "The \(kind.word) '\(name.local)' is declared differently before; that one counts.",
                    at: component.location)
            }
            return
        }
        tables[kind.rawValue][name] = component
        note(component, of: kind, as: name)
    }

    /// Remembers what others refer to: heads of substitution groups and bases of types.
    private func note(_ component: Component, of kind: Kind, as name: QualifiedName) {
        switch kind {
        case .element:
            guard let head = component.element.value("substitutionGroup"),
                let head = try? component.document.name(head, at: component.element)
            else { return }
            substitutes[head, default: []].append(name)
        case .type:
            guard let derivation = component.element.derivation, let base = derivation.value("base"),
                let base = try? component.document.name(base, at: derivation)
            else { return }
            bases.insert(base)
        case .attribute, .group, .attributeGroup: break
        }
    }

    // MARK: Looking up

    /// The declaration that `reference` in the component `origin` names.
    ///
    /// - Throws: A diagnostic `xsd.undefined-…` when there is none.
    func find(
        _ kind: Kind, _ name: QualifiedName, from origin: Component
    ) throws(Diagnostic) -> (name: QualifiedName, component: Component) {
        if let found = lookUp(kind, name) { return (name, found) }
        for alias in aliases[name.namespace] ?? [] {
            let other = QualifiedName(alias, name.local)
            if let found = lookUp(kind, other) { return (other, found) }
        }
        if name.namespace.isEmpty, !origin.document.targetNamespace.isEmpty {
            // A forgotten prefix: nothing else can be meant.
            let other = QualifiedName(origin.document.targetNamespace, name.local)
            if let found = lookUp(kind, other) {
                findings.warn(
                    "xsd.missing-prefix", "'\(name.local)' is read as '\(other)'; its prefix is missing.",
                    at: origin.location)
                return (other, found)
            }
        }
        let reason = missing[name.namespace].map { " \($0.message)" } ?? ""
        throw Diagnostic(
            .error, kind.rule, "The \(kind.word) '\(name)' is not declared.\(reason)", at: origin.location)
    }

    /// A declaration by its exact name; the catalogue's schema of a namespace is read when the first name of it is asked
    /// for and the documents do not have it.
    private func lookUp(_ kind: Kind, _ name: QualifiedName) -> Component? {
        if let found = tables[kind.rawValue][name] { return found }
        guard let text = StandardSchemas.text(of: name.namespace), standard.insert(name.namespace).inserted,
            let root = try? ContractTree.read(Bytes(text))
        else { return nil }
        add(ContractDocument(root: root, file: name.namespace, isBuiltIn: true))
        return tables[kind.rawValue][name]
    }
}

extension ContractElement {
    /// The extension or restriction that a complex type is made by.
    var derivation: ContractElement? {
        guard let content = schemaChild("complexContent") ?? schemaChild("simpleContent") else { return nil }
        return content.schemaChild("extension") ?? content.schemaChild("restriction")
    }

    /// Whether both say the same, documentation and layout aside.
    fileprivate func isSameDeclaration(as other: ContractElement) -> Bool {
        func essence(_ element: ContractElement) -> [ContractElement] {
            element.children.filter { $0.local != "annotation" }
        }
        guard name == other.name, attributes == other.attributes else { return false }
        let own = essence(self)
        let others = essence(other)
        return own.count == others.count && zip(own, others).allSatisfy { $0.isSameDeclaration(as: $1) }
    }
}
