public import Canonical

/// The client's side of one call; a listener's connection (HTTP/1.1) or stream (HTTP/2).
public protocol ClientStream: AnyObject {
    func send(_ part: consuming HTTPResponsePart)
    /// The response cannot be finished: the client must see that it is broken, never a clean end.
    func abort()
    /// False while what was sent piles up; `Call.clientDrained` follows.
    var isWritable: Bool { get }
    func pauseReading()
    func resumeReading()
}

/// The upstream's side of one attempt.
public protocol UpstreamStream: AnyObject {
    func send(_ part: consuming HTTPRequestPart)
    /// The answer is no longer wanted; nothing more is delivered.
    func cancel()
    /// False while what was sent piles up; `UpstreamReceiver.upstreamDrained` follows.
    var isWritable: Bool { get }
    func pauseReading()
    func resumeReading()
}

/// Who gets the answer of an attempt.
public protocol UpstreamReceiver: AnyObject {
    func deliver(_ part: consuming HTTPResponsePart)
    /// The attempt broke; nothing follows.
    func attemptFailed(_ failure: Failure)
    func upstreamDrained()
}

/// Opens streams to one endpoint from one worker: a connection pool.
public protocol EndpointConnector: AnyObject {
    /// A stream at once; it may still have to connect, in which case what is sent waits in it.
    func open(for receiver: any UpstreamReceiver) throws(Failure) -> any UpstreamStream
    /// A stream for a request that wants a tunnel; not every wire has one.
    func openTunnel(for receiver: any UpstreamReceiver) throws(Failure) -> any UpstreamStream
    /// Lets idle connections go; running streams finish.
    func close()
}
