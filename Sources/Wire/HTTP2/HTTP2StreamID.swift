/// Names one stream of one session.
///
/// `slot` is a small number that no other stream has until this one is released: whoever keeps something for each stream
/// keeps it in an array. A name that has gone stale is harmless: what is asked of it is not done.
public struct HTTP2StreamID: Hashable, Sendable {
    /// The number on the wire.
    public let number: Int32
    public let slot: Int
}

/// How a stream ended.
public enum HTTP2StreamEnd: Hashable, Sendable {
    /// Both sides said all they had to say.
    case finished
    /// The peer broke it off.
    case reset(HTTP2ErrorCode)
    /// The peer has not looked at the request (REFUSED_STREAM, or behind the last one that a GOAWAY names): it may be sent
    /// again elsewhere, whatever its method.
    case refused
    /// It broke the rules, and was reset for it.
    case violated(HTTP2Error)
    /// The connection ended.
    case lost
}
