import Engine
import Relay

/// One pass-through route to one upstream.
func relayPlan(
    to endpoints: [Endpoint], limits: UpstreamLimits = UpstreamLimits(), route: RouteLimits = RouteLimits(),
    path: String = "/**"
) -> Plan {
    let factory = RelayFactory(failures: PlainFailures())
    let relay = Route(
        name: "relay", match: RouteMatch(path: PathPattern(path)),
        action: .call(face: factory, translator: factory, upstream: 0), limits: route, carriesTunnels: true)
    return Plan(
        routes: [relay], upstreams: [Upstream(name: "u", endpoints: endpoints, limits: limits)],
        failures: PlainFailures())
}

extension Endpoint {
    convenience init(_ origin: Origin) {
        self.init(host: "127.0.0.1", port: origin.port)
    }
}
