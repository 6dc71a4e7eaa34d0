internal import Canonical
internal import XMLCodec

/// Puts the contract together: reads the operations, then their types, then refuses what met a defect.
final class ContractAssembly {
    private let definitions: Definitions
    private let mapper: TypeMapper
    private let findings: Findings
    private var ports: PortReader
    /// By group of the port reader; nil when it is refused.
    private var drafts: [DraftOperation?] = []

    init(definitions: Definitions, mapper: TypeMapper) {
        self.definitions = definitions
        self.mapper = mapper
        findings = definitions.findings
        ports = PortReader(definitions)
    }

    func contract() -> Contract {
        readDrafts()
        var globals = readGlobals()
        mapper.finish()
        for index in drafts.indices { drafts[index] = drafts[index].map(withHeaders) }
        let defects = Defects(mapper)
        var operations: [Operation] = []
        for (index, draft) in drafts.enumerated() {
            guard let draft else { continue }
            if let reason = defects.reason(for: draft) {
                refuse(draft.name, reason, at: draft.origin.location)
                drafts[index] = nil
            } else {
                operations.append(operation(draft, defects))
            }
        }
        globals.elements = globals.elements.filter { defects.reason(for: $0.value.type) == nil }
        globals.scalars = mapper.simpleTypes.globals
        settlePorts()
        if operations.isEmpty {
            findings.warn("wsdl.no-operations", "Nothing in this WSDL can be served.", at: nil)
        }
        return contract(operations, globals)
    }

    private func contract(_ operations: [Operation], _ globals: XMLGlobals) -> Contract {
        let root = definitions.root.root
        var annotations = Annotations()
        annotations[XMLGlobals.self] = globals
        annotations[SOAPPorts.self] = SOAPPorts(ports.ports)
        let name = root.value("name") ?? definitions.services.first?.element.value("name")
        return Contract(
            name: name ?? stem(definitions.root.file), namespace: definitions.root.targetNamespace,
            documentation: root.documentation ?? definitions.services.first?.element.documentation,
            schema: mapper.builder.build(), operations: operations, endpoints: ports.endpoints,
            annotations: annotations)
    }

    private func stem(_ file: String) -> String {
        let name = file.split(separator: "/").last ?? ""
        return String(name.split(separator: ".").first ?? "Service")
    }

    // MARK: Operations

    private func readDrafts() {
        let services = serviceNames()
        let names = operationNames()
        for (index, group) in ports.groups.enumerated() {
            let reader = OperationReader(
                definitions: definitions, mapper: mapper, name: names[index], service: services[index],
                source: group.source)
            do {
                drafts.append(try reader.read(group.candidates))
            } catch {
                refuse(names[index], error, at: group.candidates[0].bound.location)
                drafts.append(nil)
            }
        }
    }

    /// The name of each group's port type; port types of several namespaces with one name get a number.
    private func serviceNames() -> [String] {
        var taken: [String: [QualifiedName]] = [:]
        return ports.groups.map { group in
            let local = group.portType.element.value("name") ?? ""
            let name = QualifiedName(group.portType.document.targetNamespace, local)
            if taken[local]?.contains(name) != true { taken[local, default: []].append(name) }
            let place = taken[local]?.firstIndex(of: name) ?? 0
            return place == 0 ? local : "\(local)\(place + 1)"
        }
    }

    /// The name of each group; overloads are told apart by the names of their inputs.
    private func operationNames() -> [String] {
        ports.groups.map { group in
            let own = group.candidates[0]
            return group.isOverloaded ? "\(own.name)_\(group.source.input)" : own.name
        }
    }

    private func refuse(_ name: String, _ reason: Diagnostic, at location: SourceLocation) {
        findings.warn(
            reason.rule, "The operation '\(name)' is not served. \(reason.message)", at: reason.location ?? location)
    }

