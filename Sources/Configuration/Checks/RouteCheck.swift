internal import Canonical

/// Looks for routes that match the same requests with the same right, and for those that another always beats.
struct RouteCheck {
    let configuration: Configuration
    let sources: SourceMap

    var findings: [Diagnostic] {
        let routes = configuration.routes
        return routes.indices.flatMap { later in
            routes[..<later].compactMap { earlier in compare(earlier, routes[later]) }
        }
    }

    private func compare(_ first: Configuration.Route, _ second: Configuration.Route) -> Diagnostic? {
        guard first.host == second.host, Set(first.headers) == Set(second.headers) else { return nil }
        guard let left = first.requests, let right = second.requests, left.path.matchesSamePaths(as: right.path) else {
            return nil
        }
        // One that names its methods is more specific than one for any method.
        guard left.methods.isEmpty == right.methods.isEmpty else { return nil }
        guard left.methods.isEmpty || !left.methods.isDisjoint(with: right.methods) else { return nil }
        if first.priority == second.priority { return equal(first, second) }
        let (winner, loser) = first.priority > second.priority ? (first, second) : (second, first)
        guard let winning = winner.requests, let losing = loser.requests else { return nil }
        return losing.methods.isSubset(of: winning.methods) ? unreachable(loser, behind: winner) : nil
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
        }
    }
}
