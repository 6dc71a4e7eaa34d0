internal import Canonical
internal import Engine
internal import HTTP
internal import Reactor

/// One worker's sockets to one endpoint. Calls share those that have room for more, where messages say which call they are
/// of; else each has a socket of its own.
final class UpstreamSocketPool: EndpointConnector {
    let plan: SocketServicePlan
    let endpoint: Endpoint
    let limits: UpstreamLimits
    let reactor: Reactor
    let tunnels: any EndpointConnector
    /// The endpoint in logs.
    let name: String
    private(set) var isClosed = false
    /// Those that calls share.
    private(set) var sockets: [UpstreamSocket] = []

    init(
        _ plan: SocketServicePlan, over tunnels: any EndpointConnector, to endpoint: Endpoint, limits: UpstreamLimits,
        on reactor: Reactor
    ) {
        self.plan = plan
        self.tunnels = tunnels
        self.endpoint = endpoint
        self.limits = limits
        self.reactor = reactor
        name = String(decoding: endpoint.authority, as: UTF8.self)
    }

    func open(for receiver: any UpstreamReceiver) throws(Failure) -> any UpstreamStream {
        // A socket of the call's own asks for itself with the call's head.
        guard plan.style.isShared else { return UpstreamSocket(self).exchange(for: receiver) }
        let socket = sockets.first { $0.hasRoom && $0.isOpen } ?? sockets.first { $0.hasRoom }
        if let socket { return socket.exchange(for: receiver) }
        return try makeSocket().exchange(for: receiver)
    }

    func openTunnel(for receiver: any UpstreamReceiver) throws(Failure) -> any UpstreamStream {
        try tunnels.openTunnel(for: receiver)
    }

    private func makeSocket() throws(Failure) -> UpstreamSocket {
        let socket = UpstreamSocket(self)
        try socket.open(HTTPRequestHead())
        sockets.append(socket)
        return socket
    }

    func close() {
        isClosed = true
        for socket in sockets { socket.closeIfIdle() }
        tunnels.close()
    }

    // MARK: From the sockets

    /// Whether a socket without calls should be kept.
    func keepsIdle(_ socket: UpstreamSocket) -> Bool {
        !isClosed && sockets.count(where: \.isIdle) <= limits.idleConnections
    }

    func drop(_ socket: UpstreamSocket) {
        sockets.removeAll { $0 === socket }
    }

    /// Tells of a message that no call gets.
    func dropped(_ cause: String) {
        plan.observer?.dropped("\(name): \(cause)")
    }
}
