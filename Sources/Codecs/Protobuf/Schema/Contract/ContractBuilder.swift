internal import Canonical

/// Makes the canonical contract of linked descriptors.
struct ContractBuilder {
    let descriptors: DescriptorSet
    private let rules: HTTPRules
    private var builder = Schema.Builder()
    private var ids: [String: MessageID] = [:]
    private var enums: [String: (note: ProtobufEnum, type: ScalarType)] = [:]

    init(_ descriptors: DescriptorSet, _ rules: HTTPRules = HTTPRules()) {
        self.descriptors = descriptors
        self.rules = rules
    }

    /// - Parameter roots: The files whose services are the operations.
    consuming func contract(of roots: [FileDescriptor]) -> Contract {
        var messages: [MessageDescriptor] = []
        for file in descriptors.files { collect(file.messages, into: &messages) }
        for message in messages { ids[message.fullName] = builder.reserve() }
        for message in messages { define(message) }
        var annotations = Annotations()
        annotations[ProtobufContract.self] = ProtobufContract(descriptors, messages: ids)
        let services = roots.flatMap(\.services)
        let operations = services.flatMap { self.operations(of: $0) }
        let first = roots.first
        return Contract(
            name: services.count == 1 ? services[0].name : first?.baseName ?? "", namespace: first?.package ?? "",
            documentation: services.count == 1 ? services[0].documentation : first?.documentation,
            schema: builder.build(), operations: operations, annotations: annotations)
    }

    private func collect(_ messages: [MessageDescriptor], into all: inout [MessageDescriptor]) {
        for message in messages where !message.isMapEntry {
            all.append(message)
            collect(message.messages, into: &all)
        }
    }

    // MARK: Messages

    private mutating func define(_ message: MessageDescriptor) {
        guard let id = ids[message.fullName] else { return }
        var names: Set<String> = []
        var fields: [Field] = []
        var oneofs = RealOneofs(message)
        for descriptor in message.fields + descriptors.extensions(of: message.fullName) {
            var field = self.field(descriptor)
            if !descriptor.isExtension, let oneof = descriptor.oneofIndex {
                field.annotations[ProtobufField.self]?.oneof = oneofs.add(field: fields.count, to: Int(oneof))
            }
            // Only proto2 allows two fields of one JSON name; the second keeps the name it has in the file.
            if !names.insert(field.name).inserted { field.name = descriptor.name }
            names.insert(field.name)
            fields.append(field)
        }
        var annotations = Annotations()
        annotations[ProtobufMessage.self] = ProtobufMessage(
            fullName: message.fullName, wellKnown: WellKnownType(rawValue: message.fullName),
            isMessageSet: message.isMessageSet, oneofs: oneofs.names)
        builder.define(
            id,
            MessageType(
                name: message.fullName, documentation: message.documentation, fields: fields, rules: oneofs.rules,
                annotations: annotations))
    }

    private mutating func field(_ descriptor: FieldDescriptor) -> Field {
        var (type, note) = value(descriptor)
        if let entry = mapEntry(of: descriptor), let map = map(entry) {
            type = map.type
            note.map = map.note
            note.message = nil
            note.isRepeated = false
        }
        let cardinality: Cardinality =
            note.isRepeated
            ? .repeated(minimum: 0, maximum: nil) : descriptor.presence == .required ? .required : .optional
        // A message that was null before it was a value of some type is null in JSON too.
        let isNillable = !note.isRepeated && note.wellKnown?.wrapped != nil
        var field = Field(
            name: descriptor.isExtension ? "[\(descriptor.fullName)]" : note.jsonName,
            documentation: descriptor.documentation, type: type, cardinality: cardinality, isNillable: isNillable,
            defaultValue: descriptor.type == .bytes ? nil : descriptor.defaultValue)
        field.annotations[ProtobufField.self] = note
        return field
    }

    /// The type of one value of a field and what protobuf knows of it.
    private mutating func value(_ descriptor: FieldDescriptor) -> (ValueType, ProtobufField) {
        var note = ProtobufField(descriptor)
        guard let name = descriptor.typeFullName else { return (.scalar(ProtobufScalars.type(note.type)), note) }
        if note.type == .enumeration {
            guard let (enumeration, type) = enumeration(name) else { return (.scalar(ProtobufScalars.string), note) }
            note.enumeration = enumeration
            return (enumeration.isNullValue ? .any : .scalar(type), note)
        }
        note.message = ids[name]
        note.wellKnown = WellKnownType(rawValue: name)
        return (valueType(of: name), note)
    }

