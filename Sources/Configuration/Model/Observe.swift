extension Configuration {
    /// What the gateway tells about itself.
    public struct Observe: Configurable, Sendable {
        /// Nil: none is written.
        public var accessLog: AccessLog?

        public init() {}

        static let keys: [Key<Observe>] = [
            .optional("access_log", \.accessLog, .mapping, "A line for every call; by default none is written."),
            .unsupported("traces"),
        ]
    }
}
