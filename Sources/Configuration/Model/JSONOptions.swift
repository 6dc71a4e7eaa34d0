extension Configuration {
    /// How the JSON of an upstream's operations is read and shown.
    public struct JSONOptions: Configurable, Sendable {
        /// What is done about what a request has and the contract does not name.
        public enum Unknown: String, Sendable, CaseIterable {
            /// The request is refused: 400 with a pointer to each.
            case reject
            case ignore
        }

        /// What members of protobuf's messages are called.
        public enum Names: String, Sendable, CaseIterable {
            /// `accountId`, or what the .proto file says with `json_name`.
            case json
            /// As the .proto file calls them: `account_id`.
            case proto
        }

        /// What shows values that JSON has more than one form for.
        public enum Enums: String, Sendable, CaseIterable { case names, numbers }
        public enum Numbers: String, Sendable, CaseIterable { case strings, numbers }

        /// Whether protobuf's fields are shown that have their default.
        public var showsDefaults = false
        public var names = Names.json
        public var enums = Enums.names
        /// Integers that may need more than 53 bits. Readers of JSON that know only Double change them as numbers.
        public var wideIntegers = Numbers.strings
        public var decimals = Numbers.strings
        public var unknownMembers = Unknown.reject
        public var unknownParameters = Unknown.reject

        public init() {}

        static let keys: [Key<JSONOptions>] = [
            .optional(
                "defaults", \.showsDefaults, .flag,
                "Whether answers show fields of protobuf that have their default, and empty arrays and maps."),
            .optional("names", \.names, .word, "What fields of protobuf are called in answers; requests may use both."),
            .optional("enums", \.enums, .word, "How answers show values of protobuf's enums."),
            .optional(
                "int64", \.wideIntegers, .word,
                "How answers show integers of 64 bits and more, which many readers of JSON numbers change."),
            .optional("decimals", \.decimals, .word, "How answers show decimal numbers of XML."),
            .optional(
                "unknown_members", \.unknownMembers, .word,
                "What is done about members of a request that the contract does not name."),
            .optional(
                "unknown_parameters", \.unknownParameters, .word,
                "What is done about query parameters that the operation does not have."),
        ]
    }
}
