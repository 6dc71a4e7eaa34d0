internal import Canonical
internal import JSONCodec
internal import ProtobufSchema

/// Compiles a crossing from what a file was made of and what it has become.
struct CrossingCompiler {
    private let schema: Schema
    private let builder: ProtoFileBuilder
    private let derived: Schema
    private let ids: [String: MessageID]
    private var coders: [ObjectIdentifier: ScalarCoder] = [:]
    private var enumerations: [ObjectIdentifier: CrossedEnumeration] = [:]
    private let requests: JSONPlan
    private let responses: JSONPlan

    init(_ builder: ProtoFileBuilder, to contract: Contract, requests: JSONPlan, responses: JSONPlan) {
        self.builder = builder
        self.requests = requests
        self.responses = responses
        schema = builder.contract.schema
        derived = contract.schema
        ids = contract.annotations[ProtobufContract.self]?.messages ?? [:]
    }

    private func id(_ name: String) -> MessageID? { ids["\(builder.file.package).\(name)"] }

    mutating func message(_ id: MessageID) -> CrossedMessage? {
        let names = builder.naming.messages[id.index]
        guard builder.messages.contains(id), let derived = self.id(names.name) else { return nil }
        let type = schema[id]
        let places = self.places(in: derived)
        let fields = zip(type.fields, names.fields).map { field, member in
            self.field(field, at: type.isAbstract ? nil : places[member.number], of: derived)
        }
        let variants = names.variants.compactMap { variant in
            places[variant.member.number].map { (id: variant.type, field: $0) }
        }
        return CrossedMessage(
            type, id: id, derived: derived, fields: fields, variants: variants,
            derivedCount: self.derived[derived].fields.count)
    }

    mutating func wrapper(_ name: String, of type: ValueType) -> CrossedWrapper? {
        guard let id = id(name) else { return nil }
        let field = Field(name: "value", type: type)
        return CrossedWrapper(message: id, field: self.field(field, at: places(in: id)[1], of: id))
    }

    /// By number: the place of a field.
    private func places(in message: MessageID) -> [Int: Int] {
        let fields = derived[message].fields.enumerated().compactMap { index, field in
            field.annotations[ProtobufField.self].map { ($0.number, index) }
        }
        return Dictionary(fields, uniquingKeysWith: { first, _ in first })
    }

    private mutating func field(_ field: Field, at place: Int?, of message: MessageID) -> CrossedField {
        let (form, isList) = builder.form(of: field)
        var note: ProtobufField?
        if let place { note = derived[message].fields[place].annotations[ProtobufField.self] }
        return CrossedField(
            name: field.name, derived: place ?? -1, form: self.form(form, fixed: field.fixedValue),
            isRepeated: field.cardinality.isRepeated, isList: isList, isNillable: field.isNillable,
            isRequired: field.cardinality.isRequired,
            hasZero: note?.presence == .implicit && !isList && !field.cardinality.isRepeated && form.hasZero,
            nillable: nillable(note, form))
    }

    private func nillable(_ note: ProtobufField?, _ form: ProtoForm) -> CrossedNillable? {
        guard let id = note?.message, builder.nillables.values.contains(where: { self.id($0) == id }) else {
            return nil
        }
        let places = self.places(in: id)
        guard let null = places[1], let value = places[2] else { return nil }
        return CrossedNillable(message: id, null: null, value: value)
    }

    private mutating func form(_ form: ProtoForm, fixed: String? = nil) -> CrossedForm {
        switch form {
        case .message(let id): .message(id)
        case .enumeration(let type): .enumeration(enumeration(type, fixed: fixed))
        case .scalar(let type, let name): .scalar(coder(type, fixed: fixed), isText: name == "string")
        case .lexical(let type): .lexical(coder(type, fixed: fixed))
        case .json(let type):
            .json(request: JSONCoder(type, plan: requests), response: JSONCoder(type, plan: responses))
        case .map(_, let value): .map(self.form(value))
        }
    }

    private mutating func coder(_ type: ScalarType, fixed: String?) -> ScalarCoder {
        if let fixed { return ScalarCoder(type.fixed(to: fixed), isLenient: true) }
        if let known = coders[ObjectIdentifier(type)] { return known }
        let coder = ScalarCoder(type, isLenient: true)
        coders[ObjectIdentifier(type)] = coder
        return coder
    }

    private mutating func enumeration(_ type: ScalarType, fixed: String?) -> CrossedEnumeration {
        let values = builder.naming.enumerations[ObjectIdentifier(type)]?.values ?? []
        if let fixed { return CrossedEnumeration(type.fixed(to: fixed), values) }
        if let known = enumerations[ObjectIdentifier(type)] { return known }
        let enumeration = CrossedEnumeration(type, values)
        enumerations[ObjectIdentifier(type)] = enumeration
        return enumeration
    }
}

extension ProtoForm {
    /// Whether the zero of its type on the wire is a value of it: else it can only be missing.
    fileprivate var hasZero: Bool {
        guard case .scalar(let type, _) = self else { return false }
        return switch type.kind {
        case .string, .uri, .boolean, .int, .unsigned, .long, .unsignedLong, .float, .bytes: true
        case .integer, .decimal, .temporal, .qualifiedName, .list, .union: false
        }
    }
}

extension ScalarType {
    /// The type that allows one value only.
    fileprivate func fixed(to literal: String) -> ScalarType {
        var facets = facets
        facets.enumeration = [Facets.EnumerationValue(literal)]
        return ScalarType(kind, name: name, facets: facets)
    }
}
