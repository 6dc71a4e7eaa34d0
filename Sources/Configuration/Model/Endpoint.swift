extension Configuration {
    /// One address of an upstream.
    public struct Endpoint: Sendable, Equatable {
        public enum Scheme: String, Sendable, CaseIterable {
            /// HTTP/1.1 in the clear.
            case http
            /// WebSocket over HTTP/1.1.
            case ws, wss
            /// TLS, and of HTTP/2 and HTTP/1.1 what the service chooses.
            case https
            /// HTTP/2 in the clear, by prior knowledge.
            case h2c, grpc
            /// HTTP/2 with TLS.
            case grpcs

            public var isSecure: Bool { self == .https || self == .grpcs || self == .wss }
            public var isWebSocket: Bool { self == .ws || self == .wss }
            /// Whether it is HTTP/2 by prior knowledge, as gRPC needs it; the others are spoken to as REST.
            public var isHTTP2: Bool { self == .h2c || self == .grpc || self == .grpcs }
            public var defaultPort: UInt16 { isSecure ? 443 : 80 }
        }

        public var scheme = Scheme.http
        /// A name, an IPv4 address, or an IPv6 address without brackets.
        public var host: String
        public var port: UInt16
        /// The path that the address names, as written; empty for none. What stands before the path of proxied requests.
        public var path = ""
        /// Without the `?`.
        public var query: String?
        /// Its share of the calls, in proportion to the weights of the others.
        public var weight = 1

        public init(
            scheme: Scheme = .http, host: String, port: UInt16, path: String = "", weight: Int = 1
        ) {
            self.scheme = scheme
            self.host = host
            self.port = port
            self.path = path
            self.weight = weight
        }

        /// `host:port`, as the Host field says it.
        public var authority: String {
            let name = host.contains(":") ? "[\(host)]" : host
            return port == scheme.defaultPort ? name : "\(name):\(port)"
        }

        static let expected = "an address such as http://host:80/path"

        /// Reads a URL of one of the schemes; nil when it is anything else.
        public init?(_ url: String) {
            guard let separator = url.firstRange(of: "://") else { return nil }
            guard let scheme = Scheme(rawValue: url[..<separator.lowerBound].lowercased()) else { return nil }
            let rest = url[separator.upperBound...]
            let authority = rest.prefix { $0 != "/" && $0 != "?" }
            guard let (host, port) = HostAndPort.split(authority) else { return nil }
            guard HostAndPort.isName(host) || IPAddress.isV6(host), port != 0 else { return nil }
            let target = rest.dropFirst(authority.count)
            guard target.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "#") }) else { return nil }
            let path = target.prefix { $0 != "?" }
            self.init(scheme: scheme, host: host, port: port ?? scheme.defaultPort, path: String(path))
            if path.count < target.count { query = String(target.dropFirst(path.count + 1)) }
        }

        static let shape = Shape<Endpoint>(
            schema: ["anyOf": [url.schema, WeightedEndpoint.descriptions.schema]],
            read: { node, reader in
                guard case .mapping = node.content else { return url.read(node, &reader) }
                return WeightedEndpoint.read(node, reader: &reader)?.endpoint
            })

        fileprivate static let url = Shape<Endpoint>(
            schema: ["type": "string", "pattern": "^((https?|h2c|grpcs?|wss?)://|\\$\\{)"]
        ) { node, reader in
            guard case .scalar(let scalar) = node.content, !scalar.isNothing else {
                reader.expect(expected, found: node)
                return nil
            }
            if let endpoint = Endpoint(scalar.text) { return endpoint }
            if scalar.text.contains("@") {
                // Whatever stands before "@" is a secret.
                reader.hide(node)
                reader.report("config.wrong-type", "an endpoint has no user and no password", at: node.location)
            } else {
                reader.expect(expected, found: node)
            }
            return nil
        }
    }

    /// `{ url: …, weight: … }`.
    private struct WeightedEndpoint: Configurable {
        var endpoint = Endpoint(host: "", port: 80)

        static let keys: [Key<WeightedEndpoint>] = [
            .required("url", \.endpoint, Endpoint.url, "Its address."),
            .optional("weight", \.endpoint.weight, .integer(1...1000), "Its share of the calls, beside the others'."),
        ]
    }
}
