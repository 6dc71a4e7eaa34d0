/// What one WebSocket connection may take and how long it waits.
public struct WebSocketSettings: Sendable {
    /// Bytes of one message, decompressed. More is refused with the header that says so, before it comes.
    public var messageBytes = 1024 * 1024
    /// Frames of one message.
    public var fragments = 1024
    /// Pings, and pongs that nobody asked for, that may come at once.
    public var controlBurst = 200
    /// As many of them are forgotten per second.
    public var controlsPerSecond = 20
    /// After so much silence the peer is pinged; after twice as much it is given up. Zero: never.
    public var pingNanoseconds: Int64 = 30_000_000_000
    /// The peer's time to answer a Close frame.
    public var closeNanoseconds: Int64 = 5_000_000_000
    /// Messages of fewer bytes are not compressed.
    public var compressedFromBytes = 1024

    public init() {}
}
