public import Canonical
public import HTTP
public import Reactor

/// What one call came to, for logs and counters.
public struct CallRecord {
    public internal(set) var method = HTTPMethod.get
    /// When its head had been read.
    public internal(set) var start = Instant(nanoseconds: 0)
    /// What the client was answered; nil when it got no answer.
    public internal(set) var status: Int?
    /// Bytes of the answer's body, as they were handed to the client's connection.
    public internal(set) var bodyBytes = 0
    /// Why it failed; nil for an answer of the service, whatever its status.
    public internal(set) var failure: Failure?
    /// Where it was sent last.
    public internal(set) var upstream: Upstream?
    var place: Int?
    public internal(set) var retries = 0
    /// The client went away, or broke off its request, before the answer was whole.
    public internal(set) var wasAbandoned = false

    init() {}

    /// The endpoint that was tried last; nil when none was.
    public var endpoint: Endpoint? {
        guard let upstream, let place, upstream.endpoints.indices.contains(place) else { return nil }
        return upstream.endpoints[place]
    }
}

/// Who is told of every call once, when it ends.
public protocol CallObserver: AnyObject {
    /// Called on the worker, in the middle of its work: must not wait for anything.
    ///
    /// - Parameter context: Who called what; valid until this returns.
    func callEnded(_ record: borrowing CallRecord, _ context: CallContext)
}
