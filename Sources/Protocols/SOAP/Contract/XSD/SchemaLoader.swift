internal import Canonical
internal import XMLCodec

/// Follows `import`, `include` and `redefine` from schema to schema, each document once (XSD 1.0 part 1 §4.2).
final class SchemaLoader {
    private let schemas: SchemaSet
    private let documents: DocumentSet
    private let findings: Findings
    /// The namespaces found at each place that was read; places include the namespace for an include.
    private var visited: [String: [String]] = [:]
    private var waiting: [ContractDocument] = []
    private var redefinitions: [Component] = []
    private var unread: [(namespace: String, finding: Diagnostic)] = []

    init(schemas: SchemaSet, documents: DocumentSet) {
        self.schemas = schemas
        self.documents = documents
        findings = schemas.findings
    }

    /// Takes the schemas inside a WSDL.
    func add(typesOf root: ContractElement, file: String) {
        let found = root.schemas.map { ContractDocument(root: $0, file: file) }
        visited[DocumentPath.normalized(file)] = found.map(\.targetNamespace)
        found.forEach(add)
    }

    /// Takes a schema; what it refers to is read by `finish`.
    func add(_ document: ContractDocument) {
        schemas.add(document)
        waiting.append(document)
    }

    /// Reads all that the schemas refer to, directly or not.
    func finish() {
        var next = 0
        while next < waiting.count {
            follow(waiting[next])
            next += 1
        }
        waiting = []
        for redefinition in redefinitions { schemas.redefine(redefinition) }
        redefinitions = []
        let known = Set(schemas.documents.map(\.targetNamespace))
        for (namespace, finding) in unread {
            schemas.missing[namespace] = finding
            if !known.contains(namespace) { findings.add(finding) }
        }
    }

    private func follow(_ document: ContractDocument) {
        for element in document.root.children where element.isSchemaElement {
            switch element.local {
            case "import":
                read(Component(element: element, document: document), as: element.value("namespace") ?? "")
            case "include": read(Component(element: element, document: document), as: document.targetNamespace)
            case "redefine", "override":
                read(Component(element: element, document: document), as: document.targetNamespace)
                let scope = ContractDocument(element, in: document)
                redefinitions += element.children.map { Component(element: $0, document: scope) }
            default: break
            }
        }
    }

    /// Reads the document that `reference` names, which should be of `namespace`.
    private func read(_ reference: Component, as namespace: String) {
        guard let location = reference.element.value("schemaLocation") else { return }
        guard let path = DocumentPath.resolve(location, against: reference.document.file) else {
            return miss(location, of: namespace, at: reference)
        }
        let isImport = reference.element.local == "import"
        let place = isImport ? path : "\(path) \(namespace)"
        if visited[place] == nil {
            guard let root = documents.root(at: path, referrer: reference.location) else {
                return miss(location, of: namespace, at: reference)
            }
            let found = root.schemas.map {
                ContractDocument(root: $0, file: path, chameleon: isImport ? nil : namespace)
            }
            visited[place] = found.map(\.targetNamespace)
            found.forEach(add)
        }
        for other in visited[place] ?? [] where other != namespace {
            findings.warn(
                "xsd.namespace-mismatch",
                "The document is of namespace '\(other)', not '\(namespace)'; its own counts.",
                at: reference.location)
            schemas.aliases[namespace, default: []].append(other)
        }
    }

    private func miss(_ location: String, of namespace: String, at reference: Component) {
        if let known = StandardSchemas.namespace(at: location), known != namespace {
            schemas.aliases[namespace, default: []].append(known)
        }
        if StandardSchemas.text(of: namespace) != nil { return }
        let finding = Diagnostic(
            .warning, "wsdl.missing-import", "The document '\(location)' of namespace '\(namespace)' cannot be read.",
            at: reference.location)
        unread.append((namespace, finding))
    }
}

extension ContractElement {
    /// The schemas in a document: itself, or those in the `types` of a WSDL.
    var schemas: [ContractElement] {
        if local == "schema", isSchemaElement { return [self] }
        let types = children.filter { $0.local == "types" && $0.namespace == ContractNamespace.wsdl }
        return types.flatMap { $0.children.filter { $0.local == "schema" && $0.isSchemaElement } }
    }
}
