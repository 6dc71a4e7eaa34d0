internal import Canonical
internal import Configuration
internal import Engine
internal import HTTP
internal import Messaging

// Routes whose clients speak WebSocket.
extension PlanBuilder {
    /// All operations at `{under}/ws`, as JSON-RPC 2.0.
    mutating func offerWebSocket(
        _ operations: [Operation], of exposure: Configuration.Exposure, _ route: Configuration.Route, to upstream: Int,
        in loaded: LoadedContract
    ) {
        do throws(Diagnostic) {
            var methods: [SocketMethod] = []
            for operation in operations { methods.append(try method(operation, of: route, to: upstream, in: loaded)) }
            let settings = SocketSettings(exposure.sockets)
            host(
                RPCPlan(methods).factory(settings: settings, failures: failures),
                at: PathPattern("\(exposure.under)/ws"), exposure.sockets, of: route)
        } catch {
            report(error, at: route.name)
        }
    }

    /// One operation as a socket's message calls it.
    private func method(
        _ operation: Operation, of route: Configuration.Route, to upstream: Int, in loaded: LoadedContract
    ) throws(Diagnostic) -> SocketMethod {
        let translator = try loaded.translator(for: operation)
        return SocketMethod(
            operation, name: route.name, translator: translator, upstream: upstream,
            limits: limits(of: route, to: upstream), schema: loaded.contract.schema, request: loaded.requests,
            response: loaded.responses)
    }

    private mutating func host(
        _ factory: SocketFactory, at path: PathPattern, _ settings: Configuration.SocketSettings,
        of route: Configuration.Route
    ) {
        add(
            Route(
                name: route.name, match: RouteMatch(route, path: path, methods: [.get]),
                action: .host(face: factory, translator: factory, upstream: factory),
                limits: RouteLimits(tunnelIdle: settings.idle), carriesTunnels: true))
    }

    // MARK: Routes of their own

    mutating func add(_ socket: Configuration.SocketRoute, of route: Configuration.Route) {
        if let upstream = socket.upstream {
            var proxy = Configuration.Proxy(path: socket.path, to: upstream)
            proxy.methods = [.get]
            guard let place = place(of: upstream) else { return }
            return add(proxy, of: route, to: place)
        }
        let settings = SocketSettings(socket.settings)
        do throws(Diagnostic) {
            let factory: SocketFactory
            if let stream = socket.stream {
                guard case .method(let method)? = try target(.operation(stream), of: route) else { return }
                factory = StreamPlan(method).factory(settings: settings, failures: failures)
            } else {
                factory = try bridge(socket, of: route).factory(settings: settings, failures: failures)
            }
            host(factory, at: PathPattern(socket.path), socket.settings, of: route)
        } catch {
            report(error, at: route.name)
        }
    }

    private func bridge(
        _ socket: Configuration.SocketRoute, of route: Configuration.Route
    ) throws(Diagnostic) -> BridgePlan {
        var plan = BridgePlan(selector: socket.selector.isEmpty ? nil : socket.selector)
        for (name, target) in socket.targets { plan.targets[name] = try self.target(target, of: route) }
        if let complaint = socket.fallback.complaint { plan.complaint = complaint }
        plan.fallback = try socket.fallback.target.flatMap { target throws(Diagnostic) in
            try self.target(target, of: route)
        }
        plan.connect = try socket.connect.flatMap { target throws(Diagnostic) in try self.target(target, of: route) }
        plan.disconnect = try socket.disconnect.flatMap { target throws(Diagnostic) in
            try self.target(target, of: route)
        }
        plan.attempts = socket.attempts
        plan.replies = socket.replies
        plan.order =
            switch socket.order {
            case .serial: .serial
            case .pipelined: .pipelined(socket.callsAtOnce)
            case .unordered: .unordered(socket.callsAtOnce)
            }
        switch socket.user {
        case .header(let name): plan.user = .header(name)
        case .query(let name): plan.user = .query(name)
        default: break
        }
        return plan
    }

    /// nil when what it names does not exist, which was reported.
    private func target(
        _ target: Configuration.SocketTarget, of route: Configuration.Route
    ) throws(Diagnostic) -> SocketTarget? {
        guard let upstream = place(of: target.upstream) else { return nil }
        switch target {
        case .operation(let reference):
            guard let loaded = contracts[reference.upstream], let name = reference.operation,
                let operation = loaded.contract.operation(named: name)
            else { return nil }
            return .method(try method(operation, of: route, to: upstream, in: loaded))
        case .plain(let plain):
            return .plain(
                name: route.name, method: HTTPMethod(plain.method.rawValue), path: plain.path.description,
                upstream: upstream, limits: limits(of: route, to: upstream))
        }
    }
}

extension SocketSettings {
    init(_ configured: Configuration.SocketSettings) {
        self.init(
            origins: configured.origins, subprotocols: configured.subprotocols, messageBytes: configured.messageBytes,
            fragments: configured.fragments,
            ping: configured.ping, queueBytes: configured.queueBytes, compresses: configured.compresses)
    }
}
