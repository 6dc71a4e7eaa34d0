public import Buffers

/// Who hears of a socket.
///
/// Callbacks come from the worker's loop only, never out of a call to the socket, so a handler need not expect to be
/// re-entered; it may close this or any other socket in all of them. Order: `connected`, then `received` any number of
/// times, then `receivedEnd` at most once; `drained` at any time between; `closed` exactly once and last.
public protocol SocketHandler: AnyObject {
    /// The connection stands. Accepted ones hear it as well.
    func connected()

    /// More bytes have come. They are a slice of a buffer shared with other sockets: what is kept for longer than a
    /// message should be copied if it is small, for it keeps the whole buffer.
    func received(_ bytes: Bytes)

    /// The peer will send no more (FIN); writing goes on. Without an answer (`close` or `shutdownWrite`, sooner or
    /// later) the connection stays half open.
    func receivedEnd()

    /// Unsent bytes were over the high mark and have fallen to the low one.
    func drained()

    /// The connection is gone: `nil` after `close`, `abort` or the orderly end of both directions.
    func closed(_ error: ReactorError?)
}

extension SocketHandler {
    public func connected() {}
    public func drained() {}
}
