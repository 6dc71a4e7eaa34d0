internal import Admin
internal import Canonical
internal import Configuration
internal import Engine
internal import REST
internal import Reactor
internal import Transports

/// A running gateway: its workers and where they listen.
struct Server: Sendable {
    let workers: [Worker]
    /// Where each listener is bound, by its name.
    let addresses: [(name: String, address: SocketAddress)]
    /// Where the admin API is; nil where there is none.
    let admin: SocketAddress?
    private let logs: AccessLogs?

    /// Starts the workers and binds every listener on each of them.
    ///
    /// - Parameter log: Where the server says what it finds; without one no calls are logged either.
    /// - Throws: A finding that names the listener which cannot be bound, or the thread that cannot be started.
    static func start(
        _ configuration: Configuration, plan: Plan, tls: TLSContexts? = nil, sources: SourceMap = SourceMap(),
        log: ServerLog? = nil
    ) async throws(Diagnostic) -> Server {
        let logs = try accessLogs(of: configuration, sources, log)
        let count = configuration.workers ?? SystemInfo.processors
        let workers: [Worker]
        do throws(ReactorError) {
            workers = try Worker.start(count)
        } catch {
            throw Diagnostic(.error, "server.workers", "cannot start \(count) workers: \(error)")
        }
        let drain = configuration.listeners.map(\.timeouts.drain).max() ?? .seconds(30)
        let sockets = SocketKey()
        for worker in workers {
            await worker.run { worker in
                worker.reactor[WorkerState.self] = WorkerState(
                    worker, plan: plan, drainTimeout: drain, logs: logs, sockets: sockets)
            }
        }
        do throws(Diagnostic) {
            let addresses = try await listen(configuration, tls, sources, on: workers)
            let admin = try await startAdmin(configuration, sockets, sources, on: workers)
            return Server(workers: workers, addresses: addresses, admin: admin, logs: logs)
        } catch {
            for worker in workers { await worker.stop() }
            throw error
        }
    }

    /// Listens where the configuration wants it, on every worker.
    private static func listen(
        _ configuration: Configuration, _ tls: TLSContexts?, _ sources: SourceMap, on workers: [Worker]
    ) async throws(Diagnostic) -> [(String, SocketAddress)] {
        let descriptors = DescriptorLimit.raise()
        var addresses: [(String, SocketAddress)] = []
        for listener in configuration.listeners {
            let settings = ListenerSettings(listener, descriptors: descriptors, workers: workers.count)
            let (name, context) = (listener.name, tls?.listeners[listener.name])
            let address = try await bind(listener.address, of: "listeners.\(name)", sources, on: workers) {
                state, address throws(ReactorError) in
                try state.listen(on: address, settings, tls: context, named: name)
            }
            addresses.append((name, address))
        }
        return addresses
    }

    /// Offers the admin API on every worker, where the configuration wants it.
    private static func startAdmin(
        _ configuration: Configuration, _ sockets: SocketKey, _ sources: SourceMap, on workers: [Worker]
    ) async throws(Diagnostic) -> SocketAddress? {
        guard let admin = configuration.admin else { return nil }
        let access = AdminAccess(token: admin.token, isUnixSocket: admin.address.isUnixSocket)
        let plan = AdminPlan(
            workers: workers, sockets: sockets, access: access, messageBytes: configuration.largestSocketMessage,
            failures: ProblemRenderer()
        ).plan
        return try await bind(admin.address, of: "admin", sources, on: workers) { state, address throws(ReactorError) in
            try state.listenForAdmin(on: address, plan)
        }
    }

    private static func accessLogs(
        of configuration: Configuration, _ sources: SourceMap, _ log: ServerLog?
    ) throws(Diagnostic) -> AccessLogs? {
        guard let log else { return nil }
        do throws(Diagnostic) {
            return try AccessLogs(configuration.observe, server: log)
        } catch {
            var finding = error
            finding.location = sources.location(of: "observe.access_log.path")
            throw finding
        }
    }

    /// Binds one listener on every worker; the first one's port holds for the others. A unix socket has one owner.
    ///
    /// - Parameter place: Of the listener in the configuration.
    private static func bind(
        _ configured: Configuration.ListenAddress, of place: String, _ sources: SourceMap, on workers: [Worker],
        _ listen: @Sendable (WorkerState, SocketAddress) throws(ReactorError) -> SocketAddress
    ) async throws(Diagnostic) -> SocketAddress {
        do throws(ReactorError) {
            guard var address = SocketAddress(configured) else { throw ReactorError(.bind, code: 22) }
            try address.checkIsFree()
            for worker in workers {
                let wanted = address
                address = try await worker.run { worker throws(ReactorError) in
                    guard let state = worker.reactor[WorkerState.self] else { return wanted }
                    return try listen(state, wanted)
                }
                if case .unix = address { break }
            }
            return address
        } catch {
            let path = "\(place).address"
            throw Diagnostic(
                .error, "listener.bind", "\(path): cannot listen on \(configured): \(error)",
                at: sources.location(of: path) ?? sources.location(of: place))
        }
    }

    /// Waits for SIGTERM or SIGINT; SIGHUP calls `reload`.
    func untilTerminated(reload: () async -> Void = {}) async throws(ReactorError) {
        guard let first = workers.first else { return }
        let (signals, continuation) = AsyncStream<Signal>.makeStream()
        try await first.run { worker throws(ReactorError) in
            let watch = try worker.reactor.watch([.terminate, .interrupt, .hangUp]) { signal in
                continuation.yield(signal)
            }
            worker.reactor[SignalWatch.self] = watch
        }
        for await signal in signals {
            guard signal == .hangUp else { break }
            await reload()
        }
    }

    /// Shows the certificates of `contexts` to the clients that come from now on; connections keep what they have.
    func replace(_ contexts: TLSContexts) async {
        for worker in workers {
            await worker.run { worker in worker.reactor[WorkerState.self]?.replace(contexts.listeners) }
        }
    }

    /// Obeys `plan` from the next request on; calls and sockets keep the one that they began with.
    ///
    /// One after the other: whoever replaces again waits for this to return.
    func replace(_ plan: Plan) async {
        for worker in workers {
            await worker.run { worker in worker.reactor[WorkerState.self]?.replace(plan) }
        }
    }

    /// Lets what is under way finish, then ends.
    func stop() async {
        await withTaskGroup { group in
            for worker in workers {
                group.addTask {
                    await worker.run { worker in
                        if let state = worker.reactor[WorkerState.self] { await state.drain(worker) }
                    }
                    await worker.stop()
                }
            }
        }
        logs?.close()
    }
}
