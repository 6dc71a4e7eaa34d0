/// What one HTTP/2 connection may take. All are bytes unless they say otherwise.
///
/// The server's defaults; a client raises `streamWindow` to what one upstream response may have in flight.
public struct HTTP2Limits: Sendable {
    /// Streams that the peer may have open at once (SETTINGS_MAX_CONCURRENT_STREAMS). A stream counts until `release`.
    public var concurrentStreams = 100
    /// Data of one stream that nobody has consumed yet (SETTINGS_INITIAL_WINDOW_SIZE).
    public var streamWindow = 64 * 1024
    /// Data of all streams that nobody has consumed yet.
    public var connectionWindow = 1024 * 1024
    /// One frame's payload (SETTINGS_MAX_FRAME_SIZE); 16 KiB is the least that the protocol allows.
    public var frameBytes = 16 * 1024
    /// HPACK's table for what the peer sends (SETTINGS_HEADER_TABLE_SIZE).
    public var headerTableBytes = 4096
    /// Names, values and 32 bytes for each field of one head (SETTINGS_MAX_HEADER_LIST_SIZE). More is answered 431;
    /// twice as much ends the connection while it is still being decoded.
    public var headerListBytes = 32 * 1024
    /// Fields of one head, or of one trailer section, with every crumb of a cookie.
    public var fieldCount = 100
    /// One field: its name and its value.
    public var fieldBytes = 8 * 1024
    /// The request target.
    public var targetBytes = 8 * 1024
    /// One header block as it is encoded.
    public var headerBlockBytes = 32 * 1024
    /// CONTINUATION frames of one header block.
    public var continuations = 8
    /// Entries of one SETTINGS frame.
    public var settingsEntries = 32
    /// Interim (1xx) answers to one request.
    public var interimResponses = 8
    /// Streams that may be reset at once because of the peer, by either side.
    public var resetBurst = 200
    /// Resets that are forgotten per second.
    public var resetsPerSecond = 33
    /// What is legal and useless, such as an empty DATA frame, before the connection ends; at three quarters of it the peer
    /// is asked to leave (GOAWAY).
    public var glitches = 1000
    /// Glitches that are forgotten per second, so that a connection may live for weeks with a PING now and then.
    public var glitchesPerSecond = 10
    /// Answers to PING and SETTINGS that wait to be sent.
    public var outboundAcknowledgements = 1000
    /// Data that waits to be sent on one stream before it counts as unwritable.
    public var streamQueueBytes = 64 * 1024
    /// Data that waits to be sent on all streams together before they all count as unwritable.
    public var connectionQueueBytes = 1024 * 1024
    /// A server lets clients open tunnels for other protocols (RFC 8441).
    public var allowsExtendedConnect = false

    public init() {}
}
