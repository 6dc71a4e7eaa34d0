internal import Canonical
internal import Configuration
internal import Engine
internal import GRPC
internal import HTTP

// Operations over gRPC, and what every gRPC server offers beside its own services.
extension PlanBuilder {
    /// `operations` at the addresses that gRPC has for them.
    mutating func offerGRPC(
        _ operations: [Operation], of route: Configuration.Route, to upstream: Int, in loaded: LoadedContract
    ) {
        let name = configuration.upstreams[upstream].name
        do throws(Diagnostic) {
            var exposure: GRPCExposure
            if let known = grpcContracts[name] {
                exposure = known
            } else {
                exposure = GRPCExposure(try loaded.grpcContract())
            }
            for operation in operations {
                let method = try exposure.contract.method(of: operation)
                exposure.services.insert(method.service)
                add(
                    Route(
                        name: route.name,
                        match: RouteMatch(route, path: PathPattern(method.path), methods: [.post, .get]),
                        operation: operation,
                        action: .call(
                            face: GRPCFactory(method), translator: try loaded.translator(for: operation),
                            upstream: upstream),
                        limits: limits(of: route, to: upstream)))
            }
            grpcContracts[name] = exposure
        } catch {
            report(error, at: route.name)
        }
    }

    /// Health and reflection for all that is offered over gRPC, unless a service of a contract stands at their addresses.
    mutating func addGRPCServices() {
        let exposures = configuration.upstreams.compactMap { grpcContracts[$0.name] }
        guard !exposures.isEmpty else { return }
        let taken = Set(routes.map(\.match.path))
        let services = GRPCServices(
            exposures.map { GRPCServices.Offer($0.contract.protobuf, services: $0.services) })
        for method in services.methods where !taken.contains(PathPattern(method.path)) {
            add(
                Route(
                    name: "gateway", match: RouteMatch(path: PathPattern(method.path), methods: [.post]),
                    operation: method.operation, action: .serve(face: method.face, service: method.service),
                    limits: RouteLimits()))
        }
    }
}

/// What of a contract is offered over gRPC.
struct GRPCExposure {
    let contract: GRPCContract
    /// The full names of the services that have a route.
    var services: Set<String> = []

    init(_ contract: GRPCContract) {
        self.contract = contract
    }
}
