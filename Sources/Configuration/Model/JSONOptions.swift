extension Configuration {
    /// How the JSON of an upstream's operations is read and shown.
    public struct JSONOptions: Configurable, Sendable {
        /// What is done about members of a request that the contract does not name.
        public enum UnknownMembers: String, Sendable, CaseIterable {
            /// The request is refused: 400 with a pointer to each.
            case reject
            case ignore
        }

        public var unknownMembers = UnknownMembers.reject

        public init() {}

        static let keys: [Key<JSONOptions>] = [
            .optional(
                "unknown_members", \.unknownMembers, .word,
                "What is done about members of a request that the contract does not name.")
        ]
    }
}
