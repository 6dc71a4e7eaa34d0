extension Configuration {
    /// What the gateway tells about itself.
    public struct Observe: Configurable, Sendable {
        /// One line for each call; nil: none.
        public var accessLog: AccessLog?

        public init() {}

        static let keys: [Key<Observe>] = [
            .optional("access_log", \.accessLog, .mapping, "One line for each call; off by default."),
            .unsupported("traces"),
        ]
    }
}
