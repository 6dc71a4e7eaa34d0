internal import Buffers
internal import Canonical
internal import Engine
internal import HTTP
internal import Reactor
internal import WebSocket

/// The gateway's end of one client's WebSocket: frames below, a conversation above. To the socket's own call it is the
/// upstream.
///
/// A socket and its conversation keep the plan that they began with: a new configuration need not close it.
///
///     opening → open → closing → over
///     open → failing (the client broke a rule, and what it asked for before is answered first) → over
final class ClientSocket {
    let gateway: Gateway
    /// What its messages' calls obey.
    let plan: PlanState
    let context: CallContext
    let client: ClientIdentity
    let settings: SocketSettings
    let reactor: Reactor
    /// Names the socket to backends; nil before its opening.
    private(set) var id: SocketID?
    var groups: Set<String> = []
    private(set) var user: String?
    private(set) var facts: SocketFacts

    private var receiver: (any UpstreamReceiver)?
    private var conversation: (any Conversation)?
    private var connection: WebSocketConnection?
    /// What the opening handshake came to, until it is accepted.
    private var answer: WebSocketAnswer?
    private var phase = Phase.opening
    /// Calls that cannot take in what the client sends.
    private var holders = 0
    private(set) var isClientWritable = true
    /// What was sent while the client did not read.
    private var waitingBytes = 0
    /// Wait until it is sent.
    private var writeWaiters: [(Bool) -> Void] = []
    private var end: WebSocketClose?
    /// What the client did wrong, until it is told.
    private var violation: WebSocketError?
    private var plannedClose: (instant: Instant, close: WebSocketClose)?
    private let timer: Timer

    private enum Phase { case opening, open, closing, failing, over }

    init(
        for receiver: any UpstreamReceiver, of context: CallContext, from client: ClientIdentity, on gateway: Gateway,
        under plan: PlanState, _ settings: SocketSettings
    ) {
        self.receiver = receiver
        self.context = context
        self.client = client
        self.gateway = gateway
        self.plan = plan
        self.settings = settings
        reactor = gateway.reactor
        facts = SocketFacts(
            route: context.route?.name ?? "", address: String(decoding: client.address, as: UTF8.self),
            openedAt: WallTime.current().seconds)
        timer = Timer(reactor.timers)
        timer.whenDue { [unowned self] in self.timedOut() }
    }

    // MARK: Opening

    /// Gives the socket its meaning.
    func hold(_ conversation: any Conversation) {
        self.conversation = conversation
    }

    private func open(_ head: HTTPRequestHead) {
        do throws(Failure) {
            answer = try WebSocketAnswer(to: head, settings)
        } catch {
            return refuse(error)
        }
        user = conversation.flatMap { $0.user(of: head) }
        id = gateway.sockets.add(self, user: user)
        conversation?.begin(head)
    }

    /// Opens the socket.
    func accept() {
        guard phase == .opening, let answer else { return }
        self.answer = nil
        phase = .open
        connection = WebSocketConnection(
            .server, deflate: answer.deflate, settings: settings.wire, pool: reactor.webSocketPool,
            at: reactor.now.nanoseconds)
        receiver?.deliver(.head(answer.head))
        watch()
    }

    /// Does not open it: the client gets `failure` as an answer of HTTP.
    func refuse(_ failure: Failure) {
        guard phase == .opening else { return }
        let receiver = self.receiver
        leave(WebSocketClose(.abnormal))
        receiver?.attemptFailed(failure)
    }

    // MARK: Receiving

    private func receive(_ bytes: Bytes) {
        facts.bytesReceived += bytes.count
        var input = bytes
        while phase == .open || phase == .closing {
            var out = ByteWriter()
            var event: WebSocketEvent?
            var failure: WebSocketError?
            do throws(WebSocketError) {
                event = try connection?.next(&input, into: &out, at: reactor.now.nanoseconds)
            } catch {
                failure = error
            }
            write(out.finish())
            if let failure { return fail(failure) }
            guard let event else { break }
            handle(event)
        }
        watch()
    }

    private func handle(_ event: WebSocketEvent) {
        switch event {
        case .message(let message):
            facts.messagesReceived += 1
            conversation?.receive(message)
        case .close(let close): over(close)
        case .ping, .pong: break
        }
    }

    /// The client broke a rule: nothing more is read of it. What it asked for before is answered first, if that comes soon.
    private func fail(_ error: WebSocketError) {
        violation = error
        guard phase == .open, conversation?.isBusy == true else { return sayWhatIsWrong() }
        phase = .failing
        timer.schedule(at: reactor.now + .nanoseconds(settings.wire.closeNanoseconds))
    }

    /// The conversation has nothing under way any more that others wait for.
    func becameIdle() {
        if phase == .failing { sayWhatIsWrong() }
    }

    private func sayWhatIsWrong() {
        guard let violation else { return }
        var out = ByteWriter()
        connection?.fail(violation, into: &out)
        write(out.finish())
        over(WebSocketClose(violation.code, violation.message))
    }

    // MARK: Sending

    /// Sends a message, unless the socket is closing.
    func send(_ message: WebSocketMessage) {
        guard phase == .open || phase == .failing else { return }
        var out = ByteWriter()
        let rest = connection?.send(message, into: &out)
        facts.messagesSent += 1
        write(out.finish())
        if let rest { write(rest) }
    }

    func send(text: Bytes) { send(WebSocketMessage(.text, text)) }

