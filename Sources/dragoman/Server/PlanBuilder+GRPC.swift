internal import Buffers
internal import Canonical
internal import Configuration
internal import Engine
internal import GRPC
internal import HTTP
internal import ProtobufSchema

// Operations over gRPC, and what every gRPC server offers beside its own services.
extension PlanBuilder {
    /// `operations` at the addresses that gRPC has for them; the contract below `under`.
    mutating func offerGRPC(
        _ operations: [Operation], under: String, of route: Configuration.Route, to upstream: Int,
        in loaded: LoadedContract
    ) {
        let name = configuration.upstreams[upstream].name
        do throws(Diagnostic) {
            guard var exposure = grpcExposure(of: loaded, named: name, for: route) else { return }
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
            describe(exposure.contract, under: under, of: route)
        } catch {
            report(error, at: route.name)
        }
    }

    /// What is offered of a contract already, or nothing of it yet; nil when protobuf cannot say the contract.
    private mutating func grpcExposure(
        of loaded: LoadedContract, named name: String, for route: Configuration.Route
    ) -> GRPCExposure? {
        if let known = grpcContracts[name] { return known }
        do throws(ContractError) {
            return GRPCExposure(try loaded.grpcContract())
        } catch {
            for finding in error.diagnostics { report(finding, at: route.name) }
            return nil
        }
    }

    /// Contracts that say different things in files of one name cannot both be told by reflection.
    private mutating func reportClashes() {
        var known: [String: (upstream: String, descriptor: Bytes)] = [:]
        for upstream in configuration.upstreams {
            let protobuf = grpcContracts[upstream.name]?.contract.protobuf.annotations[ProtobufContract.self]
            for (file, descriptor) in protobuf?.files ?? [] where !file.hasPrefix("google/") {
                guard let other = known[file] else {
                    known[file] = (upstream.name, descriptor)
                    continue
                }
                guard other.descriptor != descriptor else { continue }
                let message =
                    "reflection tells of \"\(file)\" as \"\(other.upstream)\" has it, which is another file; "
                    + "\"grpc.package\" gives a WSDL's another name"
                report(Diagnostic(.warning, "grpc.file-clash", message), at: "upstreams.\(upstream.name).contract")
            }
        }
    }

    /// Health and reflection for all that is offered over gRPC, unless a service of a contract stands at their addresses.
    mutating func addGRPCServices() {
        let exposures = configuration.upstreams.compactMap { grpcContracts[$0.name] }
        guard !exposures.isEmpty else { return }
        reportClashes()
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
