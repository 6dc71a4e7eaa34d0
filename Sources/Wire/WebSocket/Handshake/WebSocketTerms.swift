/// What an opening handshake agreed on.
public struct WebSocketTerms: Hashable, Sendable {
    public var subprotocol: String?
    /// nil when nothing is compressed.
    public var deflate: WebSocketDeflate?

    public init(subprotocol: String? = nil, deflate: WebSocketDeflate? = nil) {
        self.subprotocol = subprotocol
        self.deflate = deflate
    }
}

/// How a WebSocket comes into a connection.
public enum WebSocketTransport: Sendable {
    /// An HTTP/1.1 connection switches to it: GET, `Upgrade`, 101 (RFC 6455 §4).
    case upgrade
    /// An HTTP/2 stream carries it: CONNECT, `:protocol`, 200 (RFC 8441 §5).
    case tunnel
}
