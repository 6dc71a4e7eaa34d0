internal import Canonical
internal import XMLCodec

/// Reads one operation from the bindings that offer it.
struct OperationReader {
    let definitions: Definitions
    let mapper: TypeMapper
    /// The name it is served by.
    let name: String
    let service: String
    let source: WSDLOperation

    /// - Parameter candidates: The same operation in several bindings, the preferred one first.
    /// - Throws: Why the first candidate cannot be served, when none can.
    func read(_ candidates: [BoundOperation]) throws(Diagnostic) -> DraftOperation {
        var reason: Diagnostic?
        for (index, candidate) in candidates.enumerated() {
            do {
                return try read(candidate, others: candidates[(index + 1)...])
            } catch {
                reason = reason ?? error
            }
        }
        throw reason ?? Diagnostic(.error, "wsdl.unbound", "No binding has the operation.")
    }

    private func read(
        _ operation: BoundOperation, others: ArraySlice<BoundOperation>
    ) throws(Diagnostic) -> DraftOperation {
        let isOneWay = try checkExchange(operation.abstract)
        let input = try plan(operation, .input)
        let output = isOneWay ? nil : try plan(operation, .output)
        var versions = [operation.version]
        for other in others where !versions.contains(other.version) {
            // Another style is another message: such a binding is no second way to send this one.
            guard let request = try? plan(other, .input), request.isSame(as: input) else { continue }
            versions.append(other.version)
        }
        var reply: DraftOperation.Message?
        if let output { reply = try message(output, name: name + "Response") }
        return DraftOperation(
            name: name, service: service, source: source, documentation: operation.abstract.element.documentation,
            versions: versions.sorted { $0.rawValue < $1.rawValue }, action: operation.action,
            input: try message(input, name: name), output: reply,
            faults: faults(of: operation), origin: operation.bound)
    }

    /// Whether it is one-way; refuses what a server would begin (WSDL 1.1 §2.4).
    private func checkExchange(_ abstract: Component) throws(Diagnostic) -> Bool {
        let order = abstract.element.children.filter { $0.namespace == ContractNamespace.wsdl }.map(\.local)
            .filter { $0 == "input" || $0 == "output" }
        guard order.first == "output" else { return !order.contains("output") }
        throw Diagnostic(
            .error, "wsdl.server-initiated",
            order.count > 1 ? "The server begins this exchange (solicit-response)." : "The server sends it unasked.",
            at: abstract.location)
    }

    private func plan(
        _ operation: BoundOperation, _ direction: MessageReader.Direction
    ) throws(Diagnostic) -> MessagePlan {
        try MessageReader(definitions: definitions, mapper: mapper, operation: operation, direction: direction).read()
    }

    // MARK: Types

    private func message(_ plan: MessagePlan, name: String) throws(Diagnostic) -> DraftOperation.Message {
        var headers = FieldList()
        for part in plan.headers {
            try add(part, to: &headers, cardinality: .optional)
        }
        return DraftOperation.Message(body: plan.body, content: try content(plan, name: name), headers: headers.fields)
    }

    /// What the body has: the content of its one element, or an object with a field per part (R1).
    private func content(_ plan: MessagePlan, name: String) throws(Diagnostic) -> ValueType {
        guard plan.hasMembers else { return plan.parts.first?.declaration.type ?? .nothing }
        var fields = FieldList()
        for part in plan.parts { try add(part, to: &fields, cardinality: .required) }
        return .message(mapper.builder.add(MessageType(name: name, fields: fields.fields)))
    }

    private func add(
        _ part: MessagePart, to list: inout FieldList, cardinality: Cardinality
    ) throws(Diagnostic) {
        if part.declaration.isHead { throw part.declaration.substitution(at: part.origin.location) }
        var field = Field(
            name: part.declaration.name.local, documentation: part.declaration.documentation,
            type: part.declaration.type, cardinality: cardinality, isNillable: part.declaration.isNillable)
        field.defaultValue = part.declaration.defaultValue
        field.fixedValue = part.declaration.fixedValue
        _ = list.add(element: part.declaration.name, field, in: definitions.root)
    }

    // MARK: Faults

    /// The declared faults; one that is not an element stays untyped and is only reported.
    private func faults(of operation: BoundOperation) -> [FaultType] {
        var faults: [FaultType] = []
        for element in operation.abstract.element.wsdlChildren("fault") {
            do {
                faults.append(try fault(operation.abstract.child(element)))
            } catch {
                definitions.findings.warn(
                    error.rule, "A fault of '\(name)' is served without its type: \(error.message)", at: error.location)
            }
        }
        return faults
    }

    private func fault(_ component: Component) throws(Diagnostic) -> FaultType {
        let message = try definitions.find(.message, component.element.value("message"), from: component)
        let parts = message.element.wsdlChildren("part").map(message.child)
        guard let part = parts.first, parts.count == 1, let element = part.element.value("element") else {
            throw Diagnostic(
                .error, "wsdl.fault", "A fault is one part that names an element.", at: message.location)
        }
        let declaration = try mapper.element(try part.document.name(element, at: part.element), from: part)
        if declaration.isHead { throw declaration.substitution(at: part.location) }
        var annotations = Annotations()
        annotations[SOAPFaultElement.self] = SOAPFaultElement(declaration.name)
        return FaultType(
            name: component.element.value("name") ?? declaration.name.local,
            documentation: component.element.documentation ?? declaration.documentation, type: declaration.type,
            annotations: annotations)
    }
}

extension MessagePlan {
    fileprivate func isSame(as other: MessagePlan) -> Bool {
        body.element == other.body.element && parts.map(\.name) == other.parts.map(\.name)
            && headers.map(\.declaration.name) == other.headers.map(\.declaration.name)
    }
}
