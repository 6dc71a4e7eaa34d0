internal import Buffers
internal import HTTP
internal import WebSocket

/// What the messages of one socket mean. One per socket, on its worker.
///
///     begin → receive… → left
protocol Conversation: AnyObject {
    /// Whose socket it is, by its opening request; nil where that is not known.
    func user(of head: borrowing HTTPRequestHead) -> String?
    /// The client asks for the socket: `socket.accept` or `socket.refuse` follows, at once or later. Nothing is received
    /// before.
    func begin(_ head: HTTPRequestHead)
    func receive(_ message: WebSocketMessage)
    /// Whether messages are under way that will be answered soon; `socket.becameIdle` follows.
    var isBusy: Bool { get }
    /// The socket is over, and nothing can be sent any more.
    func left(_ close: WebSocketClose)
    /// The client takes in more again.
    func drained()
}

extension Conversation {
    func user(of head: borrowing HTTPRequestHead) -> String? { nil }
    func drained() {}
    var isBusy: Bool { false }
}

/// Makes the conversation of one socket; compiled at load, shared by all workers.
protocol ConversationFactory: Sendable {
    func makeConversation(on socket: ClientSocket) -> any Conversation
}
