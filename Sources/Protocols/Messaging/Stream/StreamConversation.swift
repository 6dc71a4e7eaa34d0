internal import Buffers
internal import Canonical
public import Engine
internal import HTTP
internal import WebSocket

/// A socket that is one stream: each message is one message of the call, both ways. The client's Close frame ends its
/// side of it, the end of the call closes the socket, and a failure says so in the code.
final class StreamConversation: Conversation {
    private unowned let socket: ClientSocket
    private let plan: StreamPlan
    private var call: SocketCall?

    init(on socket: ClientSocket, _ plan: StreamPlan) {
        self.socket = socket
        self.plan = plan
    }

    func begin(_ head: HTTPRequestHead) {
        let call = SocketCall(to: .method(plan.method), on: socket, for: self, id: nil, number: 1)
        self.call = call
        socket.accept()
        call.start(CallHead.numbered(1, CallHead.make(of: head, socket.id), event: "connect"))
        guard let call = self.call, !plan.method.takesStream else { return }
        // What the address says is all that the operation gets.
        call.send(CallInput.make(of: head, socket.context, for: plan.method))
        call.finishSending()
    }

    func receive(_ message: WebSocketMessage) {
        guard message.kind == .text else {
            return socket.close(WebSocketClose(.unsupportedData, "messages are JSON"))
        }
        guard plan.method.takesStream else {
            return socket.close(WebSocketClose(.policyViolation, "this socket only sends"))
        }
        call?.send(message.payload)
    }

    func left(_ close: WebSocketClose) {
        let call = self.call
        self.call = nil
        call?.cancel()
    }

    func drained() {
        call?.drained()
    }
}

extension StreamConversation: SocketCallOwner {
    func received(_ head: borrowing HTTPResponseHead, of call: SocketCall) {
        socket.heed(head)
    }

    func received(_ message: Bytes, of call: SocketCall) {
        socket.send(text: message)
    }

    func ended(_ call: SocketCall, _ failure: Failure?) {
        self.call = nil
        socket.close(failure.map(WebSocketClose.init) ?? WebSocketClose(.normal))
    }
}

/// Which operation the sockets of a route are streams of; compiled at load, shared by all workers.
public struct StreamPlan: ConversationFactory, Sendable {
    let method: SocketMethod

    public init(_ method: SocketMethod) {
        self.method = method
    }

    func makeConversation(on socket: ClientSocket) -> any Conversation {
        StreamConversation(on: socket, self)
    }

    /// What serves the route's sockets.
    public func factory(settings: SocketSettings, failures: any FailureRenderer) -> SocketFactory {
        SocketFactory(self, settings: settings, failures: failures)
    }
}
