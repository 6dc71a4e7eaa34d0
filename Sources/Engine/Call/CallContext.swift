public import Canonical

/// What the translators of one call may know of what is around them. Reused from call to call.
public final class CallContext {
    /// Set before any translator is made.
    public internal(set) var route: Route?
    /// Names the call in logs, towards the upstream and in the response (`X-Request-Id`): visible ASCII.
    public internal(set) var requestID: [UInt8] = []
    /// Who calls.
    public internal(set) var client: ClientIdentity?
    public internal(set) var captures = PathCaptures()
    /// The path of the request in its normal form, without the query; `captures` are ranges of it.
    public internal(set) var path: [UInt8] = []
    /// How long the client waits for the whole call, from now on; nil when it does not say. The face sets it, and the
    /// upstream translator passes it on.
    public var timeout: Duration?
    /// The format that the face writes messages of the answer in when it writes them whole and asks nothing of them: the
    /// upstream translator may hand them on in it. The face sets it.
    public var answerCoder: (any MessageCoder)?
    /// Whether the call is a tunnel: its bodies have no end that anybody waits for.
    public internal(set) var isTunnel = false

    public init() {}
}
