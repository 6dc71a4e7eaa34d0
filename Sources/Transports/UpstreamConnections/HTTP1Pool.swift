public import Canonical
public import Engine
public import HTTP1
public import Reactor

/// One worker's HTTP/1.1 connections to one endpoint. The one that was used last is used next, so that the others can go.
public final class HTTP1Pool: EndpointConnector {
    let dialer: Dialer
    let upstream: Upstream
    let limits: HTTP1Limits
    /// How long to connect may take, and an idle connection is kept; nanoseconds.
    let connectTimeout: Int64
    let idleTimeout: Int64
    private(set) var idle: [HTTP1UpstreamConnection] = []
    private(set) var open = 0
    private var isClosed = false

    public init(reactor: Reactor, endpoint: Endpoint, upstream: Upstream, limits: HTTP1Limits = HTTP1Limits()) {
        dialer = Dialer(reactor: reactor, endpoint: endpoint)
        self.upstream = upstream
        self.limits = limits
        connectTimeout = upstream.limits.connectTimeout.nanoseconds
        idleTimeout = upstream.limits.idleTimeout.nanoseconds
    }

    var reactor: Reactor { dialer.reactor }
    /// The endpoint in logs.
    var name: String { dialer.name }

    public func open(for receiver: any UpstreamReceiver) throws(Failure) -> any UpstreamStream {
        while let connection = idle.popLast() {
            if connection.begin(for: receiver) { return connection }
        }
        guard open < upstream.limits.connections else {
            throw Failure(
                .unavailable, "upstream.connections", "The service is busy.", origin: .gateway, retry: .always)
        }
        open += 1
        let connection = HTTP1UpstreamConnection(pool: self)
        _ = connection.begin(for: receiver)
        connection.connect()
        return connection
    }

    public func close() {
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
