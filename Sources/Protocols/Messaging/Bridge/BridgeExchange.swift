internal import Buffers
internal import Canonical
internal import Engine
internal import HTTP
internal import JSONCodec
internal import Reactor
internal import WebSocket

/// One message of a socket, until it is dealt with: one call, or several where the service fails.
final class BridgeExchange {
    /// Before another try; doubles with each.
    private static let pause = Duration.milliseconds(100)

    let message: BridgeMessage
    private unowned let conversation: BridgeConversation
    private var head = HTTPRequestHead()
    private var call: SocketCall?
    private var tries = 0
    private var hasReplied = false
    /// What the service says of its answer; nil when it says nothing.
    private var replyKind: WebSocketMessage.Kind?
    private let timer: Timer

    init(_ message: BridgeMessage, of conversation: BridgeConversation) {
        self.message = message
        self.conversation = conversation
        timer = Timer(conversation.socket.reactor.timers)
        timer.whenDue { [unowned self] in self.attempt() }
    }

    func begin(_ head: HTTPRequestHead) {
        self.head = CallHead.numbered(message.number, head)
        if message.target.answersStream { conversation.release(message.number) }
        attempt()
    }

    private func attempt() {
        tries += 1
        let call = SocketCall(
            to: message.target, on: conversation.socket, for: self, id: message.id, number: message.number)
        self.call = call
        replyKind = nil
        call.start(head, with: message.payload, type: contentType)
    }

    /// What a service without a contract is told that the message is.
    private var contentType: StaticString {
        if message.kind == .binary { return "application/octet-stream" }
        return message.isJSON ? "application/json" : "text/plain; charset=utf-8"
    }

    func cancel() {
        timer.cancel()
        call?.cancel()
    }

    func drained() {
        call?.drained()
    }
}

extension BridgeExchange: SocketCallOwner {
    func received(_ head: borrowing HTTPResponseHead, of call: SocketCall) {
        conversation.socket.heed(head)
        guard message.target.method == nil, let index = head.headers.firstIndex(of: .contentType) else { return }
        replyKind = TextType.isText(head.headers.value(at: index)) ? .text : .binary
    }

    func received(_ message: Bytes, of call: SocketCall) {
        hasReplied = true
        conversation.reply(WebSocketMessage(kind(of: message), message), to: self.message.number)
    }

    /// Operations answer JSON. Text that is none goes as the bytes that it is: clients fail on a text frame of it.
    private func kind(of reply: Bytes) -> WebSocketMessage.Kind {
        if message.target.method != nil { return .text }
        guard (replyKind ?? message.kind) == .text else { return .binary }
        return String(validating: reply.array, as: UTF8.self) == nil ? .binary : .text
    }

    func ended(_ call: SocketCall, _ failure: Failure?) {
        self.call = nil
        guard let failure else { return conversation.finish(message.number) }
        let problem = call.problem(failure)
        if problem.status >= 500, !hasReplied, tries < conversation.plan.attempts {
            let reactor = conversation.socket.reactor
            return timer.schedule(at: reactor.now + Self.pause * (1 << min(tries - 1, 6)))
        }
        let frame = ErrorFrame.make(problem, id: message.id, number: message.number)
        conversation.finish(message.number, with: frame)
    }
}
