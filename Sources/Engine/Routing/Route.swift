public import Canonical
public import HTTP

/// What a matched request comes to: where it goes and by which rules. Immutable, shared by all workers.
public final class Route: Sendable {
    /// Where the user wrote it, such as `routes[3]` with its address; for logs and tables.
    public let name: String
    public let match: RouteMatch
    public let operation: Operation?
    public let action: Action
    public let limits: RouteLimits
    /// Whether the route takes requests for a tunnel (WebSocket).
    public let carriesTunnels: Bool

    public enum Action: Sendable {
        /// Calls an upstream: `upstream` is its place in the plan.
        case call(face: any FaceFactory, translator: any UpstreamFactory, upstream: Int)
        /// The gateway is at the other end of the stream itself, and may speak at any time.
        case host(face: any FaceFactory, translator: any UpstreamFactory, upstream: any LocalUpstream)
        /// The gateway is the service itself.
        case serve(face: any FaceFactory, service: any LocalServiceFactory)
        /// The gateway answers itself, with a document.
        case answer(LocalAnswer)
    }

    public init(
        name: String, match: RouteMatch, operation: Operation? = nil, action: Action, limits: RouteLimits,
        carriesTunnels: Bool = false
    ) {
        self.carriesTunnels = carriesTunnels
        self.name = name
        self.match = match
        self.operation = operation
        self.action = action
        self.limits = limits
    }
}

/// Which requests a route takes.
public struct RouteMatch: Sendable {
    /// A lower-case host name, `*.suffix`, or nil for any.
    public var host: String?
    public var path: PathPattern
    /// nil is any.
    public var methods: [HTTPMethod]?
    /// Fields that must be there, with their value if one is given; lower-case names.
    public var headers: [(name: String, value: String?)]
    /// Decides between routes that are otherwise equally specific; higher wins.
    public var priority: Int

    public init(
        host: String? = nil, path: PathPattern, methods: [HTTPMethod]? = nil,
        headers: [(name: String, value: String?)] = [], priority: Int = 0
    ) {
        self.host = host
        self.path = path
        self.methods = methods
        self.headers = headers
        self.priority = priority
    }
}

/// What one call may cost.
public struct RouteLimits: Sendable {
    /// From the last piece of the request to the response's head; a piece that the upstream does not take counts as sent.
    public var timeout: Duration
    /// Bytes of a body that must be whole before it is translated, either way.
    public var messageBytes: Int
    /// How long nothing may pass through a tunnel.
    public var tunnelIdle: Duration

    public init(
        timeout: Duration = .seconds(15), messageBytes: Int = 1 << 20, tunnelIdle: Duration = .seconds(600)
    ) {
        self.timeout = timeout
        self.messageBytes = messageBytes
        self.tunnelIdle = tunnelIdle
    }
}
