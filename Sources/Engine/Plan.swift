/// All that the configuration says, compiled: what every worker obeys. A reload makes another and swaps it whole; calls
/// under way keep the one that they began with.
public final class Plan: Sendable {
    public let router: Router
    public let routes: [Route]
    public let upstreams: [Upstream]
    /// Answers where no face can.
    public let failures: any FailureRenderer
    /// Who may ask at all; nil: everybody.
    public let admission: (any Admission)?

    public init(
        routes: [Route], upstreams: [Upstream], failures: any FailureRenderer, admission: (any Admission)? = nil
    ) {
        self.admission = admission
        self.router = Router(routes)
        self.routes = routes
        self.upstreams = upstreams
        self.failures = failures
    }
}