    private func write(_ bytes: Bytes) {
        guard !bytes.isEmpty else { return }
        facts.bytesSent += bytes.count
        if !isClientWritable { waitingBytes += bytes.count }
        facts.queuedBytes = waitingBytes
        receiver?.deliver(.body(bytes))
        // Whoever reads nothing does not read a Close frame either.
        if waitingBytes > settings.queueBytes { cutOff() }
    }

    func close(_ close: WebSocketClose) {
        guard phase == .open else { return phase == .opening ? refuse(.socketClosed) : () }
        phase = .closing
        end = close
        var out = ByteWriter()
        connection?.close(close, into: &out, at: reactor.now.nanoseconds)
        write(out.finish())
        watch()
    }

    /// Does what a service's answer says of the socket: which groups it joins and leaves.
    func heed(_ head: borrowing HTTPResponseHead) {
        guard let id, head.headers.endIndex > 0 else { return }
        for group in GroupList.read("ws-join", in: head.headers) { gateway.sockets.join(group, id) }
        for group in GroupList.read("ws-leave", in: head.headers) { gateway.sockets.leave(group, id) }
    }

    // MARK: Back-pressure

    /// A call cannot take in more: the client is not read until as many `release` follow.
    func hold() { holders += 1 }

    func release() {
        holders -= 1
        guard holders == 0, phase != .over else { return }
        connection?.resumeReading(at: reactor.now.nanoseconds)
        receiver?.upstreamDrained()
    }

    // MARK: Time

    private func watch() {
        guard phase != .over, phase != .failing, let deadline = connection?.deadline else { return }
        var instant = Instant(nanoseconds: deadline)
        if let plannedClose { instant = min(instant, plannedClose.instant) }
        timer.schedule(at: instant)
    }

    private func timedOut() {
        if phase == .failing { return sayWhatIsWrong() }
        if let planned = plannedClose, planned.instant <= reactor.now {
            plannedClose = nil
            close(planned.close)
        }
        // While the client is not read, its silence is ours.
        if holders > 0 { connection?.resumeReading(at: reactor.now.nanoseconds) }
        var out = ByteWriter()
        var failure: WebSocketError?
        do throws(WebSocketError) {
            try connection?.expire(at: reactor.now.nanoseconds, into: &out)
        } catch {
            failure = error
        }
        write(out.finish())
        if let failure { return over(WebSocketClose(failure.code, failure.message)) }
        watch()
    }

    // MARK: The end

    /// All is said: the transport ends as soon as it is written.
    private func over(_ close: WebSocketClose) {
        let receiver = self.receiver
        leave(end ?? close)
        receiver?.deliver(.end(trailers: nil))
    }

    /// The client takes in nothing.
    private func cutOff() {
        let receiver = self.receiver
        leave(WebSocketClose(.abnormal))
        receiver?.attemptFailed(.slowSocket)
    }

    private func leave(_ close: WebSocketClose) {
        guard phase != .over else { return }
        phase = .over
        receiver = nil
        timer.cancel()
        connection = nil
        answer = nil
        if let id {
            gateway.sockets.remove(
                id, SocketEnd(code: Int(close.code.rawValue), time: WallTime.current().seconds))
        }
        let conversation = self.conversation
        self.conversation = nil
        conversation?.left(close)
        tellWriteWaiters(false)
    }

    private func tellWriteWaiters(_ isWritten: Bool) {
        let waiters = writeWaiters
        writeWaiters = []
        for waiter in waiters { waiter(isWritten) }
    }
}

extension ClientSocket: UpstreamStream {
    func send(_ part: consuming HTTPRequestPart) {
        switch consume part {
        case .head(let head): open(head)
        case .body(let bytes): receive(bytes)
        case .end: if phase != .over { over(connection?.receivedEnd() ?? .abnormal) }
        }
    }

    func cancel() { leave(end ?? .abnormal) }

    var isWritable: Bool { holders == 0 }

    func pauseReading() {
        isClientWritable = false
        connection?.pauseWriting()
    }

    func resumeReading() {
        isClientWritable = true
        waitingBytes = 0
        facts.queuedBytes = 0
        var out = ByteWriter()
        connection?.resumeWriting(into: &out)
        write(out.finish())
        if isClientWritable { tellWriteWaiters(true) }
        conversation?.drained()
    }
}

extension ClientSocket: AddressedSocket {
    var stage: SocketStage {
        switch phase {
        case .opening: .opening
        case .open: .open
        case .closing, .failing, .over: .closing(code: Int((end ?? .abnormal).code.rawValue))
        }
    }

    func push(_ payload: Bytes, isText: Bool) -> SocketPush {
        guard phase == .open else { return .notOpen }
        guard payload.count <= settings.wire.messageBytes else {
            return .tooLarge(limit: settings.wire.messageBytes)
        }
        // With its header, or compressed in vain, it is a little longer: it must not be what cuts the client off.
        let length = payload.count + (payload.count >> 8) + 64
        if !isClientWritable, waitingBytes + length > settings.queueBytes { return .full }
        send(WebSocketMessage(isText ? .text : .binary, payload))
        return phase == .open ? .sent(number: facts.messagesSent) : .notOpen
    }

    func whenWritten(_ body: @escaping (Bool) -> Void) {
        guard phase != .over, !isClientWritable else { return body(phase != .over) }
        writeWaiters.append(body)
    }

    func close(code: Int, reason: String) {
        let code = WebSocketCloseCode(rawValue: UInt16(clamping: code))
        close(WebSocketClose(code.isSendable ? code : .normal, reason))
    }

    func close(at instant: Instant, code: Int, reason: String) {
        plannedClose = (instant, WebSocketClose(WebSocketCloseCode(rawValue: UInt16(clamping: code)), reason))
        watch()
    }
}
