internal import Buffers
internal import Canonical
internal import Engine
internal import HTTP
internal import JSONCodec
internal import Reactor

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
        call.start(head)
        call.send(message.payload)
        call.finishSending()
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
    }

    func received(_ message: Bytes, of call: SocketCall) {
        hasReplied = true
        conversation.reply(message, to: self.message.number)
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
