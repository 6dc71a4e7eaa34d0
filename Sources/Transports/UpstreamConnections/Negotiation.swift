internal import Buffers
internal import Reactor

/// The connection that finds out what an endpoint speaks.
final class Negotiation {
    private let pool: NegotiatedPool
    private var socket: Socket?
    private var isOver = false
    /// The calls that wait for the outcome.
    var streams: [AwaitedStream] = []
    private lazy var timer = Timer(pool.dialer.reactor.timers) { [unowned self] in self.fail("no connection in time") }

    init(pool: NegotiatedPool) {
        self.pool = pool
    }

    func begin() {
        timer.schedule(at: pool.dialer.reactor.now + pool.dialer.connectTimeout)
        pool.dialer.dial(for: self)
    }

    private func fail(_ cause: String) {
        guard !isOver else { return }
        isOver = true
        timer.cancel()
        socket?.abort()
        pool.failed(cause, for: streams)
    }
}

extension Negotiation: Dialing {
    var isDialing: Bool { !isOver && socket == nil }

    func dialed(_ socket: Socket) { self.socket = socket }
    func dialFailed(_ cause: String) { fail(cause) }

    func connected() {
        guard !isOver, let socket else { return }
        isOver = true
        timer.cancel()
        pool.chose(socket.tls?.applicationProtocol, on: socket, for: streams)
    }

    // Whoever speaks before it was asked does so to the connection that takes the socket over.
    func received(_ bytes: Bytes) {}
    func receivedEnd() { fail("closed") }
    func closed(_ error: ReactorError?) { fail(error?.description ?? "closed") }
}
