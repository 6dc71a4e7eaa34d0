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
    /// Whether the call is a tunnel: its bodies have no end that anybody waits for.
    public internal(set) var isTunnel = false

    public init() {}
}
