internal import Canonical

/// Makes a .proto file of a contract that has none (docs/grpc.md says how each construct is carried).
struct ProtoFileBuilder {
    let contract: Contract
    let options: ProtobufDerivation.Options
    var naming: ProtobufNaming
    var file: ProtoFile
    /// By operation of the contract.
    var methods: [DerivedMethod] = []
    /// The messages in the file, by the types they are of.
    private(set) var messages: Set<MessageID> = []
    /// The types whose nulls have a message of their own, by its name.
    private(set) var nillables: [String: String] = [:]
    private var written: Set<ObjectIdentifier> = []
    private var pending: [MessageID] = []
    /// What stands before names that begin with `google`: a dot where the package has such a part itself.
    private let root: String

    init(_ naming: ProtobufNaming, options: ProtobufDerivation.Options) {
        self.naming = naming
        self.options = options
        contract = naming.contract
        let package = options.package ?? ProtoNames.package(contract.namespace, contract.name)
        file = ProtoFile(title: contract.name, package: package)
        root = package.split(separator: ".").contains("google") ? "." : ""
    }

    mutating func build() {
        for operation in contract.operations { add(operation) }
        while let id = pending.popLast() { define(id) }
        file.messages.sort { $0.name < $1.name }
        file.enumerations.sort { $0.name < $1.name }
    }

    // MARK: Messages

    mutating func name(of id: MessageID) -> String {
        if messages.insert(id).inserted { pending.append(id) }
        return naming.messages[id.index].name
    }

    private mutating func define(_ id: MessageID) {
        let type = contract.schema[id]
        let names = naming.messages[id.index]
        var message = ProtoFile.Message(name: names.name, documentation: type.documentation)
        // Nothing is of an abstract type itself.
        let fields = type.isAbstract ? [] : Array(zip(type.fields, names.fields))
        let choices = type.isAbstract ? [] : self.choices(of: type)
        var oneofs = ProtoNames()
        for member in names.fields + names.variants.map(\.member) + names.reserved { oneofs.reserve(member.name) }
        let oneofNames = choices.map { _ in oneofs.take("choice") }
        for (index, (field, member)) in fields.enumerated() {
            var made = self.field(field, member)
            if let choice = choices.firstIndex(where: { $0.contains(index) }) {
                made.oneof = oneofNames[choice]
                made.label = .single
            }
            message.fields.append(made)
        }
        let derived = oneofs.take("derived")
        for (variant, member) in names.variants {
            message.fields.append(
                ProtoFile.Field(
                    name: member.name, number: member.number, type: name(of: variant), label: .single, oneof: derived))
        }
        message.reserved.numbers = names.reserved.map(\.number)
        message.reserved.names = names.reserved.map(\.name)
        file.messages.append(message)
    }

    /// Choices of single fields; others are fields that the contract's own check keeps apart.
    private func choices(of type: MessageType) -> [Set<Int>] {
        var found: [Set<Int>] = []
        for case .choice(let branches, _) in type.rules {
            let fields = branches.compactMap { $0.fields.count == 1 ? $0.fields[0] : nil }
            guard fields.count == branches.count, fields.count > 1,
                fields.allSatisfy({ index in
                    !type.fields[index].cardinality.isRepeated && !form(of: type.fields[index]).isList
                        && !found.contains { $0.contains(index) }
                })
            else { continue }
            found.append(Set(fields))
        }
        return found
    }

    // MARK: Fields

    func form(of field: Field) -> (form: ProtoForm, isList: Bool) {
        ProtoForm.of(field.type, isRepeated: field.cardinality.isRepeated, in: contract.schema)
    }

    private mutating func field(_ field: Field, _ member: ProtobufNaming.Member) -> ProtoFile.Field {
        let (form, isList) = self.form(of: field)
        var type = self.type(form)
        var label = ProtoFile.Field.Label.optional
        if case .map = form {
            label = .single
        } else if field.cardinality.isRepeated || isList {
            label = .repeated
        } else if field.cardinality.isRequired, !field.isNillable {
            label = .single
        }
        if options.nulls == .message, field.showsNull, !isList, let wrapper = nillable(form, type) {
            type = wrapper
            if label == .optional { label = .single }
        }
        if case .message = form, label == .optional { label = .single }
        return ProtoFile.Field(
            name: member.name, jsonName: field.name == ProtoNames.jsonName(member.name) ? nil : field.name,
            number: member.number, type: type, label: label, documentation: ProtoComments.text(of: field, form))
    }

    mutating func type(_ form: ProtoForm) -> String {
        switch form {
        case .message(let id): return name(of: id)
        case .enumeration(let scalar): return enumeration(scalar)
        case .scalar(_, let type): return type
        case .lexical: return "string"
        case .map(_, let value): return "map<string, \(type(value))>"
        case .json: return wellKnown("google.protobuf.Value", in: "google/protobuf/struct.proto")
        }
    }

    mutating func wellKnown(_ type: String, in file: String) -> String {
        self.file.imports.insert(file)
        return root + type
    }

    private mutating func enumeration(_ type: ScalarType) -> String {
        guard let names = naming.enumerations[ObjectIdentifier(type)] else { return "string" }
        guard written.insert(ObjectIdentifier(type)).inserted else { return names.name }
        var made = ProtoFile.Enumeration(name: names.name, documentation: type.documentation)
        made.values.append(ProtoFile.Enumeration.Value(name: names.unspecified, number: 0))
        for (literal, member) in names.values {
            made.values.append(
                ProtoFile.Enumeration.Value(
                    name: member.name, number: member.number, comment: ProtoComments.text(of: literal)))
        }
        made.reserved.numbers = names.reserved.map(\.number)
        made.reserved.names = names.reserved.map(\.name)
        file.enumerations.append(made)
        return names.name
    }

    /// The message that tells null from absent; nil for what has a null of its own.
    private mutating func nillable(_ form: ProtoForm, _ type: String) -> String? {
        switch form {
        case .json, .map: return nil
        case .message, .enumeration, .scalar, .lexical: break
        }
        if let name = nillables[type] { return name }
        let name = naming.scope.take("Nillable" + type.prefix(1).uppercased() + type.dropFirst())
        nillables[type] = name
        file.messages.append(
            ProtoFile.Message(
                name: name, documentation: "A value that may be null.",
                fields: [
                    ProtoFile.Field(name: "nil", number: 1, type: "bool", label: .single),
                    ProtoFile.Field(name: "value", number: 2, type: type, label: form.isMessage ? .single : .optional),
                ]))
        return name
    }
}

extension ProtoForm {
    var isMessage: Bool {
        if case .message = self { true } else { false }
    }
}

extension Field {
    /// Whether null and absent are two things of it, or null is one item of several.
    var showsNull: Bool { isNillable && cardinality != .required }
}
