extension Configuration {
    /// How much of an upstream may be in use at once; what is beyond is refused at once, instead of waiting for a service
    /// that does not keep up.
    public struct Circuit: Configurable, Sendable {
        /// Connections to each endpoint, per worker.
        public var connections = 1024
        /// Calls under way at each endpoint, per worker; a WebSocket is one as long as it is open.
        public var requests = 1024

        public init() {}

        static let keys: [Key<Circuit>] = [
            .optional(
                "connections", \.connections, .integer(1...1_000_000), "Connections to each endpoint, per worker."),
            .optional(
                "requests", \.requests, .integer(1...1_000_000),
                "Calls under way at each endpoint, per worker; an open WebSocket is one."),
            .unsupported("pending"),
        ]
    }
}
