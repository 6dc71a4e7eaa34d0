extension Configuration {
    /// What the answer of a hand-shaped route looks like.
    public struct ResponseShape: Configurable, Sendable {
        /// The member whose value is the whole answer; nil: the message as it is.
        public var unwrap: String?
        public var status = 200

        public init() {}

        static let keys: [Key<ResponseShape>] = [
            .optional("unwrap", \.unwrap, .text, "The member whose value is the whole answer."),
            .optional("status", \.status, .integer(200...299), "The status of successful answers."),
        ]
    }
}
