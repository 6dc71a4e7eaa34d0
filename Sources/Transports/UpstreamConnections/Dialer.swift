internal import Engine
internal import Reactor

/// Makes one worker's connections to one endpoint: looks its name up and takes turns among its addresses.
final class Dialer {
    let reactor: Reactor
    let endpoint: Endpoint
    /// The endpoint in logs.
    let name: String
    /// Which of the name's addresses is tried next: a refused one makes room for another.
    private var turn = 0

    init(reactor: Reactor, endpoint: Endpoint) {
        self.reactor = reactor
        self.endpoint = endpoint
        name = String(decoding: endpoint.authority, as: UTF8.self)
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
        let socket = reactor.connect(to: address)
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
