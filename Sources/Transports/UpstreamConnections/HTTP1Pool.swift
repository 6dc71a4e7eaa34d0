internal import Buffers
internal import Canonical
internal import Engine
internal import HTTP1
internal import Reactor

/// One worker's HTTP/1.1 connections to one endpoint. The one that was used last is used next, so that the others can go.
final class HTTP1Pool: EndpointConnector {
    let dialer: Dialer
    let upstream: Upstream
    let limits: HTTP1Limits
    /// How long an idle connection is kept; nanoseconds.
    let idleTimeout: Int64
    /// Memory for the heads of answers.
    let heads: BufferPool
    private(set) var idle: [HTTP1UpstreamConnection] = []
    private(set) var open = 0
    private var isClosed = false

    /// Told when a connection cannot be made.
    var whenUnreachable: () -> Void = {}

    init(dialer: Dialer, upstream: Upstream, limits: HTTP1Limits = HTTP1Limits()) {
        self.dialer = dialer
        self.upstream = upstream
        self.limits = limits
        heads = dialer.reactor.headMemory
        idleTimeout = upstream.limits.idleTimeout.nanoseconds
    }

    var reactor: Reactor { dialer.reactor }
    /// The endpoint in logs.
    var name: String { dialer.name }

    func open(for receiver: any UpstreamReceiver) throws(Failure) -> any UpstreamStream {
        while let connection = idle.popLast() {
            if connection.begin(for: receiver) { return connection }
        }
        guard open < upstream.limits.connections else {
            throw .tooManyUpstreamConnections
        }
        open += 1
        let connection = HTTP1UpstreamConnection(pool: self)
        _ = connection.begin(for: receiver)
        connection.connect()
        return connection
    }

    /// Takes over a connection that was made to find out what the endpoint speaks.
    func adopt(_ socket: Socket) {
        open += 1
        HTTP1UpstreamConnection(pool: self).adopt(socket)
    }

    func close() {
        isClosed = true
        closeIdle()
    }

    /// One kept connection turned out to be gone, so the others may be, too: another try should not meet them.
    func closeIdle() {
        let connections = idle
        idle.removeAll()
        for connection in connections { connection.close() }
    }

    // MARK: From the connections

    /// Keeps a connection that is free again; false when it should close.
    func keep(_ connection: HTTP1UpstreamConnection) -> Bool {
        guard !isClosed, idle.count < upstream.limits.idleConnections else { return false }
        idle.append(connection)
        return true
    }

    /// An idle connection is no longer of use.
    func drop(_ connection: HTTP1UpstreamConnection) {
        idle.removeAll { $0 === connection }
    }

    func closed() {
        open -= 1
    }
}
