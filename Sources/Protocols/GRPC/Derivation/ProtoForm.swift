internal import Canonical

/// How protobuf carries the values of a type of a contract that does not know it.
indirect enum ProtoForm {
    case message(MessageID)
    /// An enum made of the literals of a simple type.
    case enumeration(ScalarType)
    /// A simple value, as protobuf's own type of that name has it.
    case scalar(ScalarType, String)
    /// The lexical text of a simple value that has several forms.
    case lexical(ScalarType)
    /// A value of no fixed form: `google.protobuf.Value`, as the contract's JSON shows it.
    case json(ValueType)
    case map(key: ScalarType, ProtoForm)

    /// - Parameter isRepeated: The field has an array of such values already.
    /// - Returns: The form, and whether a single value is an array by itself.
    static func of(_ type: ValueType, isRepeated: Bool, in schema: Schema) -> (form: ProtoForm, isList: Bool) {
        switch type {
        case .message(let id): return (schema[id].isMixed ? .json(type) : .message(id), false)
        case .any, .nothing: return (.json(type), false)
        case .map(let key, let value):
            let (form, isList) = of(value, isRepeated: false, in: schema)
            if isRepeated || isList { return (.json(type), false) }
            switch form {
            case .map: return (.json(type), false)
            default: return (.map(key: key, form), false)
            }
        case .scalar(let scalar):
            guard case .list(let item) = scalar.kind, !isRepeated else { return (ProtoForm(scalar), false) }
            return (ProtoForm(item), true)
        }
    }

    private init(_ type: ScalarType) {
        if type.isEnumeration {
            self = .enumeration(type)
            return
        }
        self =
            switch type.kind {
            case .boolean: .scalar(type, "bool")
            case .int: .scalar(type, "int32")
            case .unsigned: .scalar(type, "uint32")
            case .long: .scalar(type, "int64")
            case .unsignedLong: .scalar(type, "uint64")
            case .float(let bits): .scalar(type, bits == 32 ? "float" : "double")
            case .bytes: .scalar(type, "bytes")
            // Without a bound, or with more digits than a number of protobuf has.
            case .integer, .decimal: .scalar(type, "string")
            case .string, .temporal, .uri, .qualifiedName: .scalar(type, "string")
            case .union, .list: .lexical(type)
            }
    }
}

extension ScalarType {
    /// Whether protobuf has an enum for it: text that is one of some literals.
    var isEnumeration: Bool {
        guard case .string = kind, let values = facets.enumeration else { return false }
        return !values.isEmpty
    }
}
