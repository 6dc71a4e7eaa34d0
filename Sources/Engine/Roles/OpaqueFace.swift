internal import Buffers
public import Canonical
internal import HTTP

/// The face of a call whose bodies are nobody's to read between its two ends: a socket's frames, a request that the gateway
/// answers itself. What comes is what goes; a failure is an answer of HTTP until the answer has begun.
public final class OpaqueFace: FaceTranslator {
    private let context: CallContext
    private let failures: any FailureRenderer
    private var hasAnswered = false

    public init(context: CallContext, failures: any FailureRenderer) {
        self.context = context
        self.failures = failures
    }

    public func decode(_ part: consuming HTTPRequestPart, into parts: inout Outbox<RequestPart>) throws(Failure) {
        switch consume part {
        case .head(let head): parts.append(.head(consume head))
        case .body(let bytes): parts.append(.message(.opaque(bytes)))
        case .end(let trailers): parts.append(.end(trailers: trailers))
        }
    }

    public func encode(_ part: consuming ResponsePart, into wire: inout Outbox<HTTPResponsePart>) throws(Failure) {
        switch consume part {
        case .interim: break
        case .head(let head):
            hasAnswered = true
            wire.append(.head(consume head))
        case .message(.opaque(let bytes)), .message(.encoded(let bytes, _)): wire.append(.body(bytes))
        case .message(.decoded): break
        case .end(.success(let trailers)): wire.append(.end(trailers: trailers))
        case .end(.failure(let failure)):
            if hasAnswered { throw failure }
            failures.render(failure, requestID: String(decoding: context.requestID, as: UTF8.self), into: &wire)
        }
    }
}

/// The other end of the face above.
public final class OpaqueUpstream: UpstreamTranslator {
    public init() {}

    public func encode(_ part: consuming RequestPart, into wire: inout Outbox<HTTPRequestPart>) throws(Failure) {
        switch consume part {
        case .head(let head): wire.append(.head(consume head))
        case .message(.opaque(let bytes)), .message(.encoded(let bytes, _)): wire.append(.body(bytes))
        case .message(.decoded): break
        case .end(let trailers): wire.append(.end(trailers: trailers))
        }
    }

    public func decode(_ part: consuming HTTPResponsePart, into parts: inout Outbox<ResponsePart>) throws(Failure) {
        switch consume part {
        case .interim: break
        case .head(let head): parts.append(.head(consume head))
        case .body(let bytes): parts.append(.message(.opaque(bytes)))
        case .end(let trailers): parts.append(.end(.success(trailers: trailers)))
        }
    }
}
