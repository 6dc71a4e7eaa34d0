/// A member of a message type.
public struct Field: Sendable {
    /// The JSON property name; unique in its message type.
    public var name: String
    public var documentation: String?
    public var type: ValueType
    public var cardinality: Cardinality
    /// Null is a value of it, apart from being absent.
    public var isNillable: Bool
    /// What an absent (or, for an XML element, empty) field means; lexical form.
    public var defaultValue: String?
    /// The only value it may have; lexical form.
    public var fixedValue: String?
    public var annotations: Annotations

    public init(
        name: String, documentation: String? = nil, type: ValueType, cardinality: Cardinality = .required,
        isNillable: Bool = false, defaultValue: String? = nil, fixedValue: String? = nil,
        annotations: Annotations = Annotations()
    ) {
        self.name = name
        self.documentation = documentation
        self.type = type
        self.cardinality = cardinality
        self.isNillable = isNillable
        self.defaultValue = defaultValue
        self.fixedValue = fixedValue
        self.annotations = annotations
    }
}

/// How often a field may occur. JSON shows an array exactly for `repeated`, whatever the number of items.
public enum Cardinality: Sendable, Equatable {
    case required
    case optional
    /// From `minimum` to `maximum` items; nil is unbounded.
    case repeated(minimum: Int, maximum: Int?)

    public var isRepeated: Bool {
        if case .repeated = self { true } else { false }
    }

    /// Whether a message without it is invalid.
    public var isRequired: Bool {
        switch self {
        case .required: true
        case .optional: false
        case .repeated(let minimum, _): minimum > 0
        }
    }
}
