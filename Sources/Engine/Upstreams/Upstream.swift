/// Named endpoints of one service and how they are used; compiled from the configuration, shared by all workers.
public final class Upstream: Sendable {
    public let name: String
    public let endpoints: [Endpoint]
    public let balance: Balance
    public let limits: UpstreamLimits
    /// What is spoken in tunnels to the endpoints; nil where exchanges are those of HTTP.
    public let tunnelled: (any TunnelledProtocol)?

    public init(
        name: String, endpoints: [Endpoint], balance: Balance = .roundRobin, limits: UpstreamLimits = .init(),
        tunnelled: (any TunnelledProtocol)? = nil
    ) {
        self.name = name
        self.endpoints = endpoints
        self.balance = balance
        self.limits = limits
        self.tunnelled = tunnelled
    }
}

/// How the endpoint of a call is chosen.
public enum Balance: Sendable {
    case roundRobin, random
    /// The less busy one of two picked at random.
    case leastRequests
}

/// Why a call may be tried again.
public enum RetryCause: Sendable {
    /// No connection was made: nothing reached the service.
    case connect
    /// The connection broke before an answer came; only for calls that may be repeated.
    case reset
    /// The service answered 503; only for calls that may be repeated.
    case unavailable
}

/// How an upstream may be used.
public struct UpstreamLimits: Sendable {
    public var connectTimeout: Duration
    /// Tries per call, the first included.
    public var attempts: Int
    /// What is tried again.
    public var retryCauses: Set<RetryCause>
    /// Retries may be at most this share of the calls under way, in percent; three are always allowed.
    public var retryBudgetPercent: Int
    /// Connections to one endpoint from one worker.
    public var connections: Int
    /// Attempts under way at one endpoint from one worker.
    public var requests: Int
    /// Idle connections kept to one endpoint by one worker.
    public var idleConnections: Int
    public var idleTimeout: Duration

    public init(
        connectTimeout: Duration = .seconds(2), attempts: Int = 2, retryCauses: Set<RetryCause> = [.connect, .reset],
        retryBudgetPercent: Int = 20,
        connections: Int = 1024, requests: Int = 1024, idleConnections: Int = 1024, idleTimeout: Duration = .seconds(60)
    ) {
        self.connectTimeout = connectTimeout
        self.attempts = attempts
        self.retryCauses = retryCauses
        self.retryBudgetPercent = retryBudgetPercent
        self.connections = connections
        self.requests = requests
        self.idleConnections = idleConnections
        self.idleTimeout = idleTimeout
    }
}
