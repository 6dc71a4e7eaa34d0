internal import Canonical

/// Makes a .proto file of a contract that has none. Its messages are those of the contract's JSON, member by member: names,
/// arrays and the forms of values are the same, so that what JSON can say of a message protobuf says too.
///
/// - A field has the type whose proto3 JSON is what the contract's JSON shows: integers of up to 64 bits and booleans are
///   what they are, base64 is bytes, and text is all that is text in JSON, decimals, dates and enumerations among it. What
///   varies in form (unions, wildcards, lists in lists) is a `google.protobuf.Value`.
/// - Every single value has presence, for XML can tell absent from empty. A choice of single fields is a oneof.
/// - A value of a type that others are derived from is a `google.protobuf.Struct`, which says its `@type` as JSON does.
struct ProtoFileBuilder {
    private let contract: Contract
    private var locked: [ContractLock.MessageType]
    private(set) var file: ProtoFile
    /// By operation of the contract: the method's name and that of its service; nil where there is none.
    private(set) var methods: [(service: String, name: String)?] = []
    private(set) var findings: [Diagnostic] = []

    private var names: [MessageID: String] = [:]
    private var typeNames = ProtoNames()
    private var pending: [MessageID] = []

    init(_ contract: Contract, lock: ContractLock?) {
        self.contract = contract
        locked = lock?.types ?? []
        file = ProtoFile(title: contract.name, package: ProtoNames.package(contract.namespace, contract.name))
    }

    var types: [ContractLock.MessageType] { locked }

    mutating func build() {
        for operation in contract.operations { add(operation) }
        while let id = pending.popLast() { define(id) }
        file.messages.sort { $0.name < $1.name }
        var serviceNames = typeNames
        for place in file.services.indices {
            let name = file.services[place].name
            let free = serviceNames.isFree(name) ? serviceNames.take(name) : serviceNames.take(name + "Service")
            for index in methods.indices where methods[index]?.service == name { methods[index]?.service = "\0" + free }
            file.services[place].name = free
        }
        methods = methods.map { method in method.map { (String($0.service.drop { $0 == "\0" }), $0.name) } }
    }

    // MARK: Operations

    private mutating func add(_ operation: Operation) {
        guard let input = root(operation.input), let output = root(operation.output) else {
            let what = "\(operation.service).\(operation.name) takes or gives a simple value; gRPC has messages only"
            findings.append(Diagnostic(.warning, "grpc.no-message", what))
            return methods.append(nil)
        }
        let service = ProtoNames.type(operation.service)
        var place = file.services.firstIndex { $0.name == service }
        if place == nil {
            place = file.services.count
            file.services.append(ProtoFile.Service(name: service))
        }
        guard let place else { return }
        var taken = ProtoNames()
        for method in file.services[place].methods { _ = taken.take(method.name) }
        let name = taken.take(ProtoNames.type(operation.name))
        file.services[place].methods.append(
            ProtoFile.Method(name: name, input: input, output: output, documentation: operation.documentation))
        methods.append((service, name))
    }

    /// The message that a whole request or answer is; nil when it is none.
    private mutating func root(_ type: ValueType) -> String? {
        switch type {
        case .nothing:
            file.imports.insert("google/protobuf/empty.proto")
            return ProtoFile.empty
        case .message(let id): return name(of: id)
        case .scalar, .map, .any: return nil
        }
    }

    // MARK: Messages

    private mutating func name(of id: MessageID) -> String {
        if contract.schema[id].isPolymorphic {
            file.imports.insert("google/protobuf/struct.proto")
            return ProtoFile.structure
        }
        if let name = names[id] { return name }
        let name = typeNames.take(ProtoNames.type(contract.schema[id].name))
        names[id] = name
        pending.append(id)
        return name
    }

