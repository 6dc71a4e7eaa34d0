/// An object type: XSD complex type, protobuf message, JSON Schema object.
public struct MessageType: Sendable {
    /// Unique in its schema; the component's name in OpenAPI.
    public var name: String
    public var documentation: String?
    /// In the order of the content model; what an ordered format must write.
    public var fields: [Field]
    /// Which fields must, may or may not stand together, beyond each field's own cardinality.
    public var rules: [ContentRule]
    public var base: MessageID?
    /// All types derived from this one, directly or not; set by `Schema.Builder`.
    public internal(set) var derived: [MessageID] = []
    public var isAbstract: Bool
    /// Text may stand between the fields.
    public var isMixed: Bool
    public var annotations: Annotations

    public init(
        name: String, documentation: String? = nil, fields: [Field] = [], rules: [ContentRule] = [],
        base: MessageID? = nil, isAbstract: Bool = false, isMixed: Bool = false,
        annotations: Annotations = Annotations()
    ) {
        self.name = name
        self.documentation = documentation
        self.fields = fields
        self.rules = rules
        self.base = base
        self.isAbstract = isAbstract
        self.isMixed = isMixed
        self.annotations = annotations
    }

    /// Whether a value of this type says which type it is (`@type`): it may be another one than declared.
    public var isPolymorphic: Bool { isAbstract || !derived.isEmpty }
}

/// A constraint over several fields of one message.
public enum ContentRule: Sendable {
    /// At most one branch has values; exactly one when `isRequired`. A branch is a list of field indices with the rules
    /// inside it; `required` are those of its fields that must be there once the branch is chosen.
    case choice(branches: [Branch], isRequired: Bool)

    public struct Branch: Sendable {
        public var fields: [Int]
        public var required: [Int]
        public var rules: [ContentRule]

        public init(fields: [Int], required: [Int] = [], rules: [ContentRule] = []) {
            self.fields = fields
            self.required = required
            self.rules = rules
        }
    }
    /// All of `required` or none of `fields`: an optional sequence.
    case together(Branch)
}
