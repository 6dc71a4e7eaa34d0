extension Configuration {
    /// Where a listener waits for connections.
    public enum ListenAddress: Sendable, Hashable, CustomStringConvertible {
        /// `host` is an IPv4 or IPv6 address without brackets; port 0 lets the system choose one.
        case tcp(host: String, port: UInt16)
        case unix(path: String)

        /// Reads `host:port`, `[v6]:port`, `:port` (all IPv4 addresses), `localhost:port` or `unix:/path`.
        public init?(_ text: String) {
            if text.hasPrefix("unix:") {
                let path = text.dropFirst(5)
                guard path.hasPrefix("/"), path.utf8.count > 1, path.utf8.count < 108 else { return nil }
                self = .unix(path: String(path))
                return
            }
            guard let (name, port) = HostAndPort.split(text), let port else { return nil }
            switch name {
            case "", "*": self = .tcp(host: "0.0.0.0", port: port)
            case "localhost": self = .tcp(host: "127.0.0.1", port: port)
            default:
                guard IPAddress.isV4(name) || IPAddress.isV6(name) else { return nil }
                self = .tcp(host: name, port: port)
            }
        }

        public var description: String {
            switch self {
            case .tcp(let host, let port): host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
            case .unix(let path): "unix:\(path)"
            }
        }

        public var isUnixSocket: Bool { if case .unix = self { true } else { false } }

        /// Whether only this machine reaches it.
        var isLoopback: Bool {
            switch self {
            case .tcp(let host, _): host.hasPrefix("127.") || host == "::1"
            case .unix: true
            }
        }

        /// Whether both cannot be bound at once.
        func clashes(with other: ListenAddress) -> Bool {
            switch (self, other) {
            case (.unix(let left), .unix(let right)): return left == right
            case (.tcp(let left, let port), .tcp(let right, let otherPort)):
                guard port == otherPort, port != 0 else { return false }
                let areSameFamily = left.contains(":") == right.contains(":")
                // Linux binds [::] for both families.
                return left == right || left == "::" || right == "::"
                    || areSameFamily && (left == "0.0.0.0" || right == "0.0.0.0")
            default: return false
            }
        }

        static let shape = Shape<ListenAddress>.scalar(
            "an address: host:port, [v6]:port or unix:/path", schema: ["type": "string", "minLength": 2],
            show: { .string($0.description) }, parse: { ListenAddress($0) })
    }
}
