public import Buffers
public import HTTP

/// Who is told what a session receives: the connection that feeds it.
///
/// Everything is called from within the session's `receive` or `send`. All of the session may be used from here but those
/// two; what there is to send goes with the next `send`.
public protocol HTTP2SessionHandler: AnyObject {
    /// A server has got the head of a request. `head` may be taken: the session uses whatever is put in its place again.
    func received(_ head: inout HTTPRequestHead, on stream: HTTP2StreamID)
    /// A server has got a request that it must not serve and may answer, with `error.status`. No head follows, and no body.
    func refused(_ error: HTTP2Error, on stream: HTTP2StreamID)
    /// A client has got an interim (1xx) head.
    func receivedInterim(_ head: inout HTTPResponseHead, on stream: HTTP2StreamID)
    /// A client has got the head of the response. `head` may be taken.
    func received(_ head: inout HTTPResponseHead, on stream: HTTP2StreamID)
    /// The next bytes of a body, a slice of what was received. They count as unread until `consume`.
    func received(_ data: Bytes, on stream: HTTP2StreamID)
    /// The message is whole. Trailers that may not be believed are not among `trailers`. A client whose request is not
    /// whole then should `reset` the stream: nobody reads the rest.
    func receivedEnd(_ trailers: Headers?, on stream: HTTP2StreamID)
    /// A stream that was not writable is so again.
    func drained(_ stream: HTTP2StreamID)
    /// The stream is over, and nothing follows; once for each stream, but for those that `reset` ended. Its slot counts as
    /// taken until `release`.
    func closed(_ stream: HTTP2StreamID, _ end: HTTP2StreamEnd)
    /// The peer's settings have changed, or come for the first time.
    func settingsChanged()
    func pingAcknowledged(_ data: UInt64)
    /// The peer takes no more streams.
    func goAway(_ code: HTTP2ErrorCode)
    /// A stream was reset before its head was read: for those who count.
    func rejected(_ error: HTTP2Error)
    /// The connection cannot go on. What there is to send tells the peer; then it should be closed. `closed` follows for
    /// every stream.
    func failed(_ error: HTTP2Error)
}

/// What the other role is told.
extension HTTP2SessionHandler {
    public func received(_ head: inout HTTPRequestHead, on stream: HTTP2StreamID) {}
    public func refused(_ error: HTTP2Error, on stream: HTTP2StreamID) {}
    public func receivedInterim(_ head: inout HTTPResponseHead, on stream: HTTP2StreamID) {}
    public func received(_ head: inout HTTPResponseHead, on stream: HTTP2StreamID) {}
    public func settingsChanged() {}
    public func pingAcknowledged(_ data: UInt64) {}
    public func goAway(_ code: HTTP2ErrorCode) {}
    public func rejected(_ error: HTTP2Error) {}
}
