public import Canonical

/// A protocol as clients speak it, for one call: wire parts in, canonical parts out, and back. Sans-I/O: no clock, no socket.
///
/// A class, so that a call holds one reference and stateless translators can be shared by all calls of a worker.
public protocol FaceTranslator<Inbound, Outbound>: AnyObject {
    associatedtype Inbound
    associatedtype Outbound

    /// Reads one part of the request; may hand on none (it waits for more) or several.
    func decode(_ part: consuming Inbound, into parts: inout Outbox<RequestPart>) throws(Failure)

    /// Writes one part of the response. Must render `.end(.failure)` whatever was written before: whole while no head has
    /// left, else by breaking off visibly.
    func encode(_ part: consuming ResponsePart, into wire: inout Outbox<Outbound>) throws(Failure)
}

/// A protocol as an upstream speaks it, for one attempt.
public protocol UpstreamTranslator<Inbound, Outbound>: AnyObject {
    associatedtype Inbound
    associatedtype Outbound

    func encode(_ part: consuming RequestPart, into wire: inout Outbox<Outbound>) throws(Failure)
    func decode(_ part: consuming Inbound, into parts: inout Outbox<ResponsePart>) throws(Failure)
}

/// A face over HTTP.
public typealias HTTPFace = FaceTranslator<HTTPRequestPart, HTTPResponsePart>
/// An upstream protocol over HTTP.
public typealias HTTPUpstream = UpstreamTranslator<HTTPResponsePart, HTTPRequestPart>

/// Makes the face of one call; compiled at load, shared by all workers.
public protocol FaceFactory: Sendable {
    /// What the face is called in tables and logs: "rest", "grpc", …
    var faceName: String { get }
    func makeFace(_ context: CallContext) -> any HTTPFace
}

/// Makes the upstream translator of one attempt; compiled at load, shared by all workers.
public protocol UpstreamFactory: Sendable {
    func makeUpstream(_ context: CallContext) -> any HTTPUpstream
}

/// Renders a failure that no face can render: nothing was matched, or the request itself was malformed.
public protocol FailureRenderer: Sendable {
    func render(_ failure: Failure, requestID: String, into wire: inout Outbox<HTTPResponsePart>)
}
