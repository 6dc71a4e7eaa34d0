internal import Engine
internal import Reactor

/// Makes one worker's connections to one endpoint: looks its name up and takes turns among its addresses.
final class Dialer {
    let reactor: Reactor
    let endpoint: Endpoint
    /// The endpoint in logs.
    let name: String
    /// How long a connection may take, with its TLS handshake.
    let connectTimeout: Duration
    private let context: TLSClientContext?
    /// Which of the name's addresses is tried next: a refused one makes room for another.
    private var turn = 0

    /// - Parameter wire: What is offered, where there is TLS (ALPN).
    init(reactor: Reactor, endpoint: Endpoint, connectTimeout: Duration, offering wire: Endpoint.Wire) {
        self.reactor = reactor
        self.endpoint = endpoint
        self.connectTimeout = connectTimeout
        name = String(decoding: endpoint.authority, as: UTF8.self)
        context = endpoint.tls?.context(offering: wire)
    }

    /// One to the same endpoint that offers something else.
    func offering(_ wire: Endpoint.Wire) -> Dialer {
        Dialer(reactor: reactor, endpoint: endpoint, connectTimeout: connectTimeout, offering: wire)
    }

    /// Begins to connect and gives `caller` the socket, whose handler it becomes, or tells it why there is none.
    ///
    /// The socket may come from within this call, a failure never does.
    func dial(for caller: any Dialing) {
        if endpoint.host.hasPrefix("unix:") {
            return connect(to: .unix(path: String(endpoint.host.dropFirst(5))), for: caller)
        }
        reactor.resolver.resolve(endpoint.host) { [self] result in
            guard caller.isDialing else { return }
            switch result {
            case .success(let addresses) where !addresses.isEmpty:
                let address = addresses[turn % addresses.count]
                connect(to: .ip(address, port: UInt16(clamping: endpoint.port)), for: caller)
            case .success: fail(caller, "the name has no address")
            case .failure(let error): fail(caller, error.description)
            }
        }
    }

    /// The address that was tried last did not answer.
    func connectFailed() {
        turn &+= 1
    }

    private func connect(to address: SocketAddress, for caller: any Dialing) {
        let socket =
            if let tls = endpoint.tls, let context {
                reactor.connect(to: address, tls: context, serverName: tls.serverName)
            } else {
                reactor.connect(to: address)
            }
        socket.handler = caller
        caller.dialed(socket)
    }

    /// A remembered failure comes from within `dial`, when nobody knows of the caller's stream yet.
    private func fail(_ caller: any Dialing, _ cause: String) {
        reactor.atEndOfTurn(FailedLookUp(caller: caller, cause: cause))
    }

    private final class FailedLookUp: TurnWork {
        let caller: any Dialing
        let cause: String

        init(caller: any Dialing, cause: String) {
            self.caller = caller
            self.cause = cause
        }

        func turnEnds() {
            if caller.isDialing { caller.dialFailed(cause) }
        }
    }
}

/// A connection that is being made.
protocol Dialing: SocketHandler {
    /// False once it was given up.
    var isDialing: Bool { get }
    /// The socket is there, though not yet connected; what is written to it waits.
    func dialed(_ socket: Socket)
    /// The endpoint's name could not be looked up.
    func dialFailed(_ cause: String)
}
