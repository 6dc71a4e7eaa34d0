internal import Engine
internal import Reactor
internal import Transports

/// What the executable keeps on one worker.
final class WorkerState {
    let gateway: Gateway
    /// By their names.
    private(set) var listeners: [String: HTTPListener] = [:]
    private let drainTimeout: Duration

    /// - Parameters:
    ///   - logs: Where calls are logged; nil: nowhere.
    ///   - sockets: Names the clients' sockets; the same for all workers.
    init(_ worker: isolated Worker, plan: Plan, drainTimeout: Duration, logs: AccessLogs?, sockets: SocketKey) {
        let reactor = worker.reactor
        let seed = Entropy.bytes(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        self.drainTimeout = drainTimeout
        gateway = Gateway(
            reactor: reactor, plan: plan, seed: seed, observer: logs?.makeLog(reactor),
            sockets: SocketDirectory(reactor: reactor, key: sockets, worker: worker.index)
        ) { endpoint, upstream in
            ConnectionPool.make(reactor, endpoint, of: upstream)
        }
    }

    /// Listens on `address` and returns where it is bound.
    func listen(
        on address: SocketAddress, _ settings: ListenerSettings, tls: TLSServerContext?, named name: String
    ) throws(ReactorError) -> SocketAddress {
        let listener = HTTPListener(gateway: gateway, settings: settings)
        var options = ListenOptions()
        options.tls = tls
        try listener.listen(on: address, options)
        listeners[name] = listener
        return listener.address ?? address
    }

    /// Obeys `plan` from the next request on.
    func replace(_ plan: Plan) {
        gateway.replace(plan)
    }

    /// Shows the certificates of `contexts` to the clients that come from now on.
    func replace(_ contexts: [String: TLSServerContext]) {
        for (name, context) in contexts { listeners[name]?.tls = context }
    }

    /// Accepts no more and returns when all calls are done, or cut off because they took too long.
    func drain(_ worker: isolated Worker) async {
        let timer = Timer(worker.reactor.timers) { [unowned self] in
            for listener in self.listeners.values { listener.abort() }
        }
        timer.schedule(at: worker.reactor.now + drainTimeout)
        // Sockets never end by themselves; spread over time, their clients do not all come back at once.
        gateway.sockets.drain(over: min(drainTimeout / 2, .seconds(10)))
        for listener in listeners.values {
            await withCheckedContinuation { continuation in listener.drain { continuation.resume() } }
        }
        timer.cancel()
        gateway.close()
    }
}
