internal import Buffers
internal import Canonical
public import Engine
internal import HTTP
internal import HTTP1
public import Reactor

/// One worker's share of a listening address: accepts connections and keeps count of them.
public final class HTTPListener {
    public let gateway: Gateway
    let settings: ListenerSettings
    private var listener: Listener?
    /// By their sockets: what speaks on one may change (an upgrade).
    private(set) var connections: [ObjectIdentifier: any ServerConnection] = [:]
    private var perAddress: [IPAddress: Int] = [:]
    public private(set) var isDraining = false
    private var whenDrained: (() -> Void)?
    private var isSecure = false
    /// Memory of heads that have been written.
    let heads: BufferPool
    private var dateSecond: Int64 = -1
    private var dateText: [UInt8] = []

    public init(gateway: Gateway, settings: ListenerSettings) {
        self.gateway = gateway
        self.settings = settings
        heads = gateway.reactor.headMemory
    }

    /// TLS for the connections that come from now on; setting it changes nothing on a listener without TLS.
    public var tls: TLSServerContext? {
        get { listener?.tls }
        set { if isSecure { listener?.tls = newValue } }
    }

    /// Where it is bound; nil before `listen` and after `drain`.
    public var address: SocketAddress? { listener?.address }

    public var openConnections: Int { connections.count }

    public func listen(on address: SocketAddress, _ options: ListenOptions = ListenOptions()) throws(ReactorError) {
        isSecure = options.tls != nil
        listener = try gateway.reactor.listen(on: address, options) { [unowned self] socket in self.accept(socket) }
    }

    /// Accepts no more, lets every connection finish what it does, then calls `done` (once).
    public func drain(_ done: @escaping () -> Void) {
        guard !isDraining else { return }
        isDraining = true
        listener?.close()
        listener = nil
        whenDrained = done
        for connection in Array(connections.values) { connection.drain() }
        if connections.isEmpty { finishDraining() }
    }

    /// Cuts off what did not finish in time.
    public func abort() {
        for connection in Array(connections.values) { connection.socket.abort() }
    }

    /// Connections beyond the limits that are answered at a time; any more are reset.
    private static let refusalsAtATime = 16

    private func accept(_ socket: Socket) {
        let host = socket.peer.host
        let ofHost = host.map { perAddress[$0, default: 0] } ?? 0
        let excess = max(connections.count - settings.connections, ofHost - settings.connectionsPerAddress)
        guard excess < Self.refusalsAtATime else { return socket.abort() }
        if let host { perAddress[host] = ofHost + 1 }
        let isRefused = excess >= 0 || listener?.isExhausted == true
        if isSecure {
            // A handshake is too much work for a refusal.
            if isRefused { socket.abort() } else { attach(OpeningConnection(listener: self, socket: socket)) }
        } else if isRefused || !settings.protocols.contains(.http2) {
            let connection = HTTP1ServerConnection(listener: self, socket: socket, client: identity(of: socket))
            attach(connection)
            if isRefused { connection.refuse(.tooManyConnections) }
        } else {
            attach(OpeningConnection(listener: self, socket: socket))
        }
    }

    /// Who is at the other end of `socket`.
    func identity(of socket: Socket, speaksHTTP2: Bool = false) -> ClientIdentity {
        // A unix socket's client is on this machine.
        let address = Array((socket.peer.host?.description ?? "127.0.0.1").utf8)
        guard let tls = socket.tls else {
            return ClientIdentity(address: address, speaksHTTP2: speaksHTTP2)
        }
        return ClientIdentity(
            address: address, isSecure: true, certificate: tls.peerCertificate, speaksHTTP2: speaksHTTP2)
    }

    /// Lets `connection` have its socket, instead of what had it before.
    func attach(_ connection: some ServerConnection) {
        connections[ObjectIdentifier(connection.socket)] = connection
        connection.socket.handler = connection
    }

    func closed(_ connection: some ServerConnection) {
        guard connections.removeValue(forKey: ObjectIdentifier(connection.socket)) != nil else { return }
        if let host = connection.socket.peer.host, let count = perAddress[host] {
            perAddress[host] = count > 1 ? count - 1 : nil
        }
        if isDraining, connections.isEmpty { finishDraining() }
    }

    private func finishDraining() {
        let done = whenDrained
        whenDrained = nil
        done?()
    }

    /// The current date as `Date` says it, made once a second.
    var date: [UInt8] {
        let second = WallTime.current().seconds
        if second != dateSecond {
            dateSecond = second
            var text = ByteWriter(capacity: 32)
            HTTPDate.write(unixSeconds: Int(second), into: &text)
            dateText = text.finish().array
        }
        return dateText
    }

    /// Answers a request that could not be read.
    func render(_ failure: Failure, on client: some ClientStream) {
        var parts = Outbox<HTTPResponsePart>()
        var id: [UInt8] = []
        gateway.makeRequestID(into: &id)
        gateway.plan.failures.render(failure, requestID: String(decoding: id, as: UTF8.self), into: &parts)
        while let part = parts.popFirst() {
            if case .head(var head) = part {
                head.headers.set(.xRequestID, id.span.bytes)
                client.send(.head(head))
            } else {
                client.send(part)
            }
        }
    }
}
