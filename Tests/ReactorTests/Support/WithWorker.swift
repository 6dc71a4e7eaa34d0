import Reactor

/// Runs `body` with workers that end with it.
func withWorkers<Result>(
    _ count: Int = 1, settings: ReactorSettings = ReactorSettings(), _ body: ([Worker]) async throws -> Result
) async throws -> Result {
    let workers = try Worker.start(count, settings: settings)
    do {
        let result = try await body(workers)
        for worker in workers { await worker.stop() }
        return result
    } catch {
        for worker in workers { await worker.stop() }
        throw error
    }
}

extension Worker {
    /// A listener on a free port whose connections are given to `accepted`.
    func listen(
        on address: SocketAddress = .anyLoopbackPort, accepted: @escaping @Sendable (Socket) -> Void
    ) async throws -> SocketAddress {
        try await run { worker in
            try worker.reactor.listen(on: address, accepted: accepted).address
        }
    }

    /// Connects and records what the socket hears in `log`.
    func connect(
        to address: SocketAddress, _ log: EventLog,
        onEvent: @escaping @Sendable (Socket, Event) -> Void = { _, _ in }
    ) async {
        await run { worker in
            _ = Recorder(worker.reactor.connect(to: address), log, onEvent: onEvent)
        }
    }
}
