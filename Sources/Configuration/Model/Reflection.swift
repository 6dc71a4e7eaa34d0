extension Configuration {
    /// How a service is asked for its contract.
    public struct Reflection: Configurable, Sendable {
        /// From one question to the next.
        public var interval = Self.usualInterval
        /// The file that the last good answer is kept in, for starts at which the service does not answer.
        public var keep: String?

        public init() {}

        private static let usualInterval = Duration.seconds(300)

        static let keys: [Key<Reflection>] = [
            .optional(
                "interval", \.interval, intervalShape,
                "How often it is asked whether it has changed; 0s is the default."),
            .optional(
                "keep", \.keep, .path,
                "A descriptor set that the gateway writes: the last good answer, for when there is none at the start."),
        ]

        private static let intervalShape: Shape<Duration> = {
            let duration = Shape<Duration>.duration(.zero...(.seconds(86_400)))
            return Shape(schema: duration.schema, show: duration.show) { node, reader in
                duration.read(node, &reader).map { $0 == .zero ? usualInterval : $0 }
            }
        }()
    }
}