    private func operation(_ draft: DraftOperation, _ defects: Defects) -> Operation {
        var annotations = Annotations()
        annotations[SOAPBinding.self] = SOAPBinding(
            versions: draft.versions, action: draft.action, request: draft.input.body, response: draft.output?.body)
        annotations[WSDLOperation.self] = draft.source
        let faults = draft.faults.filter { fault in
            guard let reason = defects.reason(for: fault.type) else { return true }
            findings.warn(
                reason.rule, "A fault of '\(draft.name)' is served without its type: \(reason.message)",
                at: reason.location)
            return false
        }
        return Operation(
            name: draft.name, service: draft.service, documentation: draft.documentation,
            input: draft.input.content, output: draft.output?.content ?? .nothing, faults: faults,
            interaction: draft.output == nil ? .oneWay : .unary, annotations: annotations)
    }

    private func settlePorts() {
        for (port, offered) in ports.offers.enumerated() {
            let names = offered.map { ports.groups[$0].candidates[0].name }
            let served = zip(offered, names).filter { drafts[$0.0] != nil }.map(\.1)
            let refused = zip(offered, names).filter { drafts[$0.0] == nil }.map(\.1)
            ports.settle(port: port, served: served, refused: refused)
        }
    }

    // MARK: Headers

    /// The draft with the declared headers as the field `$headers` of its messages.
    private func withHeaders(_ draft: DraftOperation) -> DraftOperation {
        var draft = draft
        addHeaders(to: &draft.input, name: draft.name)
        if var output = draft.output {
            addHeaders(to: &output, name: draft.name + "Response")
            draft.output = output
        }
        return draft
    }

    private func addHeaders(to message: inout DraftOperation.Message, name: String) {
        guard !message.headers.isEmpty else { return }
        var type = MessageType(name: name + "Message")
        var list = FieldList()
        switch message.content {
        case .message(let id):
            // A type of its own: others that have the same content have no headers.
            guard mapper.defect(at: id) == nil, let content = mapper.builder[id] else { return }
            type.documentation = content.documentation
            type.rules = content.rules
            list = FieldList(continuing: content.fields)
        case .scalar: _ = list.add(.text, Field(name: "$", type: message.content))
        case .any, .map:
            _ = list.add(.wildcard(XMLWildcard(namespaces: .any, process: .lax)), Field(name: "$any", type: .any))
        case .nothing: break
        }
        let headers = mapper.builder.add(MessageType(name: name + "Headers", fields: message.headers))
        _ = list.add(
            .elsewhere,
            Field(
                name: "$headers", documentation: "The SOAP headers of the message.", type: .message(headers),
                cardinality: .optional))
        type.fields = list.fields
        message.content = .message(mapper.builder.add(type))
    }

    // MARK: Globals

    /// All that a wildcard or `xsi:type` may name; maps every global type of the user's own schemas.
    private func readGlobals() -> XMLGlobals {
        var globals = XMLGlobals()
        let documents = mapper.schemas.documents.filter { !$0.isBuiltIn }
        // In the order of the documents, which decides what types of one name are called.
        for document in documents {
            for element in document.root.children where element.isSchemaElement {
                guard let local = element.value("name") else { continue }
                let name = QualifiedName(document.targetNamespace, local)
                let component = Component(element: element, document: document)
                if SchemaSet.Kind(element.local) == .type {
                    _ = try? mapper.type(name, from: component)
                } else if element.local == "element", let declaration = try? mapper.element(name, from: component) {
                    globals.elements[name] = .init(type: declaration.type, isNillable: declaration.isNillable)
                }
            }
        }
        var known: Set<String> = []
        for document in [definitions.root] + documents {
            for (prefix, namespace) in document.root.prefixes.sorted(by: { $0.key < $1.key })
            where !prefix.isEmpty && prefix != "xml" && known.insert("\(prefix) \(namespace)").inserted {
                globals.prefixes.append((prefix, namespace))
            }
        }
        return globals
    }
}
