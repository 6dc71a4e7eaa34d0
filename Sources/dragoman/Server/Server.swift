internal import Canonical
internal import Configuration
internal import Engine
internal import Reactor
internal import Transports

/// A running gateway: its workers and where they listen.
struct Server: Sendable {
    let workers: [Worker]
    /// Where each listener is bound, by its name.
    let addresses: [(name: String, address: SocketAddress)]
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
        let descriptors = DescriptorLimit.raise()
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
        var addresses: [(String, SocketAddress)] = []
        for listener in configuration.listeners {
            let settings = ListenerSettings(listener, descriptors: descriptors, workers: count)
            do throws(ReactorError) {
                let context = tls?.listeners[listener.name]
                addresses.append((listener.name, try await bind(listener, settings, tls: context, on: workers)))
            } catch {
                for worker in workers { await worker.stop() }
                let path = "listeners.\(listener.name).address"
                throw Diagnostic(
                    .error, "listener.bind", "\(path): cannot listen on \(listener.address): \(error)",
                    at: sources.location(of: path))
            }
        }
        return Server(workers: workers, addresses: addresses, logs: logs)
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
    private static func bind(
        _ listener: Configuration.Listener, _ settings: ListenerSettings, tls: TLSServerContext?, on workers: [Worker]
    ) async throws(ReactorError) -> SocketAddress {
        guard var address = SocketAddress(listener.address) else { throw ReactorError(.bind, code: 22) }
        try address.checkIsFree()
        for worker in workers {
            let wanted = address
            address = try await worker.run { worker throws(ReactorError) in
                guard let state = worker.reactor[WorkerState.self] else { return wanted }
                return try state.listen(on: wanted, settings, tls: tls, named: listener.name)
            }
            if case .unix = address { break }
        }
        return address
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
