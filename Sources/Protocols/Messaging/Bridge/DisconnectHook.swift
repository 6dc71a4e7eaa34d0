internal import Buffers
internal import Canonical
internal import Engine
internal import HTTP
internal import JSONCodec
internal import Reactor
internal import WebSocket

/// Tells a service that a socket is over: at least once, as long as it takes a few tries at most. It lives until then.
final class DisconnectHook {
    private static let attempts = 4
    private static let pause = Duration.milliseconds(250)

    private let target: SocketTarget
    private let socket: ClientSocket
    private let head: HTTPRequestHead
    private let close: WebSocketClose
    private var tries = 0
    private var call: SocketCall?
    /// What keeps it alive.
    private var itself: DisconnectHook?
    private let timer: Timer

    init(to target: SocketTarget, on socket: ClientSocket, _ head: HTTPRequestHead, _ close: WebSocketClose) {
        self.target = target
        self.socket = socket
        self.head = CallHead.numbered(0, head, event: "disconnect")
        self.close = close
        timer = Timer(socket.reactor.timers)
        timer.whenDue { [unowned self] in self.begin() }
    }

    func begin() {
        itself = self
        tries += 1
        let call = SocketCall(to: target, on: socket, for: self, id: nil, number: 0)
        self.call = call
        call.start(head, with: input)
    }

    /// What the operation has fields for; without a contract, all.
    private var input: Bytes {
        var json = JSONWriter()
        let values: [(String, String)] = [
            ("connectionId", socket.id?.text ?? ""), ("reason", close.reason), ("code", String(close.code.rawValue)),
        ]
        json.object { json in
            for (name, value) in values {
                guard target.method == nil || target.method?.hasField(name) == true else { continue }
                if name == "code" { json.member(name, Int(close.code.rawValue)) } else { json.member(name, value) }
            }
        }
        return json.finish()
    }
}

extension DisconnectHook: SocketCallOwner {
    func received(_ head: borrowing HTTPResponseHead, of call: SocketCall) {}
    func received(_ message: Bytes, of call: SocketCall) {}

    func ended(_ call: SocketCall, _ failure: Failure?) {
        self.call = nil
        if let failure, call.problem(failure).status >= 500, tries < Self.attempts {
            timer.schedule(at: socket.reactor.now + Self.pause * (1 << tries))
        } else {
            itself = nil
        }
    }
}
