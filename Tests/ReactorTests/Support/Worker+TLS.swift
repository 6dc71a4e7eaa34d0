import Reactor

extension Worker {
    /// A TLS listener on a free port whose connections are given to `accepted`.
    func listen(
        _ tls: TLSServerContext, accepted: @escaping @Sendable (Socket) -> Void
    ) async throws -> SocketAddress {
        try await run { worker in
            var options = ListenOptions()
            options.tls = tls
            return try worker.reactor.listen(on: .anyLoopbackPort, options, accepted: accepted).address
        }
    }

    /// Connects by TLS and records what the socket hears in `log`.
    func connect(
        to address: SocketAddress, _ tls: TLSClientContext, _ log: EventLog, serverName: String = "server.test",
        onEvent: @escaping @Sendable (Socket, Event) -> Void = { _, _ in }
    ) async {
        await run { worker in
            let socket = worker.reactor.connect(to: address, tls: tls, serverName: serverName)
            _ = Recorder(socket, log, onEvent: onEvent)
        }
    }
}
