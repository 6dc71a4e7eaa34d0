/// A plan as one worker obeys it: with the connections to its upstreams. Calls and sockets keep the one that they began
/// with when the gateway has got another.
public final class PlanState {
    public let plan: Plan
    /// In the plan's order.
    public let upstreams: [UpstreamState]

    /// - Parameter earlier: What it takes the place of: an upstream of both plans stays as it is.
    init(_ plan: Plan, replacing earlier: PlanState? = nil, makeState: (Upstream) -> UpstreamState) {
        self.plan = plan
        upstreams = plan.upstreams.map { upstream in
            earlier?.upstreams.first { $0.upstream === upstream } ?? makeState(upstream)
        }
    }
}