    private func valueType(of message: String) -> ValueType {
        WellKnownType(rawValue: message)?.valueType ?? ids[message].map { .message($0) } ?? .any
    }

    private mutating func enumeration(_ name: String) -> (ProtobufEnum, ScalarType)? {
        if let known = enums[name] { return known }
        guard let descriptor = descriptors.enumeration(name) else { return nil }
        var facets = Facets()
        facets.enumeration = descriptor.values.map {
            Facets.EnumerationValue($0.name, documentation: $0.documentation)
        }
        let type = ScalarType(.string, name: name, documentation: descriptor.documentation, facets: facets)
        enums[name] = (ProtobufEnum(descriptor), type)
        return enums[name]
    }

    // MARK: Maps

    private func mapEntry(of field: FieldDescriptor) -> MessageDescriptor? {
        guard field.isRepeated, let name = field.typeFullName, let entry = descriptors.message(name) else { return nil }
        return entry.isMapEntry ? entry : nil
    }

    private mutating func map(_ entry: MessageDescriptor) -> (type: ValueType, note: ProtobufMap)? {
        guard let key = entry.fields.first(where: { $0.number == 1 }),
            let value = entry.fields.first(where: { $0.number == 2 })
        else { return nil }
        let keyNote = ProtobufField(key)
        let (valueType, valueNote) = self.value(value)
        return (
            .map(key: ProtobufScalars.type(keyNote.type), value: valueType), ProtobufMap(key: keyNote, value: valueNote)
        )
    }

    // MARK: Operations

    private func operations(of service: ServiceDescriptor) -> [Operation] {
        service.methods.compactMap { method in
            guard let input = ids[method.inputFullName], let output = ids[method.outputFullName] else { return nil }
            var annotations = Annotations()
            annotations[ProtobufMethod.self] = ProtobufMethod(
                service: service.fullName, name: method.name, input: input, output: output,
                isClientStreaming: method.isClientStreaming, isServerStreaming: method.isServerStreaming,
                idempotency: method.idempotency)
            let rule = rules.rule(of: method)
            annotations[HTTPRule.self] = rule
            return Operation(
                name: method.name, service: service.fullName, documentation: method.documentation,
                input: valueType(of: method.inputFullName), output: valueType(of: method.outputFullName),
                interaction: method.interaction, effect: method.effect(rule), annotations: annotations)
        }
    }
}

extension FileDescriptor {
    /// The last part of its path, without the ending.
    fileprivate var baseName: String {
        let file = name.split(separator: "/").last ?? ""
        return String(file.hasSuffix(".proto") ? file.dropLast(6) : file)
    }
}

extension MethodDescriptor {
    fileprivate var interaction: Interaction {
        switch (isClientStreaming, isServerStreaming) {
        case (false, false): .unary
        case (true, false): .clientStream
        case (false, true): .serverStream
        case (true, true): .bidirectionalStream
        }
    }

    /// What the method says, else what the HTTP method of its rule means (RFC 9110 §9.2).
    fileprivate func effect(_ rule: HTTPRule?) -> Effect {
        switch (idempotency, rule?.method) {
        case (.noSideEffects, _), (.unknown, "GET"), (.unknown, "HEAD"): .safe
        case (.idempotent, _), (.unknown, "PUT"), (.unknown, "DELETE"): .idempotent
        case (.unknown, _): .mutating
        }
    }
}

extension ProtobufField {
    fileprivate init(_ field: FieldDescriptor) {
        let type = field.type ?? .message
        self.init(
            name: field.name, jsonName: field.jsonName ?? JSONName.derived(from: field.name),
            number: Int(field.number), type: field.isDelimited ? .group : type, isRepeated: field.isRepeated,
            isPacked: field.isPacked, presence: field.presence, isUTF8Checked: field.isUTF8Checked,
            isExtension: field.isExtension, defaultValue: field.defaultValue)
    }
}
