internal import Canonical
internal import Configuration
internal import Engine
internal import HTTP
internal import HTTP1
internal import HTTP2
internal import Reactor
internal import Transports

// The values of the configuration as those of the modules that obey them.

extension Upstream {
    convenience init(
        _ configured: Configuration.Upstream, endpoints: [Configuration.Endpoint], tls: TLSClientSettings?,
        tunnelled: (any TunnelledProtocol)?
    ) throws(TLSError) {
        var limits = UpstreamLimits()
        limits.connectTimeout = configured.connectTimeout
        limits.attempts = configured.retry.attempts
        limits.retryCauses = Set(
            configured.retry.causes.map { cause in
                switch cause {
                case .connect: .connect
                case .reset: .reset
                case .unavailable: .unavailable
                }
            })
        limits.retryBudgetPercent = Int(configured.retry.budget * 100)
        limits.connections = configured.circuit.connections
        limits.requests = configured.circuit.requests
        limits.idleConnections = configured.pool.idle
        limits.idleTimeout = configured.pool.idleTimeout
        let balance: Balance =
            switch configured.balance {
            case .roundRobin: .roundRobin
            case .random: .random
            case .leastRequests: .leastRequests
            }
        var made: [Endpoint] = []
        for endpoint in endpoints {
            made.append(try Endpoint(endpoint, tls: tls, serverName: configured.tls.serverName))
        }
        self.init(name: configured.name, endpoints: made, balance: balance, limits: limits, tunnelled: tunnelled)
    }
}

extension Endpoint {
    /// - Parameter serverName: The name to ask for, where it is not the host's.
    convenience init(
        _ configured: Configuration.Endpoint, tls: TLSClientSettings?, serverName: String?
    ) throws(TLSError) {
        let query = configured.query.map { "?" + $0 } ?? ""
        let wire: Wire =
            switch configured.scheme {
            case .http, .ws, .wss: .http1
            case .https: .negotiated
            case .h2c, .grpc, .grpcs: .http2
            }
        var secured: EndpointTLS?
        if configured.scheme.isSecure, let tls {
            secured = try EndpointTLS(serverName: serverName ?? configured.host, tls)
        }
        self.init(
            host: configured.host, port: Int(configured.port), weight: configured.weight,
            path: configured.path + query, wire: wire, tls: secured)
    }
}

extension ListenerSettings {
    /// - Parameter descriptors: Files that the process may open.
    init(_ configured: Configuration.Listener, descriptors: Int, workers: Int) {
        var wire = HTTP1Limits()
        wire.headBytes = configured.limits.headerBytes
        wire.fieldCount = configured.limits.headerFields
        wire.lineBytes = configured.limits.lineBytes
        wire.targetBytes = configured.limits.targetBytes
        wire.chunkExtensionBytes = configured.limits.trailerBytes
        wire.trailerBytes = configured.limits.trailerBytes
        if let body = configured.limits.body { wire.bodyBytes = body }
        var streams = HTTP2Limits()
        streams.headerListBytes = configured.limits.headerBytes
        streams.headerBlockBytes = configured.limits.headerBytes
        streams.fieldCount = configured.limits.headerFields
        streams.fieldBytes = configured.limits.lineBytes
        streams.targetBytes = configured.limits.targetBytes
        streams.concurrentStreams = configured.limits.streams
        let connections = configured.limits.connections ?? max(descriptors / 2 - 64, 16)
        self.init(
            protocols: Set(configured.protocols.map(WireProtocol.init)), http1: wire, http2: streams,
            connections: max(connections / workers, 1),
            connectionsPerAddress: configured.limits.connectionsPerIP,
            requestsPerConnection: configured.limits.requests, headTimeout: configured.timeouts.head,
            idleTimeout: configured.timeouts.idle, writeStallTimeout: configured.timeouts.write,
            minimumBodyBytesPerSecond: configured.timeouts.bodyRate, bodyTimeout: configured.timeouts.body)
        verifiesClients = configured.tls?.clients != nil
    }
}

extension WireProtocol {
    init(_ configured: Configuration.Listener.WireProtocol) {
        switch configured {
        case .http1: self = .http1
        case .http2: self = .http2
        case .webSocket: self = .webSocket
        }
    }
}

extension SocketAddress {
    init?(_ configured: Configuration.ListenAddress) {
        switch configured {
        case .unix(let path): self = .unix(path: path)
        case .tcp(let host, let port):
            guard let address = IPAddress(host) else { return nil }
            self = .ip(address, port: port)
        }
    }
}

extension PathPattern {
    init(_ configured: Configuration.PathPattern) {
        self.init(
            segments: configured.segments.isEmpty
                ? [.literal([])]
                : configured.segments.map { segment in
                    switch segment {
                    case .literal(let text): .literal(Array(text.utf8))
                    case .parameter(let name): .parameter(name)
                    case .any: .wildcard
                    case .rest: .rest
                    }
                })
    }
}

extension RouteMatch {
    init(_ route: Configuration.Route, path: PathPattern, methods: [HTTPMethod]?) {
        self.init(
            host: route.host?.description, path: path, methods: methods,
            headers: route.headers.map { ($0.name, $0.value) }, priority: route.priority)
    }
}
