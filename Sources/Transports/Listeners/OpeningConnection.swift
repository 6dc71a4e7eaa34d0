internal import Buffers
internal import Canonical
internal import Engine
internal import HTTP2
internal import Reactor

/// A client's connection until it is clear which HTTP version it speaks: by ALPN where there is TLS, by its first bytes
/// where there is none (RFC 9113 §3.2, §3.3).
final class OpeningConnection {
    private unowned let listener: HTTPListener
    let socket: Socket
    /// A part of HTTP/2's preface.
    private var held: [UInt8] = []
    private lazy var timer = Timer(listener.gateway.reactor.timers) { [unowned self] in self.timedOut() }

    init(listener: HTTPListener, socket: Socket) {
        self.listener = listener
        self.socket = socket
    }

    @discardableResult
    private func speakHTTP1(_ bytes: Bytes) -> HTTP1ServerConnection {
        timer.cancel()
        let connection = HTTP1ServerConnection(
            listener: listener, socket: socket, client: listener.identity(of: socket))
        listener.attach(connection)
        connection.connected()
        if !bytes.isEmpty { connection.received(bytes) }
        return connection
    }

    /// A part of the preface is no HTTP/2, so it is HTTP/1 that says what is wrong.
    private func timedOut() {
        if held.isEmpty { socket.close() } else { speakHTTP1(Bytes(held)).headIsLate() }
    }

    private func speakHTTP2(_ bytes: Bytes) {
        timer.cancel()
        let connection = HTTP2ServerConnection(
            listener: listener, socket: socket, client: listener.identity(of: socket, speaksHTTP2: true))
        listener.attach(connection)
        connection.connected()
        if !bytes.isEmpty { connection.received(bytes) }
    }
}

extension OpeningConnection: ServerConnection {
    func drain() {
        socket.close()
    }

    func refuse(_ failure: Failure) {
        socket.abort()
    }

    func connected() {
        guard let tls = socket.tls else {
            return timer.schedule(at: listener.gateway.reactor.now + listener.settings.headTimeout)
        }
        if tls.applicationProtocol == "h2" { speakHTTP2(Bytes()) } else { speakHTTP1(Bytes()) }
    }

    func received(_ bytes: Bytes) {
        var all = bytes
        if !held.isEmpty {
            bytes.span.withUnsafeBytes { held.append(contentsOf: $0) }
            all = Bytes(held)
        }
        switch HTTP2Preface.match(all.span) {
        case .yes: speakHTTP2(all)
        case .no: speakHTTP1(all)
        case .needsMore: if held.isEmpty { held = all.array }
        }
    }

    func receivedEnd() {
        if held.isEmpty { socket.close() } else { speakHTTP1(Bytes(held)).receivedEnd() }
    }

    func closed(_ error: ReactorError?) {
        timer.cancel()
        listener.closed(self)
    }
}
