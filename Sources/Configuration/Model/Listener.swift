extension Configuration {
    /// A bound socket and what clients may do on it.
    public struct Listener: Configurable, Named, Sendable {
        public enum WireProtocol: String, Sendable, CaseIterable {
            case http1, http2
            case webSocket = "websocket"
        }

        public var name = ""
        public var address = ListenAddress.tcp(host: "127.0.0.1", port: 8080)
        public var protocols: [WireProtocol] = [.http1, .http2, .webSocket]
        /// Nil: clients speak in the clear.
        public var tls: ListenerTLS?
        public var limits = Limits()
        public var timeouts = Timeouts()

        public init() {}

        public init(name: String, address: ListenAddress) {
            self.name = name
            self.address = address
        }

        static let keys: [Key<Listener>] = [
            .required("address", \.address, ListenAddress.shape, "host:port, [v6]:port, :port or unix:/path."),
            .optional(
                "protocols", \.protocols, .list(of: .word), "What the listener speaks; all of it by default."),
            .optional("tls", \.tls, .mapping, "Certificates and versions; without it, clients speak in the clear."),
            .optional("limits", \.limits, .mapping, "What one client may send, and how many there may be."),
            .optional("timeouts", \.timeouts, .mapping, "How long clients may take."),
        ]
    }
}
