internal import Canonical
internal import Configuration
internal import Engine
internal import HTTP
internal import REST
internal import Reactor
internal import Relay

/// Compiles a configuration and its contracts into the plan that the workers obey.
struct PlanBuilder {
    let configuration: Configuration
    let contracts: [String: LoadedContract]
    let tls: TLSContexts
    let sources: SourceMap
    /// Those of the plan that is replaced.
    private let known: [Upstream]
    let failures: any FailureRenderer = ProblemRenderer()
    private(set) var routes: [Route] = []
    /// What is offered over gRPC, by the names of the upstreams.
    var grpcContracts: [String: GRPCExposure] = [:]
    private(set) var findings: [Diagnostic] = []

    /// - Parameter upstreams: Of the same configuration, when its plan is replaced: they go on, with their connections.
    init(
        _ configuration: Configuration, contracts: [String: LoadedContract], tls: TLSContexts, sources: SourceMap,
        upstreams: [Upstream] = []
    ) {
        known = upstreams
        self.tls = tls
        self.configuration = configuration
        self.contracts = contracts
        self.sources = sources
    }

    /// The plan, or nil when there are errors among the findings.
    mutating func build() -> Plan? {
        for route in configuration.routes {
            if case .socket(let socket) = route.action {
                add(socket, of: route)
                continue
            }
            guard let upstream = place(of: route.upstreamName) else { continue }
            switch route.action {
            case .proxy(let proxy): add(proxy, of: route, to: upstream)
            case .expose(let exposure): add(exposure, of: route, to: upstream)
            case .call(let call): add(call, of: route, to: upstream)
            case .socket: break
            }
        }
        addGRPCServices()
        var upstreams: [Upstream] = []
        for upstream in configuration.upstreams {
            if let known = known.first(where: { $0.name == upstream.name }) {
                upstreams.append(known)
                continue
            }
            do throws(TLSError) {
                upstreams.append(
                    try Upstream(
                        upstream, endpoints: endpoints(of: upstream), tls: tls.upstreams[upstream.name],
                        tunnelled: contracts[upstream.name]?.tunnelled))
            } catch {
                let path = "upstreams.\(upstream.name).tls"
                // The files were found wanting before, then it is said already.
                if !tls.findings.hasErrors { report(Diagnostic(.error, "tls.unusable", error.description), at: path) }
            }
        }
        return findings.hasErrors ? nil : Plan(routes: routes, upstreams: upstreams, failures: failures)
    }

    /// Where the upstream called `name` is in the plan.
    func place(of name: String) -> Int? {
        configuration.upstreams.firstIndex { $0.name == name }
    }

    mutating func report(_ finding: Diagnostic, at path: String) {
        var finding = finding
        finding.message = "\(path): \(finding.message)"
        finding.location = sources.location(of: path)
        findings.append(finding)
    }

    mutating func add(_ route: Route) {
        routes.append(route)
    }

    func limits(of route: Configuration.Route, to upstream: Int) -> RouteLimits {
        let body = configuration.listeners.compactMap(\.limits.body).max()
        return RouteLimits(
            timeout: route.timeout ?? configuration.upstreams[upstream].timeout,
            messageBytes: body ?? Configuration.Limits.translatedBody)
    }

    mutating func add(_ proxy: Configuration.Proxy, of route: Configuration.Route, to upstream: Int) {
        let pattern = PathPattern(proxy.path)
        let rules = RelayRules(
            path: proxy.rewrite.path.flatMap { TargetTemplate(PathPattern($0), capturesOf: pattern) },
            set: proxy.rewrite.headers.set.map { ($0.name, $0.value) },
            remove: proxy.rewrite.headers.remove.map { $0.lowercased() })
        let factory = RelayFactory(rules: rules, failures: failures)
        let methods = proxy.methods.isEmpty ? nil : proxy.methods.map { HTTPMethod($0.rawValue) }
        add(
            Route(
                name: route.name, match: RouteMatch(route, path: pattern, methods: methods),
                action: .call(face: factory, translator: factory, upstream: upstream),
                limits: limits(of: route, to: upstream), carriesTunnels: true))
    }

    /// What the configuration says, else what the contract names.
    private func endpoints(of upstream: Configuration.Upstream) -> [Configuration.Endpoint] {
        upstream.endpoints.isEmpty ? contracts[upstream.name]?.endpoints ?? [] : upstream.endpoints
    }
}

extension Configuration.Route {
    /// The name of the upstream that the route leads to.
    var upstreamName: String {
        switch action {
        case .proxy(let proxy): proxy.upstream
        case .expose(let exposure): exposure.operations.upstream
        case .call(let call): call.operation.upstream
        case .socket(let socket): socket.upstream ?? ""
        }
    }
}
