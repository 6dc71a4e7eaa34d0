internal import Canonical
internal import XMLCodec

/// Finds out what one direction of a bound operation sends (WSDL 1.1 §3.5, Basic Profile 1.1 §4).
struct MessageReader {
    enum Direction: String { case input, output }

    let definitions: Definitions
    let mapper: TypeMapper
    let operation: BoundOperation
    let direction: Direction

    func read() throws(Diagnostic) -> MessagePlan {
        guard let abstract = operation.abstract.element.wsdlChild(direction.rawValue) else {
            return MessagePlan(body: SOAPBody(element: nil), parts: [], headers: [], hasMembers: false)
        }
        let message = try definitions.find(
            .message, abstract.attribute("message"), from: operation.abstract.child(abstract))
        let body = soapElements("body").first
        try checkUse(of: body)
        let headers = try self.headers()
        let taken = Set(headers.filter { $0.message.element.range == message.element.range }.map(\.part.name))
        let listed = body?.attribute("parts").map { Set($0.split(whereSeparator: \.isXMLSpace).map(String.init)) }
        var parts: [MessagePart] = []
        for element in message.element.wsdlChildren("part") {
            let name = element.attribute("name") ?? ""
            if listed.map({ $0.contains(name) }) ?? !taken.contains(name) {
                parts.append(try part(message.child(element)))
            }
        }
        let plan = operation.isRPC ? rpc(parts, body) : try document(parts)
        return MessagePlan(
            body: plan.body, parts: parts, headers: headers.map(\.part), hasMembers: plan.hasMembers)
    }

    // MARK: Styles

    private func rpc(_ parts: [MessagePart], _ body: XMLElement?) -> (body: SOAPBody, hasMembers: Bool) {
        let namespace = body?.attribute("namespace") ?? ""
        if namespace.isEmpty {
            definitions.findings.warn(
                "wsdl.rpc-namespace", "The rpc wrapper of '\(operation.name)' is in no namespace.",
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

    private var bound: XMLElement? { operation.bound.element.wsdlChild(direction.rawValue) }

    /// Where `body` and `header` stand: in the direction, or in the root part of a multipart message.
    private var soapElements: [XMLElement] {
        let multipart = bound?.firstChild(ContractNamespace.mime, "multipartRelated")?.children ?? []
        return (bound?.children ?? []) + multipart.flatMap(\.children)
    }

    private func soapElements(_ local: String) -> [XMLElement] {
        let namespace = operation.version == .v11 ? ContractNamespace.soap11 : ContractNamespace.soap12
        return soapElements.filter { $0.local == local && $0.namespace == namespace }
    }

    private func checkUse(of body: XMLElement?) throws(Diagnostic) {
        if let content = soapElements.first(where: { $0.namespace == ContractNamespace.mime && $0.local == "content" })
        {
            throw Diagnostic(
                .error, "wsdl.mime", "Messages with attachments are not supported yet.",
                at: operation.bound.child(content).location)
        }
        guard let body, body.attribute("use") == "encoded" else { return }
        throw Diagnostic(
            .error, operation.isRPC ? "wsdl.rpc-encoded" : "wsdl.document-encoded",
            "SOAP encoding is not supported yet.", at: operation.bound.child(body).location)
    }

    /// The declared headers with the messages that they are parts of.
    private func headers() throws(Diagnostic) -> [(message: Component, part: MessagePart)] {
        var headers: [(message: Component, part: MessagePart)] = []
        for element in soapElements("header") {
            let place = operation.bound.child(element)
            if element.attribute("use") == "encoded" {
                throw Diagnostic(
                    .error, "wsdl.encoded-header", "SOAP encoding is not supported yet.", at: place.location)
            }
            let message = try definitions.find(.message, element.attribute("message"), from: place)
            let name = element.attribute("part")
            guard let found = message.element.wsdlChildren("part").first(where: { $0.attribute("name") == name }) else {
                throw Diagnostic(
                    .error, "wsdl.undefined-part", "The message has no part '\(name ?? "")'.", at: place.location)
            }
            var part = try part(message.child(found))
            if !part.isElement, let namespace = element.attribute("namespace") {
                part.declaration.name.namespace = namespace
            }
            headers.append((message, part))
        }
        return headers
    }

    // MARK: Parts

    private func part(_ component: Component) throws(Diagnostic) -> MessagePart {
        let name = component.element.attribute("name") ?? ""
        if let element = component.element.attribute("element") {
            let declaration = try mapper.element(
                try component.document.name(element, at: component.element), from: component)
            if operation.isRPC {
                definitions.findings.warn(
                    "wsdl.rpc-element", "The part '\(name)' of an rpc message names an element, not a type.",
                    at: component.location)
            }
            return MessagePart(name: name, declaration: declaration, isElement: true, location: component.location)
        }
        guard let type = component.element.attribute("type") else {
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
        return MessagePart(name: name, declaration: declaration, isElement: false, location: component.location)
    }
}