    private mutating func define(_ id: MessageID) {
        var type = contract.schema[id]
        if type.isMixed { type.fields.append(Field(name: "$mixed", type: .any, cardinality: .optional)) }
        let entry = locked.firstIndex { !$0.isReserved && $0.name == type.name }
        let numbers = ProtoNumbers(type, lock: entry.map { locked[$0] })
        var message = ProtoFile.Message(name: names[id] ?? type.name, documentation: type.documentation)
        var fieldNames = ProtoNames()
        for (field, number) in zip(type.fields, numbers.numbers) {
            message.fields.append(self.field(field, number, &fieldNames))
        }
        nameOneofs(of: type, in: &message, &fieldNames)
        for field in numbers.lock?.fields ?? [] where field.isReserved {
            guard let number = field.number else { continue }
            message.reservedNumbers.append(number)
            let name = ProtoNames.field(field.name)
            if fieldNames.isFree(name) { message.reservedNames.append(fieldNames.take(name)) }
        }
        if let entry, let lock = numbers.lock { locked[entry] = lock }
        file.messages.append(message)
    }

    private mutating func field(_ field: Field, _ number: Int, _ names: inout ProtoNames) -> ProtoFile.Field {
        let plain = ProtoNames.field(field.name)
        let isAttribute = field.name.hasPrefix("@") && field.name != "@*"
        let name = names.take(isAttribute && !names.isFree(plain) ? "attr_" + plain : plain)
        let (type, isList) = self.type(field.type, isRepeated: field.cardinality.isRepeated)
        return ProtoFile.Field(
            name: name, jsonName: field.name, number: number, type: type,
            label: isList ? .repeated : .optional, documentation: documentation(of: field))
    }

    /// Choices of single fields; others are fields that the contract's own check keeps apart.
    private func nameOneofs(of type: MessageType, in message: inout ProtoFile.Message, _ names: inout ProtoNames) {
        for case .choice(let branches, _) in type.rules {
            let fields = branches.compactMap { $0.fields.count == 1 ? $0.fields[0] : nil }
            guard fields.count == branches.count, fields.count > 1,
                fields.allSatisfy({ message.fields[$0].label == .optional && message.fields[$0].oneof == nil })
            else { continue }
            let name = names.take("choice")
            for field in fields {
                message.fields[field].oneof = name
                message.fields[field].label = .single
            }
        }
    }

    private func documentation(of field: Field) -> String? {
        var lines = field.documentation.map { [$0] } ?? []
        if case .scalar(let type) = field.type, let values = type.facets.enumeration {
            let shown = values.prefix(32).map(\.literal).joined(separator: ", ")
            lines.append("One of: \(shown)\(values.count > 32 ? ", and others" : "").")
        }
        if field.cardinality.isRequired { lines.append("Required.") }
        return lines.isEmpty ? nil : lines.joined(separator: "\n")
    }

    // MARK: Types

    private mutating func type(_ type: ValueType, isRepeated: Bool) -> (name: String, isRepeated: Bool) {
        switch type {
        case .message(let id): return (name(of: id), isRepeated)
        case .scalar(let scalar):
            guard case .list(let item) = scalar.kind else { return (self.type(scalar), isRepeated) }
            // An array of arrays has no other form.
            return isRepeated ? (value, true) : (self.type(item), true)
        case .map, .any, .nothing: return (value, isRepeated)
        }
    }

    private mutating func type(_ scalar: ScalarType) -> String {
        switch scalar.kind {
        case .boolean: return "bool"
        case .int: return "int32"
        case .unsigned: return "uint32"
        case .long: return "int64"
        case .unsignedLong: return "uint64"
        case .integer:
            // Those that JSON shows as numbers have bounds that 64 bits hold.
            return ScalarCoder(scalar).jsonForm(NumberPolicy()) == .number ? "int64" : "string"
        case .float(let bits): return bits == 32 ? "float" : "double"
        case .bytes(.base64): return "bytes"
        case .union, .list: return value
        case .string, .decimal, .bytes, .temporal, .uri, .qualifiedName: return "string"
        }
    }

    private var value: String {
        mutating get {
            file.imports.insert("google/protobuf/struct.proto")
            return ProtoFile.value
        }
    }
}
