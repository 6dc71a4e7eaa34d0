internal import Canonical
internal import XMLCodec

/// What a WSDL and those that it imports define, by name (WSDL 1.1 §2.1).
final class Definitions {
    enum Kind: String, CaseIterable {
        case message, portType, binding

        /// What is broken where there is none of the name.
        var rule: String {
            switch self {
            case .message: "wsdl.undefined-message"
            case .portType: "wsdl.undefined-port-type"
            case .binding: "wsdl.undefined-binding"
            }
        }
    }

    let findings: Findings
    private(set) var root: ContractDocument
    private(set) var services: [Component] = []
    /// All bindings in the order of the documents.
    private(set) var bindings: [Component] = []
    private var tables: [Kind: [QualifiedName: Component]] = [:]
    private let documents: DocumentSet
    private let schemas: SchemaLoader
    private var visited: Set<String> = []

    /// Reads `root` and all that it imports; services count only where the user's own document has them.
    init(_ root: ContractDocument, documents: DocumentSet, schemas: SchemaLoader, findings: Findings) {
        self.root = root
        self.documents = documents
        self.schemas = schemas
        self.findings = findings
        var queue = [root]
        visited.insert(DocumentPath.normalized(root.file))
        var next = 0
        while next < queue.count {
            add(queue[next])
            queue += imports(of: queue[next])
            next += 1
        }
    }

    private func add(_ document: ContractDocument) {
        schemas.add(typesOf: document.root, file: document.file)
        for element in document.root.children where element.namespace == ContractNamespace.wsdl {
            let component = Component(element: element, document: document)
            switch element.local {
            case "service": if document === root { services.append(component) }
            case "binding":
                bindings.append(component)
                declare(component, as: .binding)
            case "message": declare(component, as: .message)
            case "portType": declare(component, as: .portType)
            default: break
            }
        }
    }

    private func declare(_ component: Component, as kind: Kind) {
        guard let local = component.element.value("name")?.trimmingXMLSpace() else {
            return findings.warn("wsdl.unnamed", "A \(kind.rawValue) has no name.", at: component.location)
        }
        let name = QualifiedName(component.document.targetNamespace, local)
        if tables[kind]?[name] == nil {
            tables[kind, default: [:]][name] = component
        } else {
            findings.warn(
                "wsdl.duplicate", "There are two \(kind.rawValue)s called '\(local)'; the first counts.",
                at: component.location)
        }
    }

    private func imports(of document: ContractDocument) -> [ContractDocument] {
        var found: [ContractDocument] = []
        for element in document.root.wsdlChildren("import") {
            let place = document.location(of: element)
            guard let location = element.value("location"), !location.isEmpty else { continue }
            guard let path = DocumentPath.resolve(location, against: document.file),
                visited.contains(path) || documents.exists(path)
            else {
                findings.warn("wsdl.missing-import", "The document '\(location)' cannot be read.", at: place)
                continue
            }
            guard visited.insert(path).inserted, let root = documents.root(at: path, referrer: place) else { continue }
            if root.local == "schema", root.isSchemaElement {
                schemas.add(ContractDocument(root: root, file: path))
            } else {
                found.append(ContractDocument(root: root, file: path))
            }
        }
        return found
    }

    /// What the QName `text` in `origin` names.
    ///
    /// A missing or wrong prefix is forgiven where only one thing can be meant, since it changes no message.
    func find(_ kind: Kind, _ text: String?, from origin: Component) throws(Diagnostic) -> Component {
        guard let text = text?.trimmingXMLSpace(), !text.isEmpty else {
            throw Diagnostic(
                .error, kind.rule, "No \(kind.rawValue) is named here.", at: origin.location)
        }
        let table = tables[kind] ?? [:]
        if let name = origin.element.resolve(text), let found = table[name] { return found }
        let local = text.split(separator: ":").last.map(String.init) ?? text
        if let found = table[QualifiedName(origin.document.targetNamespace, local)] {
            if text.contains(":") { warnOfPrefix(text, at: origin) }
            return found
        }
        let same = table.filter { $0.key.local == local }
        guard same.count == 1, let found = same.first?.value else {
            throw Diagnostic(
                .error, kind.rule, "There is no \(kind.rawValue) '\(text)'.",
                at: origin.location)
        }
        warnOfPrefix(text, at: origin)
        return found
    }

    private func warnOfPrefix(_ text: String, at origin: Component) {
        findings.warn(
            "wsdl.wrong-prefix", "'\(text)' is in another namespace than its prefix says.", at: origin.location)
    }
}

extension ContractElement {
    func wsdlChildren(_ local: String) -> [ContractElement] { children(ContractNamespace.wsdl, local) }

    func wsdlChild(_ local: String) -> ContractElement? { firstChild(ContractNamespace.wsdl, local) }

    /// The first child called `local` of SOAP's own elements in WSDL, of the given version.
    func soapChild(_ local: String, _ version: SOAPVersion) -> ContractElement? {
        firstChild(version == .v11 ? ContractNamespace.soap11 : ContractNamespace.soap12, local)
    }
}
