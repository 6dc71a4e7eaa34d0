internal import Buffers
public import Engine
internal import JSONCodec
internal import WebSocket

/// Which messages of a route's sockets go where; compiled at load, shared by all workers.
public struct BridgePlan: ConversationFactory, Sendable {
    /// In which order messages are worked on.
    public enum Order: Sendable, Equatable {
        /// One after the other.
        case serial
        /// So many at once, and the replies in the order of the messages.
        case pipelined(Int)
        /// So many at once, and each reply when it comes.
        case unordered(Int)

        var callsAtOnce: Int {
            switch self {
            case .serial: 1
            case .pipelined(let count), .unordered(let count): count
            }
        }
    }

    /// The members, from the outermost in, whose text says what a message is; nil: all messages go to `fallback`.
    public var selector: [String]?
    public var targets: [String: SocketTarget]
    /// Takes what no other target is for.
    public var fallback: SocketTarget?
    /// What clients are told of messages that no target is for.
    public var complaint: String
    /// Called at the handshake; its failure refuses the socket.
    public var connect: SocketTarget?
    /// Called when the socket is over.
    public var disconnect: SocketTarget?
    public var order: Order
    /// Tries of a call that fails with a status of 500 or more, the first included; all have the same `WS-Seq`.
    public var attempts: Int
    /// Whether what services answer goes back to the client.
    public var replies: Bool
    /// Where the user of a socket is said: a header's name, or a parameter of the query.
    public var user: UserSource?

    public enum UserSource: Sendable {
        case header(String)
        case query(String)
    }

    public init(
        selector: [String]? = nil, targets: [String: SocketTarget] = [:], fallback: SocketTarget? = nil,
        complaint: String = "There is nothing for such a message."
    ) {
        self.selector = selector
        self.targets = targets
        self.fallback = fallback
        self.complaint = complaint
        order = .serial
        attempts = 1
        replies = true
    }

    func makeConversation(on socket: ClientSocket) -> any Conversation {
        BridgeConversation(on: socket, self)
    }

    /// What serves the route's sockets.
    public func factory(settings: SocketSettings, failures: any FailureRenderer) -> SocketFactory {
        SocketFactory(self, settings: settings, failures: failures)
    }
}

/// One message of a client on its way.
struct BridgeMessage {
    let number: Int
    let target: SocketTarget
    let kind: WebSocketMessage.Kind
    let payload: Bytes
    /// The message's member `id`, as it stands there.
    let id: Bytes?
    /// Whether it is one JSON object.
    let isJSON: Bool
}
