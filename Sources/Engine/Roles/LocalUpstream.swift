public import Canonical

/// An upstream that is the gateway itself: its streams answer whenever they like.
public protocol LocalUpstream: Sendable {
    /// - Parameters:
    ///   - receiver: Gets the answer, but not before this returns.
    ///   - context: Of the call that the stream is for.
    ///   - gateway: Of the same worker, for calls of the stream's own.
    ///   - plan: What those obey, as the call does.
    func open(
        for receiver: any UpstreamReceiver, of context: CallContext, on gateway: Gateway, under plan: PlanState
    ) throws(Failure) -> any UpstreamStream
}
