internal import HTTP

/// Named endpoints of one service and how they are used; compiled from the configuration, shared by all workers.
public final class Upstream: Sendable {
    public let name: String
    public let endpoints: [Endpoint]
    public let balance: Balance
    public let limits: UpstreamLimits

    public init(name: String, endpoints: [Endpoint], balance: Balance = .roundRobin, limits: UpstreamLimits = .init()) {
        self.name = name
        self.endpoints = endpoints
        self.balance = balance
        self.limits = limits
    }
}

/// One address of an upstream.
public struct Endpoint: Sendable {
    /// A name, an IP literal, or `unix:/path`.
    public let host: String
    public let port: Int
    /// Its share of the calls, relative to the others'.
    public let weight: Int
    /// Host and port as a `Host` field says them.
    public let authority: [UInt8]
    /// The target that the address names: where a service answers that has one address for all operations.
    let target: [UInt8]
    /// What stands before the target of every other request…
    let prefix: [UInt8]
    /// … and what is put before its query.
    let query: [UInt8]

    /// - Parameter path: Path and query as the address has them; may be empty.
    public init(host: String, port: Int, weight: Int = 1, path: String = "") {
        self.host = host
        self.port = port
        self.weight = weight
        let name = host.hasPrefix("unix:") ? "localhost" : host.contains(":") ? "[\(host)]" : host
        authority = Array((port == 80 ? name : "\(name):\(port)").utf8)
        target = Array((path.hasPrefix("/") ? path : "/\(path)").utf8)
        let folder = target.prefix { $0 != 0x3F }
        prefix = Array(folder.last == 0x2F ? folder.dropLast() : folder)
        query = Array(target[folder.count...].dropFirst())
    }

    /// Completes a request's head for this endpoint: an empty target or authority is the endpoint's own.
    func address(_ head: inout HTTPRequestHead) {
        if head.authority.isEmpty { head.authority = authority }
        if head.target.isEmpty {
            head.target = target
        } else if head.target.first == 0x2F {
            if !prefix.isEmpty { head.target = prefix + head.target }
            if !query.isEmpty { addQuery(to: &head.target) }
        }
    }

    private func addQuery(to target: inout [UInt8]) {
        if let start = target.firstIndex(of: 0x3F) {
            target.insert(contentsOf: query + [0x26], at: start + 1)
        } else {
            target += [0x3F] + query
        }
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
    /// Idle connections kept to one endpoint by one worker.
    public var idleConnections: Int
    public var idleTimeout: Duration

    public init(
        connectTimeout: Duration = .seconds(2), attempts: Int = 2, retryCauses: Set<RetryCause> = [.connect, .reset],
        retryBudgetPercent: Int = 20,
        connections: Int = 1024, idleConnections: Int = 256, idleTimeout: Duration = .seconds(60)
    ) {
        self.connectTimeout = connectTimeout
        self.attempts = attempts
        self.retryCauses = retryCauses
        self.retryBudgetPercent = retryBudgetPercent
        self.connections = connections
        self.idleConnections = idleConnections
        self.idleTimeout = idleTimeout
    }
}
