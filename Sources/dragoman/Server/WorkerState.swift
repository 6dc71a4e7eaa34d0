internal import Admin
internal import Engine
internal import Reactor
internal import Transports

/// What the executable keeps on one worker.
final class WorkerState {
    let gateway: Gateway
    /// By their names.
    private(set) var listeners: [String: HTTPListener] = [:]
    private var adminListener: HTTPListener?
    private let admin: AdminTarget
    private let log: AccessLog?
    private let drainTimeout: Duration

    /// - Parameters:
    ///   - logs: Where calls are logged; nil: nowhere.
    ///   - sockets: Names the clients' sockets; the same for all workers.
    init(_ worker: isolated Worker, plan: Plan, drainTimeout: Duration, logs: AccessLogs?, sockets: SocketKey) {
        let reactor = worker.reactor
        self.drainTimeout = drainTimeout
        log = logs?.makeLog(reactor)
        let directory = SocketDirectory(reactor: reactor, key: sockets, worker: worker.index)
        gateway = Self.gateway(reactor, plan, log, directory)
        admin = AdminTarget(sockets: directory)
        reactor[AdminTarget.self] = admin
    }

    private static func gateway(
        _ reactor: Reactor, _ plan: Plan, _ log: AccessLog?, _ sockets: SocketDirectory
    ) -> Gateway {
        let seed = Entropy.bytes(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        return Gateway(reactor: reactor, plan: plan, seed: seed, observer: log, sockets: sockets) {
            endpoint, upstream in
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

    /// Offers what `plan` says, the admin API, on `address` and returns where it is bound.
    func listenForAdmin(on address: SocketAddress, _ plan: Plan) throws(ReactorError) -> SocketAddress {
        let gateway = Self.gateway(self.gateway.reactor, plan, log, self.gateway.sockets)
        let listener = HTTPListener(
            gateway: gateway, settings: ListenerSettings(protocols: [.http1, .http2], connections: 256))
        try listener.listen(on: address)
        adminListener = listener
        return listener.address ?? address
    }

    /// Shows the certificates of `contexts` to the clients that come from now on.
    func replace(_ contexts: [String: TLSServerContext]) {
        for (name, context) in contexts { listeners[name]?.tls = context }
    }

    /// Accepts no more and returns when all calls are done, or cut off because they took too long.
    func drain(_ worker: isolated Worker) async {
        let timer = Timer(worker.reactor.timers) { [unowned self] in
            for listener in self.listeners.values { listener.abort() }
            self.adminListener?.abort()
        }
        admin.isDraining = true
        timer.schedule(at: worker.reactor.now + drainTimeout)
        // Sockets never end by themselves; spread over time, their clients do not all come back at once.
        gateway.sockets.drain(over: min(drainTimeout / 2, .seconds(10)))
        for listener in listeners.values {
            await withCheckedContinuation { continuation in listener.drain { continuation.resume() } }
        }
        // To its end whoever asks is told that the worker drains.
        timer.schedule(at: worker.reactor.now + min(drainTimeout, .seconds(1)))
        if let listener = adminListener {
            await withCheckedContinuation { continuation in listener.drain { continuation.resume() } }
        }
        timer.cancel()
        gateway.close()
    }
}
