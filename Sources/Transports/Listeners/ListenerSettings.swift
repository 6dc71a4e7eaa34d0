public import HTTP1
public import HTTP2

/// What may be spoken on a connection.
public enum WireProtocol: Sendable {
    case http1, http2
    /// Within either of these.
    case webSocket
}

/// What one listener allows its clients; compiled from `listeners:`.
public struct ListenerSettings: Sendable {
    /// What clients may speak.
    public var protocols: Set<WireProtocol>
    /// Clients are asked for certificates.
    public var verifiesClients = false
    public var http1: HTTP1Limits
    public var http2: HTTP2Limits
    /// Open connections over all workers' share, and per client address.
    public var connections: Int
    public var connectionsPerAddress: Int
    public var requestsPerConnection: Int
    /// From the first byte of a head to its end, and from the accept to the first byte.
    public var headTimeout: Duration
    /// Between requests.
    public var idleTimeout: Duration
    /// A client that reads nothing for this long is cut off.
    public var writeStallTimeout: Duration
    /// A body must bring at least this much…
    public var minimumBodyBytesPerSecond: Int
    /// … in every period of this length.
    public var bodyRatePeriod: Duration
    /// How long a body may take that must be whole before it is used.
    public var bodyTimeout: Duration
    /// How much of a body that nobody wants is read to keep the connection…
    public var drainBytes: Int
    /// … and how long a connection that ends is read, so that the client gets its last response.
    public var drainTimeout: Duration

    public init(
        protocols: Set<WireProtocol> = [.http1, .http2, .webSocket], http1: HTTP1Limits = HTTP1Limits(),
        http2: HTTP2Limits = HTTP2Limits(), connections: Int = 10_000, connectionsPerAddress: Int = 256,
        requestsPerConnection: Int = 1000, headTimeout: Duration = .seconds(10), idleTimeout: Duration = .seconds(60),
        writeStallTimeout: Duration = .seconds(30), minimumBodyBytesPerSecond: Int = 240,
        bodyRatePeriod: Duration = .seconds(5), bodyTimeout: Duration = .seconds(300),
        drainBytes: Int = 64 * 1024, drainTimeout: Duration = .seconds(1)
    ) {
        self.protocols = protocols
        self.http1 = http1
        self.http2 = http2
        self.http2.allowsExtendedConnect = protocols.contains(.webSocket)
        self.connections = connections
        self.connectionsPerAddress = connectionsPerAddress
        self.requestsPerConnection = requestsPerConnection
        self.headTimeout = headTimeout
        self.idleTimeout = idleTimeout
        self.writeStallTimeout = writeStallTimeout
        self.minimumBodyBytesPerSecond = minimumBodyBytesPerSecond
        self.bodyRatePeriod = bodyRatePeriod
        self.bodyTimeout = bodyTimeout
        self.drainBytes = drainBytes
        self.drainTimeout = drainTimeout
    }

    /// What a body must bring in every `bodyRatePeriod`.
    var minimumBodyBytesPerPeriod: Int {
        Int(min(Double(minimumBodyBytesPerSecond) * (bodyRatePeriod / .seconds(1)), 1e15))
    }
}
