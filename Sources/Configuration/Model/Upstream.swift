internal import Canonical

extension Configuration {
    /// The named endpoints of one service, its contract, and how it is called.
    public struct Upstream: Configurable, Named, Sendable {
        public enum Balance: String, Sendable, CaseIterable {
            case roundRobin = "round_robin"
            case random
            case leastRequests = "least_requests"
        }

        public var name = ""
        /// Nil: bytes pass.
        public var contract: ContractSource?
        /// For a contract that the service says itself.
        public var reflection = Reflection()
        /// The file that locks the names of the contract; nil: the one beside the contract, where there is one.
        public var lock: String?
        /// Folders in which the contract's imports are looked for, after its own.
        public var importPaths: [String] = []
        /// The file whose HTTP rules take the place of the contract's own.
        public var serviceConfig: String?
        /// Empty: the addresses that the contract names.
        public var endpoints: [Endpoint] = []
        public var balance = Balance.roundRobin
        /// For a call as a whole; a route's own timeout wins.
        public var timeout = Duration.seconds(15)
        public var connectTimeout = Duration.seconds(2)
        public var retry = Retry()
        public var pool = Pool()
        public var circuit = Circuit()
        /// For the endpoints that speak TLS.
        public var tls = UpstreamTLS()
        public var soap = SOAPOptions()
        public var json = JSONOptions()
        public var grpc = GRPCOptions()
        public var webSocket = WebSocketOptions()

        public init() {}

        public init(name: String, contract: ContractSource? = nil, endpoints: [Endpoint] = []) {
            self.name = name
            self.contract = contract
            self.endpoints = endpoints
        }

        /// Whether a service with a contract is called over WebSocket.
        public var speaksWebSocket: Bool { !endpoints.isEmpty && endpoints.allSatisfy { $0.scheme.isWebSocket } }

        /// Whether a service with .proto files is one of REST: it is where no endpoint's scheme is one of gRPC's.
        public var speaksREST: Bool {
            !endpoints.isEmpty && !speaksWebSocket && !endpoints.contains { $0.scheme.isHTTP2 }
        }

        /// Whether some endpoints are of WebSocket and others are not.
        public var mixesWebSocket: Bool { !speaksWebSocket && endpoints.contains { $0.scheme.isWebSocket } }

        /// Whether some endpoints are of gRPC and others of REST.
        public var speaksBoth: Bool {
            endpoints.contains { $0.scheme.isHTTP2 } && endpoints.contains { !$0.scheme.isHTTP2 }
        }

        static let keys: [Key<Upstream>] = [
            .optional(
                "contract", \.contract, ContractSource.shape,
                "The WSDL or .proto file, or descriptor set, that describes the service, or `reflection`: the service is asked. Without one, bytes pass."
            ),
            .optional("reflection", \.reflection, .mapping, "For a service that is asked for its contract."),
            .optional(
                "lock", \.lock, .path,
                "The lock file of the contract's names; by default the contract's file with .lock behind it, if it exists."
            ),
            .optional(
                "import_paths", \.importPaths, .list(of: .path), "Folders to look in for what the contract imports."),
            .optional(
                "service_config", \.serviceConfig, .path,
                "A google.api.Service in YAML or JSON, whose HTTP rules take the place of those in the .proto files."),
            .optional(
                "endpoints", \.endpoints, .list(of: Endpoint.shape),
                "Where the service is; by default the address in the contract. An item is a URL or {url, weight}."),
            .optional("balance", \.balance, .word.later(["hash"]), "How calls are spread over the endpoints."),
            .optional("timeout", \.timeout, .duration(), "For a call as a whole; a route's own timeout wins."),
            .optional("connect_timeout", \.connectTimeout, .duration(), "For a connection to be made."),
            .optional("retry", \.retry, .mapping, "What is tried again, and how often."),
            .optional("pool", \.pool, .mapping, "The connections that are kept open."),
            .optional("circuit", \.circuit, .mapping, "How much may be in use at once."),
            .optional("soap", \.soap, .mapping, "For services that speak SOAP."),
            .optional("json", \.json, .mapping, "For clients that speak JSON."),
            .optional("grpc", \.grpc, .mapping, "For clients that speak gRPC to a service that does not."),
            .optional(
                "websocket", \.webSocket, .mapping, "For services with a contract that are called over WebSocket."),
            .optional("tls", \.tls, .mapping, "For endpoints whose addresses begin with https://, grpcs:// or wss://."),
            .unsupported("health"), .unsupported("outliers"),
        ]

        func inspect(_ node: YAMLNode, reader: inout Reader) {
            inspectWebSocket(node, reader: &reader)
            // What could not be read was reported already.
            if node["contract"] == nil, node["endpoints"] == nil {
                reader.missing("neither \"endpoints\" nor a \"contract\" says where the service is", in: node)
            }
            inspectReflection(node, reader: &reader)
        }

        private func inspectReflection(_ node: YAMLNode, reader: inout Reader) {
            let isAsked = contract == .reflection
            // Endpoints that are all unreadable are none.
            let areKnown = !endpoints.isEmpty || node["endpoints"] == nil
            let hasEndpoint = !areKnown || endpoints.contains(where: \.scheme.isHTTP2)
            if isAsked, !hasEndpoint, let entry = node["contract"] {
                reader.descend(into: entry) { node, reader in
                    reader.report("contract.reflection", Self.noEndpoint, at: node.location)
                }
            }
            if !isAsked, contract != nil || node["contract"] == nil, let entry = node["reflection"] {
                reader.descend(into: entry) { _, reader in
                    reader.report("config.missing-key", "goes with \"contract: reflection\"", at: entry.keyLocation)
                }
            }
        }

        private static let noEndpoint =
            "the service is asked over gRPC; \"endpoints\" needs an address with grpc://, grpcs:// or h2c://"

        private func inspectWebSocket(_ node: YAMLNode, reader: inout Reader) {
            guard let entry = node["websocket"] else { return }
            let hasSockets = endpoints.contains { $0.scheme.isWebSocket }
            // Endpoints that could not be read were reported already.
            let isKnown = !endpoints.isEmpty || node["endpoints"] == nil
            let complaint =
                node["contract"] == nil
                ? "without a contract there are no operations to call; frames pass as they are"
                : hasSockets || !isKnown ? nil : "no endpoint has an address that begins with ws:// or wss://"
            guard let complaint else { return }
            reader.descend(into: entry) { _, reader in
                reader.report("websocket.unused", complaint, at: entry.keyLocation)
            }
        }
    }
}
