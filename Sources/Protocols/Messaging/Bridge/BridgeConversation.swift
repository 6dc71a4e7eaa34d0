internal import Buffers
internal import Canonical
internal import Engine
internal import HTTP
internal import JSONCodec
internal import Reactor
internal import WebSocket

/// A socket whose messages go to services, each as a call of its own, by what they say.
final class BridgeConversation: Conversation {
    unowned let socket: ClientSocket
    let plan: BridgePlan
    /// What services are told of the client.
    private var head = HTTPRequestHead()
    private var count = 0
    private var waiting: [BridgeMessage] = []
    private var firstWaiting = 0
    /// Messages under way, by their numbers.
    private var exchanges: [Int: BridgeExchange] = [:]
    /// Those whose answers are streams, for which no other message waits.
    private var streams: [BridgeExchange] = []
    private var replies: ReplyOrder<WebSocketMessage>
    /// The call at the handshake.
    private var connecting: SocketCall?
    private var refusal: Failure?
    private var isHolding = false

    init(on socket: ClientSocket, _ plan: BridgePlan) {
        self.socket = socket
        self.plan = plan
        replies = ReplyOrder(isOrdered: { if case .unordered = plan.order { false } else { true } }())
    }

    func user(of head: borrowing HTTPRequestHead) -> String? {
        switch plan.user {
        case nil: return nil
        case .header(let name): return head.headers[name]
        case .query(let name):
            let target = head.target
            guard let mark = target.firstIndex(of: 0x3F) else { return nil }
            let query = QueryString(target.span.bytes.extracting((mark + 1)..<target.count))
            return query?.parameters.first { $0.name == name }?.value
        }
    }

    // MARK: Opening and closing

    func begin(_ head: HTTPRequestHead) {
        self.head = CallHead.make(of: head, socket.id)
        guard let target = plan.connect else { return socket.accept() }
        let call = SocketCall(to: target, on: socket, for: self, id: nil, number: 0)
        connecting = call
        let input = target.method.map { CallInput.make(of: head, socket.context, for: $0) } ?? Bytes("{}")
        call.start(CallHead.numbered(0, self.head, event: "connect"), with: input)
    }

    func left(_ close: WebSocketClose) {
        let wasOpen = connecting == nil && refusal == nil
        let calls = Array(exchanges.values) + streams
        exchanges = [:]
        streams = []
        waiting = []
        connecting?.cancel()
        connecting = nil
        for exchange in calls { exchange.cancel() }
        if wasOpen, let target = plan.disconnect { DisconnectHook(to: target, on: socket, head, close).begin() }
    }

    func drained() {
        for exchange in Array(exchanges.values) + streams { exchange.drained() }
    }

    // MARK: Messages

    func receive(_ message: WebSocketMessage) {
        count += 1
        replies.expect(count)
        guard let chosen = MessageSelector(plan: plan).choose(message, number: count) else {
            return complain(count)
        }
        waiting.append(chosen)
        beginNext()
    }

    /// Nothing is for the message.
    private func complain(_ number: Int) {
        let failure = Failure(.notFound, "websocket.unmatched", plan.complaint, origin: .client)
        let problem = ProblemDocument(failure: failure, status: failure.status, requestID: "")
        finish(number, with: ErrorFrame.make(problem, id: nil, number: number))
    }

    /// Begins what may be worked on now, and lets the client wait when there is enough.
    private func beginNext() {
        while firstWaiting < waiting.count, exchanges.count < plan.order.callsAtOnce {
            let message = waiting[firstWaiting]
            firstWaiting += 1
            let exchange = BridgeExchange(message, of: self)
            // A stream has no end that others could wait for.
            if !message.target.answersStream { exchanges[message.number] = exchange } else { streams.append(exchange) }
            exchange.begin(head)
        }
        if firstWaiting == waiting.count { (waiting, firstWaiting) = ([], 0) }
        hold(waiting.count - firstWaiting >= socket.settings.callsAtOnce)
    }

    private func hold(_ isFull: Bool) {
        guard isFull != isHolding else { return }
        isHolding = isFull
        if isFull { socket.hold() } else { socket.release() }
    }

    // MARK: From the exchanges

    func reply(_ message: WebSocketMessage, to number: Int) {
        if plan.replies { send(replies.add(message, to: number)) }
    }

    /// The message `number` is dealt with.
    func finish(_ number: Int, with last: Bytes? = nil) {
        if let last { send(replies.add(WebSocketMessage(.text, last), to: number)) }
        send(replies.finish(number))
        streams.removeAll { $0.message.number == number }
        exchanges[number] = nil
        beginNext()
        if !isBusy { socket.becameIdle() }
    }

    var isBusy: Bool { !exchanges.isEmpty || firstWaiting < waiting.count }

    /// Replies to a stream's message come when they come.
    func release(_ number: Int) {
        send(replies.release(number))
    }

    private func send(_ messages: [WebSocketMessage]) {
        for message in messages { socket.send(message) }
    }
}

extension BridgeConversation: SocketCallOwner {
    func received(_ head: borrowing HTTPResponseHead, of call: SocketCall) {
        socket.heed(head)
    }

    func received(_ message: Bytes, of call: SocketCall) {}

    /// The service has decided on the socket.
    func ended(_ call: SocketCall, _ failure: Failure?) {
        connecting = nil
        refusal = failure
        if let failure { socket.refuse(failure) } else { socket.accept() }
    }
}
