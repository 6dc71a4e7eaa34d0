internal import Buffers
internal import Canonical
internal import Engine
internal import HTTP
internal import Reactor
internal import WebSocket

/// One call on a socket to a service.
final class UpstreamExchange {
    /// So much waits here for the socket to open before the client is held back.
    private static let room = 64 * 1024

    /// Names it on its socket; never used again there.
    let id: UInt
    private let socket: UpstreamSocket
    private var receiver: (any UpstreamReceiver)?
    private var operation: SocketOperation?

    /// What is to be sent once the socket is open.
    private var waiting: [Bytes] = []
    private var waitingBytes = 0
    /// Nothing follows from the client.
    private var isWhole = false
    /// The message that begins the call has been written, or waits.
    private var hasBegun = false
    private var hasSent = false
    /// A Close frame is all that ends the client's messages.
    private var endsByClose = false

    /// Answers that the client does not take in yet.
    private var held: [SocketReply] = []
    private var heldBytes = 0
    private var isPaused = false
    private var hasAnswered = false

    init(_ id: UInt, on socket: UpstreamSocket, for receiver: any UpstreamReceiver) {
        self.id = id
        self.socket = socket
        self.receiver = receiver
    }

    private var plan: SocketServicePlan { socket.pool.plan }

    // MARK: Request

    private func begin(_ head: consuming HTTPRequestHead) throws(Failure) {
        guard let operation = plan.operation(named: String(decoding: head.target, as: UTF8.self)) else {
            throw Failure(.internal, "websocket.no_operation", "The service has no such operation.")
        }
        self.operation = operation
        if !plan.style.isShared {
            var head = head
            head.target = []
            try socket.open(head)
        }
        let interaction = operation.operation.interaction
        if interaction == .bidirectionalStream, socket.isOpen { socket.pool.reactor.atEndOfTurn(self) }
        guard interaction.hasRequestStream else { return }
        if let text = try plan.style.begin(operation.operation, named: operation.name, nil, id: id) { try write(text) }
    }

    private func send(_ message: Bytes, to operation: SocketOperation) throws(Failure) {
        if operation.operation.interaction.hasRequestStream {
            return try write(plan.style.next(message, named: operation.name, id: id))
        }
        guard !hasBegun else { return }
        try begin(with: message, operation)
    }

    private func begin(with message: Bytes?, _ operation: SocketOperation) throws(Failure) {
        hasBegun = true
        if let text = try plan.style.begin(operation.operation, named: operation.name, message, id: id) {
            try write(text)
        }
    }

    private func complete(_ operation: SocketOperation) throws(Failure) {
        isWhole = true
        if operation.operation.interaction.hasRequestStream {
            if let text = plan.style.complete(named: operation.name, id: id) { return try write(text) }
            endsByClose = true
            if socket.isOpen { socket.finishSending() }
        } else if !hasBegun {
            try begin(with: nil, operation)
        }
        if operation.operation.interaction == .oneWay, socket.isOpen { socket.pool.reactor.atEndOfTurn(self) }
    }

    private func write(_ text: Bytes) throws(Failure) {
        // The service would close the socket, and with it others' calls.
        let limit = plan.settings.wire.messageBytes
        guard text.count <= limit else { throw .largeMessage(limit) }
        if socket.isOpen {
            hasSent = true
            socket.send(text)
        } else {
            waiting.append(text)
            waitingBytes += text.count
        }
    }

    // MARK: From the socket

    /// The socket is open.
    func opened() {
        guard let receiver, let operation else { return }
        let texts = waiting
        waiting = []
        for text in texts { socket.send(text) }
        // The handshake of a socket of its own is the call's, too.
        hasSent = !texts.isEmpty || !plan.style.isShared
        if endsByClose { socket.finishSending() }
        if isWhole, operation.operation.interaction == .oneWay { socket.pool.reactor.atEndOfTurn(self) }
        if operation.operation.interaction == .bidirectionalStream { answer(receiver) }
        if waitingBytes >= Self.room { self.receiver?.upstreamDrained() }
        waitingBytes = 0
    }

    func receive(_ reply: SocketReply) {
        guard let operation else { return }
        if reply.ends(operation.operation) { socket.leave(self) }
        guard isPaused else { return deliver(reply, of: operation) }
        held.append(reply)
        heldBytes += reply.value?.count ?? 0
        if heldBytes > plan.settings.queueBytes {
            cancelAtService()
            fail(.slowCall)
        }
    }

    private func deliver(_ reply: SocketReply, of operation: SocketOperation) {
        if let failure = reply.failure { return fail(operation.typed(failure)) }
        guard let receiver else { return }
        answer(receiver)
        let isMessage = !(reply.isEmpty && reply.isLast && operation.operation.interaction.hasResponseStream)
        if isMessage, let value = reply.value { self.receiver?.deliver(.body(value)) }
        if reply.ends(operation.operation) { finish() }
    }

    /// The service answers. Where both sides speak, that it listens is enough: each may wait for the other's first word.
    private func answer(_ receiver: any UpstreamReceiver) {
        guard !hasAnswered else { return }
        hasAnswered = true
        receiver.deliver(.head(HTTPResponseHead(status: 200)))
    }

    private func finish() {
        guard let receiver else { return }
        socket.leave(self)
        answer(receiver)
        let last = self.receiver
        self.receiver = nil
        last?.deliver(.end(trailers: nil))
    }

    /// The service has closed the call's own socket.
    func closed(_ close: WebSocketClose) {
        switch close.code {
        case .normal, .noStatus:
            if operation?.operation.interaction.hasResponseStream == true { finish() } else { fail(.noReply) }
        default: fail(Failure(close))
        }
    }

    /// The socket is gone.
    func lost(_ cause: String) {
        fail(.lostSocket(cause, retry: hasAnswered ? .no : hasSent ? .ifIdempotent : .always))
    }

    func fail(_ failure: Failure) {
        socket.leave(self)
        held = []
        waiting = []
        let receiver = self.receiver
        self.receiver = nil
        receiver?.attemptFailed(failure)
    }

    func drained() { receiver?.upstreamDrained() }

    private func cancelAtService() {
        if hasSent, socket.has(self), let text = plan.style.cancel(id: id) { socket.send(text) }
    }
}

extension UpstreamExchange: UpstreamStream {
    var isWritable: Bool { socket.isOpen ? socket.isWritable : waitingBytes < Self.room }

    func send(_ part: consuming HTTPRequestPart) {
        guard receiver != nil else { return }
        do throws(Failure) {
            switch consume part {
            case .head(let head): try begin(head)
            case .body(let message): if let operation { try send(message, to: operation) }
            case .end: if let operation { try complete(operation) }
            }
        } catch {
            cancelAtService()
            fail(error)
        }
    }

    func cancel() {
        guard receiver != nil else { return }
        receiver = nil
        held = []
        waiting = []
        cancelAtService()
        socket.leave(self, isCancelled: true)
    }

    func pauseReading() {
        isPaused = true
        if !plan.style.isShared { socket.pauseReading() }
    }

    func resumeReading() {
        isPaused = false
        while !isPaused, !held.isEmpty, let operation {
            let reply = held.removeFirst()
            heldBytes -= reply.value?.count ?? 0
            deliver(reply, of: operation)
        }
        if !isPaused, !plan.style.isShared { socket.resumeReading() }
    }
}

extension UpstreamExchange: TurnWork {
    func turnEnds() {
        // Nobody answers a call that is sent one way.
        if operation?.operation.interaction == .oneWay { return finish() }
        if let receiver { answer(receiver) }
    }
}
