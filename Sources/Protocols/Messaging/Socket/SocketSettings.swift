internal import Reactor
internal import WebSocket

/// What one route's sockets may do; compiled from the configuration.
public struct SocketSettings: Sendable {
    /// Pages that may open sockets, as `Origin` names them, or `*`. Where it is empty, those of the same host.
    public var origins: [String]
    /// Subprotocols, the preferred first.
    public var subprotocols: [String]
    var wire: WebSocketSettings
    /// Messages that are worked on at once; the others wait in the client.
    public var callsAtOnce: Int
    /// Bytes that may wait for a client; one that lets more pile up is cut off.
    public var queueBytes: Int
    /// Whether messages may be compressed.
    public var compresses: Bool

    /// - Parameters:
    ///   - messageBytes: Bytes of one message.
    ///   - fragments: Frames of one message.
    ///   - ping: After so much silence a client is pinged; after twice as much it is cut off.
    public init(
        origins: [String] = [], subprotocols: [String] = [], messageBytes: Int = 1 << 20,
        fragments: Int = 1024,
        ping: Duration = .seconds(30), callsAtOnce: Int = 100, queueBytes: Int = 1 << 20, compresses: Bool = true
    ) {
        self.origins = origins
        self.subprotocols = subprotocols
        wire = WebSocketSettings()
        wire.messageBytes = messageBytes
        wire.fragments = fragments
        wire.pingNanoseconds = ping.nanoseconds
        self.callsAtOnce = callsAtOnce
        self.queueBytes = queueBytes
        self.compresses = compresses
    }
}
