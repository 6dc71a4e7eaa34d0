public import Canonical
public import Engine
internal import Reactor
internal import WebSocket

/// Both ends of a route whose sockets end at the gateway, which is their upstream.
public struct SocketFactory: FaceFactory, UpstreamFactory, LocalUpstream {
    public let faceName = "websocket"
    private let settings: SocketSettings
    private let conversations: any ConversationFactory
    private let failures: any FailureRenderer

    init(_ conversations: any ConversationFactory, settings: SocketSettings, failures: any FailureRenderer) {
        self.conversations = conversations
        self.settings = settings
        self.failures = failures
    }

    public func makeFace(_ context: CallContext) -> any HTTPFace {
        OpaqueFace(context: context, failures: failures)
    }

    public func makeUpstream(_ context: CallContext) -> any HTTPUpstream {
        OpaqueUpstream()
    }

    public func open(
        for receiver: any UpstreamReceiver, of context: CallContext, on gateway: Gateway, under plan: PlanState
    ) throws(Failure) -> any UpstreamStream {
        guard context.isTunnel, let client = context.client else { throw .upgradeRequired }
        let socket = ClientSocket(for: receiver, of: context, from: client, on: gateway, under: plan, settings)
        socket.hold(conversations.makeConversation(on: socket))
        return socket
    }
}

extension Reactor {
    /// What the WebSockets of this worker share.
    var webSocketPool: WebSocketPool {
        if let pool = self[WebSocketPool.self] { return pool }
        let pool = WebSocketPool(randomBytes: Entropy.bytes)
        self[WebSocketPool.self] = pool
        return pool
    }
}
