extension Configuration {
    /// How long clients of a listener may take.
    public struct Timeouts: Configurable, Sendable {
        /// For the TLS handshake.
        public var handshake = Duration.seconds(10)
        /// From the first byte of a head to its last; a trickle does not prolong it.
        public var head = Duration.seconds(10)
        /// For a body as a whole.
        public var body = Duration.seconds(300)
        /// The slowest a body may come, in bytes a second.
        public var bodyRate = 240
        /// Between two requests of a connection.
        public var idle = Duration.seconds(60)
        /// How long a client may take nothing of what waits for it.
        public var write = Duration.seconds(30)
        /// How long calls may go on after SIGTERM or a reload.
        public var drain = Duration.seconds(30)

        public init() {}

        static let keys: [Key<Timeouts>] = [
            .optional("handshake", \.handshake, .duration(), "For the TLS handshake."),
            .optional("head", \.head, .duration(), "From the first byte of a request's head to its last."),
            .optional("body", \.body, .duration(), "For a body as a whole."),
            .optional("body_rate", \.bodyRate, .size(0...(1 << 30)), "The slowest a body may come, in bytes a second."),
            .optional("idle", \.idle, .duration(), "Between two requests of a connection."),
            .optional("write", \.write, .duration(), "How long a client may take nothing of what waits for it."),
            .optional(
                "drain", \.drain, .duration(.zero ... .seconds(86_400)),
                "How long calls may go on after SIGTERM or a reload."),
        ]
    }
}
