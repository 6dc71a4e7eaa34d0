internal import Canonical
internal import XMLCodec

/// Finds out what one direction of a bound operation sends (WSDL 1.1 §3.5, Basic Profile 1.1 §4).
struct MessageReader {
    enum Direction: String { case input, output }

    private let definitions: Definitions
    private let mapper: TypeMapper
    private let operation: BoundOperation
    private let direction: Direction
    private var body: ContractElement?
    private var headerElements: [ContractElement] = []
    /// What stands in a part of a multipart message and is not SOAP.
    private var attachment: ContractElement?

    init(definitions: Definitions, mapper: TypeMapper, operation: BoundOperation, direction: Direction) {
        self.definitions = definitions
        self.mapper = mapper
        self.operation = operation
        self.direction = direction
        operation.bound.element.wsdlChild(direction.rawValue)?.children.forEach { sort($0) }
    }

    /// Puts aside what the binding says, in the direction itself or in a part of a multipart message.
    private mutating func sort(_ element: ContractElement) {
        switch element.local {
        case "body" where element.namespace == operation.soapNamespace: body = body ?? element
        case "header" where element.namespace == operation.soapNamespace: headerElements.append(element)
        case "content" where element.namespace == ContractNamespace.mime: attachment = attachment ?? element
        case "multipartRelated", "part":
            if element.namespace == ContractNamespace.mime { element.children.forEach { sort($0) } }
        default: break
        }
    }

    func read() throws(Diagnostic) -> MessagePlan {
        guard let abstract = operation.abstract.element.wsdlChild(direction.rawValue) else {
            return MessagePlan(body: SOAPBody(element: nil), parts: [], headers: [], hasMembers: false)
        }
        let message = try definitions.find(
            .message, abstract.value("message"), from: operation.abstract.child(abstract))
        try checkUse()
        let headers = try self.headers()
        let taken = Set(headers.filter { $0.message.isSame(as: message) }.map(\.part.name))
        let listed = body?.value("parts").map { Set($0.split(whereSeparator: \.isXMLSpace).map(String.init)) }
        var parts: [MessagePart] = []
        for element in message.element.wsdlChildren("part") {
            let name = element.value("name") ?? ""
            if listed.map({ $0.contains(name) }) ?? !taken.contains(name) {
                parts.append(try part(message.child(element)))
            }
        }
        let plan = operation.isRPC ? rpc(parts) : try document(parts)
        return MessagePlan(
            body: plan.body, parts: parts, headers: headers.map(\.part), hasMembers: plan.hasMembers)
    }

    // MARK: Styles

    private func rpc(_ parts: [MessagePart]) -> (body: SOAPBody, hasMembers: Bool) {
        var namespace = body?.value("namespace") ?? ""
        if namespace.isEmpty {
            // The Basic Profile demands one (R2717); the stacks that do without take the WSDL's.
            namespace = operation.bound.document.targetNamespace
            definitions.findings.warn(
                "wsdl.rpc-namespace", "The body of '\(operation.name)' names no namespace; read as '\(namespace)'.",
                at: operation.bound.location)
        }
        let suffix = direction == .output ? "Response" : ""
        return (SOAPBody(element: QualifiedName(namespace, operation.name + suffix)), true)
    }

    private func document(_ parts: [MessagePart]) throws(Diagnostic) -> (body: SOAPBody, hasMembers: Bool) {
        guard let first = parts.first, parts.count == 1 else { return (SOAPBody(element: nil), !parts.isEmpty) }
        if first.declaration.isHead { throw first.declaration.substitution(at: operation.bound.location) }
        return (SOAPBody(element: first.declaration.name, isNillable: first.declaration.isNillable), false)
    }

    // MARK: Binding

    private func checkUse() throws(Diagnostic) {
        if let attachment {
            throw Diagnostic(
                .error, "wsdl.mime", "Messages with attachments are not supported yet.",
                at: operation.bound.child(attachment).location)
        }
        guard let body, body.value("use") == "encoded" else { return }
        throw Diagnostic(
            .error, operation.isRPC ? "wsdl.rpc-encoded" : "wsdl.document-encoded",
            "SOAP encoding is not supported yet.", at: operation.bound.child(body).location)
    }

    /// The declared headers with the messages that they are parts of.
    private func headers() throws(Diagnostic) -> [(message: Component, part: MessagePart)] {
        var headers: [(message: Component, part: MessagePart)] = []
        for element in headerElements {
            let place = operation.bound.child(element)
            if let fault = element.soapChild("headerfault", operation.version) {
                definitions.findings.note(
                    "wsdl.header-fault", "What a fault of this header says in the header of an answer is not read.",
                    at: place.child(fault).location)
            }
            if element.value("use") == "encoded" {
                throw Diagnostic(
                    .error, "wsdl.encoded-header", "SOAP encoding is not supported yet.", at: place.location)
            }
            let message = try definitions.find(.message, element.value("message"), from: place)
            let name = element.value("part")
            guard let found = message.element.wsdlChildren("part").first(where: { $0.value("name") == name }) else {
                throw Diagnostic(
                    .error, "wsdl.undefined-part", "The message has no part '\(name ?? "")'.", at: place.location)
            }
            var part = try part(message.child(found))
            if !part.isElement, let namespace = element.value("namespace") {
                part.declaration.name.namespace = namespace
            }
            headers.append((message, part))
        }
        return headers
    }

    // MARK: Parts

    private func part(_ component: Component) throws(Diagnostic) -> MessagePart {
        let name = component.element.value("name") ?? ""
        if let element = component.element.value("element") {
            let declaration = try mapper.element(
                try component.document.name(element, at: component.element), from: component)
            if operation.isRPC {
                definitions.findings.warn(
                    "wsdl.rpc-element", "The part '\(name)' of an rpc message names an element, not a type.",
                    at: component.location)
            }
            return MessagePart(name: name, declaration: declaration, isElement: true, origin: component)
        }
        guard let type = component.element.value("type") else {
            throw Diagnostic(
                .error, "wsdl.untyped-part", "The part '\(name)' names neither an element nor a type.",
                at: component.location)
        }
        if !operation.isRPC {
            definitions.findings.warn(
                "wsdl.document-type",
                "The part '\(name)' of a document message names a type; it is sent as an element.",
                at: component.location)
        }
        let declaration = ElementDeclaration(
            name: QualifiedName("", name), type: try mapper.type(named: type, from: component), isNillable: false,
            documentation: component.element.documentation)
        return MessagePart(name: name, declaration: declaration, isElement: false, origin: component)
    }
}
