internal import Canonical
internal import Configuration
internal import Engine
internal import HTTP

/// Looks for addresses of exposed contracts that another route, or another operation, has as well.
///
/// Routes with paths of their own were compared when the configuration was read.
struct AddressCheck {
    /// What requests are told apart by.
    private struct Address: Hashable {
        var host: String?
        var path: [PathPattern.Segment]
        var verb: String?
        var method: HTTPMethod?
        var headers: Set<[String?]>
        var priority: Int
    }

    let configuration: Configuration
    let routes: [Route]
    let sources: SourceMap

    var findings: [Diagnostic] {
        var taken: [Address: Route] = [:]
        var findings: [Diagnostic] = []
        for route in routes {
            for address in addresses(of: route) {
                guard let other = taken.updateValue(route, forKey: address) else { continue }
                if let finding = clash(of: route, with: other, at: address) { findings.append(finding) }
            }
        }
        return findings
    }

    private func addresses(of route: Route) -> [Address] {
        let path = route.match.path.segments.map { segment in
            // The names of parameters make no difference.
            if case .parameter = segment { PathPattern.Segment.parameter("") } else { segment }
        }
        let methods = route.match.methods.map { $0.map(Optional.some) } ?? [nil]
        return methods.map { method in
            Address(
                host: route.match.host, path: path, verb: route.match.path.verb, method: method,
                headers: Set(route.match.headers.map { [$0.name, $0.value] }), priority: route.match.priority)
        }
    }

    private func clash(of route: Route, with other: Route, at address: Address) -> Diagnostic? {
        guard let configured = self.configured(route), let otherConfigured = self.configured(other) else { return nil }
        guard exposesContract(configured) || exposesContract(otherConfigured) else { return nil }
        let place = sources.location(of: configured)
        let line = sources.location(of: otherConfigured).flatMap { there in
            place.map { " (\(there.reference(from: $0)))" }
        }
        let what = "\(address.method?.description ?? "any") \(route.match.path)"
        let advice =
            route.action.isGRPC && other.action.isGRPC
            ? "give an upstream another \"grpc.package\", or a route another host"
            : "change one, or give one a priority"
        let message =
            route.name == other.name
            ? "\(route.name): two operations have the address \(what); expose one of them elsewhere"
            : "\(route.name): \(what) is an address of \(other.name)\(line ?? "") too; \(advice)"
        return Diagnostic(.error, "route.duplicate", message, at: place)
    }

    private func configured(_ route: Route) -> Configuration.Route? {
        configuration.routes.first { $0.name == route.name }
    }

    private func exposesContract(_ route: Configuration.Route) -> Bool {
        if case .expose = route.action { true } else { false }
    }
}

extension Route.Action {
    fileprivate var isGRPC: Bool {
        if case .call(let face, _, _) = self { face.faceName == "grpc" } else { false }
    }
}
