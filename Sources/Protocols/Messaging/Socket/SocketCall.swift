internal import Buffers
internal import Canonical
internal import Engine
internal import HTTP
internal import JSONCodec
internal import Reactor

/// Who made a `SocketCall`, and gets what comes of it.
protocol SocketCallOwner: AnyObject {
    func received(_ head: borrowing HTTPResponseHead, of call: SocketCall)
    func received(_ message: Bytes, of call: SocketCall)
    /// Nothing follows.
    func ended(_ call: SocketCall, _ failure: Failure?)
}

/// One call that a socket's message begins: the client's side of it. Every piece of body is one message.
final class SocketCall {
    let target: SocketTarget
    /// How the client names the message, as it stands there; nil where it does not.
    let id: Bytes?
    /// Which message of the socket it is.
    let number: Int
    private let socket: ClientSocket
    private unowned let owner: any SocketCallOwner
    private let call: Call
    private let face: MessageFace
    private var isOver = false
    private var holdsSocket = false

    init(to target: SocketTarget, on socket: ClientSocket, for owner: any SocketCallOwner, id: Bytes?, number: Int) {
        self.target = target
        self.id = id
        self.number = number
        self.socket = socket
        self.owner = owner
        call = socket.gateway.takeCall()
        face = MessageFace(target.method, limits: target.route.limits)
    }

    /// Begins the call.
    ///
    /// - Parameter head: What upstreams are told of the client; its address is the upstream translator's to say.
    func start(_ head: consuming HTTPRequestHead) {
        call.request = consume head
        call.start(on: self, from: socket.client, by: target.route, of: socket.plan, face: face)
    }

    /// Begins the call with all that it sends.
    ///
    /// - Parameter type: What a service without a contract is told that `message` is.
    func start(_ head: HTTPRequestHead, with message: Bytes, type: StaticString = "application/json") {
        var head = head
        if target.method == nil {
            head.body = .known(message.count)
            head.headers.append(.contentType, "\(type)")
        }
        start(head)
        guard !isOver else { return }
        send(message)
        finishSending()
    }

    /// Sends one message; there may be several where the target takes a stream.
    func send(_ message: Bytes) {
        call.receive(.body(message))
    }

    /// No message follows.
    func finishSending() {
        call.receive(.end(trailers: nil))
    }

    /// Nobody waits for the answer any more; the owner hears nothing of it.
    func cancel() {
        guard !isOver else { return }
        isOver = true
        call.cancel()
        release()
    }

    func drained() {
        call.clientDrained()
    }

    /// `failure` of this call, for the client.
    func problem(_ failure: Failure) -> ProblemDocument {
        target.problem(failure, requestID: call.context.requestID)
    }

    private func finish(_ failure: Failure?) {
        guard !isOver else { return }
        isOver = true
        owner.ended(self, failure)
        release()
    }

    /// Gives the call back, not from within itself.
    private func release() {
        resumeReading()
        socket.reactor.atEndOfTurn(self)
    }
}

extension SocketCall: ClientStream {
    var isWritable: Bool { socket.isClientWritable }

    func send(_ part: consuming HTTPResponsePart) {
        guard !isOver else { return }
        switch consume part {
        case .interim: break
        case .head(let head): owner.received(head, of: self)
        case .body(let bytes): owner.received(bytes, of: self)
        case .end: finish(face.failure)
        }
    }

    func abort() { finish(face.failure ?? .brokenAnswer) }

    /// The service takes in less than the client sends.
    func pauseReading() {
        guard !holdsSocket else { return }
        holdsSocket = true
        socket.hold()
    }

    func resumeReading() {
        guard holdsSocket else { return }
        holdsSocket = false
        socket.release()
    }
}

extension SocketCall: TurnWork {
    func turnEnds() {
        if !call.isOver { call.cancel() }
        socket.gateway.recycle(call)
    }
}
