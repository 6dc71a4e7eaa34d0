internal import Canonical

/// One operation as a method, by the names in the file.
struct DerivedMethod {
    /// A whole request, answer or detail.
    enum Root {
        case nothing
        case message(MessageID)
        /// A value that is no object, as the only field of a message of this name.
        case wrapped(String, ValueType)
    }

    var service: String
    var name: String
    var input: Root
    var output: Root
    /// By the names of the faults.
    var faults: [String: Root] = [:]
}

extension ProtoFileBuilder {
    mutating func add(_ operation: Operation) {
        let service = naming.services[operation.service] ?? ProtoNames.type(operation.service)
        var place = file.services.firstIndex { $0.name == service }
        if place == nil {
            place = file.services.count
            file.services.append(ProtoFile.Service(name: service))
        }
        guard let place else { return }
        var taken = ProtoNames()
        for method in file.services[place].methods { taken.reserve(method.name) }
        var method = DerivedMethod(
            service: service, name: taken.take(ProtoNames.type(operation.name)), input: .nothing, output: .nothing)
        method.input = root(operation.input, named: method.name + "Request")
        method.output = root(operation.output, named: method.name + "Response")
        for fault in operation.faults {
            method.faults[fault.name] = root(fault.type, named: ProtoNames.type(fault.name) + "Detail")
        }
        file.services[place].methods.append(
            ProtoFile.Method(
                name: method.name, input: typeName(method.input), output: typeName(method.output),
                documentation: documentation(of: operation, method)))
        methods.append(method)
    }

    private mutating func root(_ type: ValueType, named name: String) -> DerivedMethod.Root {
        switch type {
        case .nothing: return .nothing
        case .message(let id) where !contract.schema[id].isMixed:
            _ = self.name(of: id)
            return .message(id)
        case .message, .scalar, .map, .any: return .wrapped(wrapper(of: type, named: name), type)
        }
    }

    /// The message for a value that is no object.
    private mutating func wrapper(of type: ValueType, named wanted: String) -> String {
        let name = naming.scope.take(wanted)
        let (form, isList) = ProtoForm.of(type, isRepeated: false, in: contract.schema)
        let field = ProtoFile.Field(
            name: "value", number: 1, type: self.type(form), label: isList ? .repeated : .single,
            documentation: ProtoComments.text(of: form))
        file.messages.append(ProtoFile.Message(name: name, fields: [field]))
        return name
    }

    private mutating func typeName(_ root: DerivedMethod.Root) -> String {
        switch root {
        case .nothing: wellKnown("google.protobuf.Empty", in: "google/protobuf/empty.proto")
        case .message(let id): naming.messages[id.index].name
        case .wrapped(let name, _): name
        }
    }

    private mutating func documentation(of operation: Operation, _ method: DerivedMethod) -> String? {
        var lines = operation.documentation.map { [$0] } ?? []
        let details = operation.faults.compactMap { fault -> String? in
            switch method.faults[fault.name] {
            case .message(let id): naming.messages[id.index].name
            case .wrapped(let name, _): name
            case .nothing, nil: nil
            }
        }
        if !details.isEmpty { lines.append("Details of failures: \(details.joined(separator: ", ")).") }
        return lines.isEmpty ? nil : lines.joined(separator: "\n")
    }
}
