extension Configuration {
    /// The connections to an upstream that are kept open between calls.
    public struct Pool: Configurable, Sendable {
        /// Idle connections to each endpoint, per worker; 0: every call has a connection of its own.
        public var idle = 1024
        public var idleTimeout = Duration.seconds(30)

        public init() {}

        static let keys: [Key<Pool>] = [
            .optional("idle", \.idle, .integer(0...65_536), "Idle connections to each endpoint, per worker."),
            .optional("idle_timeout", \.idleTimeout, .duration(), "How long a connection may be idle."),
        ]
    }
}
