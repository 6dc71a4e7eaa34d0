internal import Canonical

/// Looks for routes that match the same requests with the same right, and for those that another always beats.
struct RouteCheck {
    /// What two routes share that can match the same requests, apart from the method.
    private struct Place: Hashable {
        var host: Configuration.HostPattern?
        var path: Configuration.PathPattern
        var headers: Set<Configuration.HeaderCondition>
        /// One that names its methods is more specific than one for any method.
        var namesMethods: Bool
    }

    private typealias Candidate = (route: Configuration.Route, methods: Set<Configuration.Method>)

    let configuration: Configuration
    let sources: SourceMap

    var findings: [Diagnostic] {
        var findings: [Diagnostic] = []
        var places: [Place: [Candidate]] = [:]
        for route in configuration.routes {
            guard let (path, methods) = route.requests else { continue }
            let place = Place(
                host: route.host, path: path.anonymous, headers: Set(route.headers), namesMethods: !methods.isEmpty)
            findings += places[place, default: []].compactMap { compare($0, (route, methods)) }
            places[place, default: []].append((route, methods))
        }
        return findings
    }

    private func compare(_ first: Candidate, _ second: Candidate) -> Diagnostic? {
        guard first.methods.isEmpty || !first.methods.isDisjoint(with: second.methods) else { return nil }
        if first.route.priority == second.route.priority { return equal(first.route, second.route) }
        let (winner, loser) = first.route.priority > second.route.priority ? (first, second) : (second, first)
        return loser.methods.isSubset(of: winner.methods) ? unreachable(loser.route, behind: winner.route) : nil
    }

    private func equal(_ first: Configuration.Route, _ second: Configuration.Route) -> Diagnostic? {
        guard let place = sources.location(of: second), let other = sources.location(of: first) else { return nil }
        let message =
            "\(second.name): matches the same requests as \(first.name) (\(other.reference(from: place))); "
            + "change one, or give one a priority"
        return Diagnostic(.error, "route.duplicate", message, at: place)
    }

    private func unreachable(_ loser: Configuration.Route, behind winner: Configuration.Route) -> Diagnostic? {
        guard let place = sources.location(of: loser), let other = sources.location(of: winner) else { return nil }
        let message =
            "\(loser.name): is never hit, because \(winner.name) (\(other.reference(from: place))) "
            + "matches the same requests with a higher priority"
        return Diagnostic(.warning, "route.unreachable", message, at: place)
    }
}

extension Configuration.Route {
    /// What a route with a path of its own matches; exposed contracts have many paths, which only the contract tells.
    fileprivate var requests: (path: Configuration.PathPattern, methods: Set<Configuration.Method>)? {
        switch action {
        case .expose: nil
        case .call(let call): (call.path, Set([call.method].compactMap(\.self)))
        case .proxy(let proxy): (proxy.path, Set(proxy.methods))
        case .socket(let socket): (socket.path, [.get])
        }
    }
}
