internal import Canonical
public import Engine
internal import HTTP
public import Reactor

/// Admin: what the gateway is asked about itself, and told to send to clients' sockets, at an address of its own.
///
/// The API is a plan as the clients' one is: routes that end in the gateway itself, served by the same listeners over
/// HTTP/1.1 and HTTP/2. A request is answered by a task of its worker, which may ask the others: only values cross. The
/// module knows Engine's sockets by their names and no protocol, save the codes that WebSockets are closed with.
public struct AdminPlan: Sendable {
    /// All workers of the process, by their numbers.
    private let workers: [Worker]
    private let sockets: SocketKey
    private let access: AdminAccess
    private let messageBytes: Int
    private let failures: any FailureRenderer

    /// - Parameters:
    ///   - workers: Each has an `AdminTarget` while it serves.
    ///   - sockets: Makes the names of their sockets.
    ///   - messageBytes: Of the largest message that any socket takes.
    public init(
        workers: [Worker], sockets: SocketKey, access: AdminAccess, messageBytes: Int, failures: any FailureRenderer
    ) {
        self.workers = workers
        self.sockets = sockets
        self.access = access
        self.messageBytes = messageBytes
        self.failures = failures
    }

    /// What the workers obey at the admin address.
    public var plan: Plan {
        Plan(routes: routes, upstreams: [], failures: failures, admission: access)
    }

    private var routes: [Route] {
        let alive = LocalAnswer(contentType: "text/plain; charset=utf-8", body: Array("alive\n".utf8))
        let crew = Crew(workers: workers, key: sockets)
        let readiness = AdminOperation { _, worker async throws(Failure) in try Self.readiness(of: worker) }
        return [Self.route(.get, "/livez", .answer(alive)), route(.get, "/readyz", readiness)]
            + connections(ConnectionOperations(crew: crew)) + audiences(AudienceOperations(crew: crew))
    }

    private func connections(_ operations: ConnectionOperations) -> [Route] {
        var routes = [
            route(
                .get, "/connections",
                AdminOperation(query: ["limit"]) { request, worker async throws(Failure) in
                    try await operations.list(request, on: worker)
                })
        ]
        // The second is where AWS has them, and answers as AWS does.
        for (path, style) in [("/connections/:id", ReplyStyle.own), ("/@connections/:id", .aws)] {
            routes += [
                route(
                    .get, path,
                    AdminOperation { request, worker async throws(Failure) in
                        try await operations.show(request, style, on: worker)
                    }),
                route(
                    .post, path,
                    AdminOperation(query: ["wait"], bodyBytes: messageBytes) { request, worker async throws(Failure) in
                        try await operations.push(request, style, on: worker)
                    }),
                route(
                    .delete, path,
                    AdminOperation(query: CloseOrder.parameters) { request, worker async throws(Failure) in
                        try await operations.close(request, on: worker)
                    }),
            ]
        }
        return routes
    }

    private func audiences(_ operations: AudienceOperations) -> [Route] {
        var routes: [Route] = []
        for (path, kind) in [("/groups/:name", Audience.Kind.group), ("/users/:name", .user)] {
            routes += [
                route(
                    .get, path,
                    AdminOperation { request, worker async throws(Failure) in
                        await operations.count(kind.audience(request), on: worker)
                    }),
                route(
                    .post, path,
                    AdminOperation(bodyBytes: messageBytes) { request, worker async throws(Failure) in
                        try await operations.push(request, to: kind.audience(request), on: worker)
                    }),
            ]
        }
        routes.append(
            route(
                .delete, "/users/:name",
                AdminOperation(query: CloseOrder.parameters) { request, worker async throws(Failure) in
                    try await operations.close(Audience.Kind.user.audience(request), request, on: worker)
                }))
        for (method, isJoining) in [(HTTPMethod.put, true), (.delete, false)] {
            routes.append(
                route(
                    method, "/groups/:name/connections/:id",
                    AdminOperation { request, worker async throws(Failure) in
                        try await operations.change(request, isJoining: isJoining, on: worker)
                    }))
        }
        return routes
    }

    private static func readiness(of worker: isolated Worker) throws(Failure) -> AdminAnswer {
        guard let target = worker.reactor[AdminTarget.self], !target.isDraining else { throw .draining }
        return AdminAnswer(text: "ready\n")
    }

    private func route(_ method: HTTPMethod, _ path: String, _ operation: AdminOperation) -> Route {
        let ends = AdminEnds(failures: failures)
        return Self.route(method, path, .host(face: ends, translator: ends, upstream: operation))
    }

    private static func route(_ method: HTTPMethod, _ path: String, _ action: Route.Action) -> Route {
        Route(
            name: "admin", match: RouteMatch(path: PathPattern(path), methods: [method]), action: action,
            limits: RouteLimits())
    }
}
