extension Configuration {
    /// How the JSON of an upstream's operations is read and shown.
    public struct JSONOptions: Configurable, Sendable {
        /// What is done about what a request has and the contract does not name.
        public enum Unknown: String, Sendable, CaseIterable {
            /// The request is refused: 400 with a pointer to each.
            case reject
            case ignore
        }

        public var unknownMembers = Unknown.reject
        public var unknownParameters = Unknown.reject

        public init() {}

        static let keys: [Key<JSONOptions>] = [
            .optional(
                "unknown_members", \.unknownMembers, .word,
                "What is done about members of a request that the contract does not name."),
            .optional(
                "unknown_parameters", \.unknownParameters, .word,
                "What is done about query parameters that the operation does not have."),
        ]
    }
}
