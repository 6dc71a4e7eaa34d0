extension Configuration {
    /// Which requests are answered how.
    public struct Route: Configurable, Sendable {
        public enum Action: Sendable {
            case expose(Exposure)
            case call(OperationCall)
            case proxy(Proxy)
            case socket(SocketRoute)
        }

        /// Its place in the configuration, `routes[3]`, by which findings name it.
        public var name = ""
        /// Nil: any host.
        public var host: HostPattern?
        /// All of them must hold.
        public var headers: [HeaderCondition] = []
        /// Decides between routes that are equally specific; the higher wins.
        public var priority = 0
        /// For a call as a whole; nil: the upstream's.
        public var timeout: Duration?
        public var action = Action.proxy(Proxy())

        public init() {}

        public init(name: String, action: Action) {
            self.name = name
            self.action = action
        }

        /// The keys that every kind of route has.
        static let keys: [Key<Route>] = [
            .optional("host", \.host, HostPattern.shape, "The host that requests must be for; by default any."),
            .optional(
                "headers", \.headers, HeaderCondition.shape,
                "Header fields that requests must have, with their values; \"*\" stands for any value."),
            .optional(
                "priority", \.priority, .integer(-1000...1000), "Decides between routes that are equally specific."),
            .optional("timeout", \.timeout, .duration(), "For a call as a whole; by default the upstream's."),
            .unsupported("use"),
        ]
    }
}
