public import Canonical

/// A service that the gateway is itself, for one call: what an upstream would answer, at once. Sans-I/O, as translators are.
public protocol LocalService: AnyObject {
    /// Takes one part of the request; hands on what there is to answer to it. Until it has handed on an end the call goes
    /// on, and when the client leaves it is let go.
    func receive(_ part: consuming RequestPart, into parts: inout Outbox<ResponsePart>) throws(Failure)
}

/// Makes the service of one call; compiled at load, shared by all workers.
public protocol LocalServiceFactory: Sendable {
    func makeService(_ context: CallContext) -> any LocalService
}
