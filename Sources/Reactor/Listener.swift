internal import CLinux
internal import Glibc

/// A bound socket that turns connections into `Socket`s on its worker.
///
/// When the process has no descriptor left, one more connection is accepted on a spare one, so that its owner can
/// answer that the gateway is full (`isExhausted`); then accepting rests until the spare one can be had again, tried
/// every 100 ms. Waiting connections stay in the kernel's backlog.
public final class Listener: Pollable {
    /// Where it is bound; with the port that the kernel chose when 0 was asked for.
    public let address: SocketAddress
    /// The last accepted socket has taken the spare descriptor: it should be answered shortly and closed.
    public private(set) var isExhausted = false
    public private(set) var isPaused = false
    /// TLS for the connections accepted from now on; those that stand keep what they began with.
    public var tls: TLSServerContext? {
        didSet { rate = tls?.handshakeRate }
    }
    let descriptor: Int32
    private let reactor: Reactor
    private let accepted: (Socket) -> Void
    private let acceptCall: AcceptCall
    private var token: UInt64?
    private var spare: Int32 = -1
    private var isClosed = false
    private var rate: HandshakeRate?
    /// There were too many handshakes of late.
    private var isThrottled = false
    private var retry: Timer?

    /// The system call, as a test may replace it: descriptor and errno.
    typealias AcceptCall = (_ descriptor: Int32, _ peer: inout SocketAddress) -> (descriptor: Int32, code: Int32)

    static let retryDelay: Int64 = 100_000_000
    static let throttleDelay: Int64 = 10_000_000

    init(
        reactor: Reactor, descriptor: Int32, address: SocketAddress, tls: TLSServerContext? = nil,
        acceptCall: @escaping AcceptCall = Listener.accept, accepted: @escaping (Socket) -> Void
    ) throws(ReactorError) {
        self.reactor = reactor
        self.descriptor = descriptor
        self.address = address
        self.tls = tls
        rate = tls?.handshakeRate
        self.acceptCall = acceptCall
        self.accepted = accepted
        token = try reactor.poller.add(self, for: .input)
        retry = Timer(reactor.timers) { [unowned self] in tryAgain() }
        spare = Listener.openSpare()
        reactor.listeners.append(self)
    }

    /// Accepts nothing until `resume`; the kernel goes on to queue connections.
    public func pause() {
        guard !isPaused, !isClosed else { return }
        isPaused = true
        unwatch()
    }

    public func resume() {
        guard isPaused, !isClosed else { return }
        isPaused = false
        if !isExhausted, !isThrottled { watch() }
    }

    /// Stops listening; accepted sockets live on. A unix socket's file is removed.
    public func close() {
        guard !isClosed else { return }
        isClosed = true
        reactor.listeners.removeAll { $0 === self }
        retry = nil
        unwatch()
        Glibc.close(descriptor)
        if spare >= 0 { Glibc.close(spare) }
        if case .unix(let path) = address { unlink(path) }
    }

    func shutDown() {
        close()
    }

    func ready(_ readiness: Readiness) {
        var peer = SocketAddress.unix(path: "")
        for _ in 0..<reactor.settings.acceptsPerTurn where !isPaused && !isExhausted && !isClosed {
            if rate?.allows(at: reactor.now) == false { return throttle() }
            let (descriptor, code) = acceptCall(descriptor, &peer)
            if descriptor >= 0 {
                adopt(descriptor, from: peer)
                continue
            }
            switch code {
            // The connection died while it waited, or its network did (accept(2)): the next one may be well.
            case ECONNABORTED, EINTR, EPROTO, ENETDOWN, ENOPROTOOPT, EHOSTDOWN, EHOSTUNREACH, EOPNOTSUPP, ENETUNREACH:
                continue
            case EAGAIN: return
            default: rest()
            }
        }
    }

    private func adopt(_ descriptor: Int32, from peer: SocketAddress) {
        rate?.take(at: reactor.now)
        let connection = tls.flatMap { TLSConnection($0, reactor.tlsBuffers) }
        let socket = Socket(reactor: reactor, descriptor: descriptor, peer: peer, state: [], tls: connection)
        guard reactor.register(socket) else { return }
        accepted(socket)
        if socket.handler == nil || (tls != nil) != (connection != nil) { socket.abort() } else { socket.begin() }
    }

    /// Those who wait do so in the kernel.
    private func throttle() {
        isThrottled = true
        unwatch()
        retry?.schedule(at: reactor.now.advanced(byNanoseconds: Listener.throttleDelay))
    }

    /// EMFILE, ENFILE, ENOBUFS, ENOMEM: nothing more can be accepted for now.
    private func rest() {
        isExhausted = true
        if spare >= 0 {
            Glibc.close(spare)
            spare = -1
            var peer = SocketAddress.unix(path: "")
            let (descriptor, _) = acceptCall(descriptor, &peer)
            if descriptor >= 0 { adopt(descriptor, from: peer) }
        }
        unwatch()
        retry?.schedule(at: reactor.now.advanced(byNanoseconds: Listener.retryDelay))
    }

    private func tryAgain() {
        if isThrottled {
            isThrottled = false
            if !isPaused { watch() }
            return
        }
        if spare < 0 { spare = Listener.openSpare() }
        guard spare >= 0 else {
            retry?.schedule(at: reactor.now.advanced(byNanoseconds: Listener.retryDelay))
            return
        }
        isExhausted = false
        if !isPaused { watch() }
    }

    private func watch() {
        // Level-triggered: what a turn leaves is told again in the next.
        if token == nil { token = try? reactor.poller.add(self, for: .input) }
    }

    private func unwatch() {
        if let token { reactor.poller.remove(token) }
        token = nil
    }

    private static func openSpare() -> Int32 {
        open("/dev/null", O_RDONLY | O_CLOEXEC)
    }

    static func accept(_ descriptor: Int32, _ peer: inout SocketAddress) -> (descriptor: Int32, code: Int32) {
        var storage = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        let accepted = withUnsafeMutablePointer(to: &storage) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { dragoman_accept4(descriptor, $0, &length) }
        }
        guard accepted >= 0 else { return (-1, dragoman_errno()) }
        peer = SocketAddress(storage, length: length)
        return (accepted, 0)
    }
}
