internal import Canonical
internal import Engine
internal import HTTP2
internal import Reactor

/// One worker's HTTP/2 connections to one endpoint. A stream goes to the first connection that has room for it, so that
/// no more connections are open than are needed.
final class HTTP2Pool: EndpointConnector {
    let dialer: Dialer
    let upstream: Upstream
    let limits: HTTP2Limits
    private(set) var connections: [HTTP2UpstreamConnection] = []
    private(set) var isClosed = false
    /// Told when a connection cannot be made.
    var whenUnreachable: () -> Void = {}

    init(dialer: Dialer, upstream: Upstream, limits: HTTP2Limits = .upstream) {
        self.dialer = dialer
        self.upstream = upstream
        self.limits = limits
    }

    /// Calls that wait for room on a connection.
    private var waiting: [AwaitedStream] = []
    /// More calls than this do not wait.
    private static let mostWaiting = 1024

    func open(for receiver: any UpstreamReceiver) throws(Failure) -> any UpstreamStream {
        for connection in connections where connection.hasRoom { return connection.open(for: receiver) }
        guard waiting.count < Self.mostWaiting else { throw .tooManyUpstreamConnections }
        let stream = AwaitedStream(receiver: receiver)
        waiting.append(stream)
        makeRoom()
        return stream
    }

    /// Takes over a connection that was made to find out what the endpoint speaks.
    func adopt(_ socket: Socket) {
        let connection = HTTP2UpstreamConnection(pool: self)
        connections.append(connection)
        connection.dialed(socket)
        socket.handler = connection
    }

    func close() {
        isClosed = true
        for connection in connections { connection.drain() }
    }

    /// Opens another connection unless one is on its way, or there are as many as there may be.
    private func makeRoom() {
        guard !connections.contains(where: \.isConnecting), connections.count < upstream.limits.connections else {
            return
        }
        let connection = HTTP2UpstreamConnection(pool: self)
        connections.append(connection)
        connection.connect()
    }

    // MARK: From the connections

    /// There is room on `connection`.
    func serve(on connection: HTTP2UpstreamConnection) {
        if waiting.isEmpty { return }
        // Each is taken out first: a stream that fails at once makes room, and comes back here.
        while connection.hasRoom, !waiting.isEmpty {
            waiting.removeFirst().proceed { receiver in connection.open(for: receiver) }
        }
        waiting.removeAll(where: \.isCancelled)
        if !waiting.isEmpty { makeRoom() }
    }

    /// A connection could not be made.
    func failed(_ connection: HTTP2UpstreamConnection, _ failure: Failure) {
        drop(connection)
        dialer.connectFailed()
        whenUnreachable()
        let streams = waiting
        waiting = []
        for stream in streams { stream.fail(failure) }
    }

    /// A connection ended, or takes no more streams.
    func drop(_ connection: HTTP2UpstreamConnection) {
        connections.removeAll { $0 === connection }
    }
}

extension HTTP2Limits {
    /// What a service may send before it is read. One response may need the whole of a long line, which no client can
    /// abuse: the streams are ours.
    static let upstream: HTTP2Limits = {
        var limits = HTTP2Limits()
        limits.streamWindow = 256 * 1024
        return limits
    }()
}
