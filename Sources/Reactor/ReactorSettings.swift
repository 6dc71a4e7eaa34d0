/// What can be tuned about a worker's reactor; the defaults suit a proxy.
public struct ReactorSettings: Sendable {
    /// Bytes of one read buffer, and so the most that `SocketHandler.received` gets at once.
    public var readBufferBytes = 64 * 1024
    /// Bytes that one socket may read in one turn before the others have theirs.
    public var readBytesPerTurn = 256 * 1024
    /// Past this many unsent bytes a socket is not writable…
    public var highMark = 32 * 1024
    /// …until they have fallen to this many.
    public var lowMark = 8 * 1024
    /// Events taken from the kernel in one turn.
    public var eventsPerTurn = 256
    /// Connections that a listener accepts in one turn.
    public var acceptsPerTurn = 64
    public var resolver = ResolverSettings()

    public init() {}
}
