internal import Buffers
internal import Canonical
internal import Engine
internal import HTTP

/// The face of a socket's own call: bytes are frames, for the socket to read. Only a refusal is an answer of HTTP.
final class TunnelFace: FaceTranslator {
    private let context: CallContext
    private let failures: any FailureRenderer
    private var isOpen = false

    init(context: CallContext, failures: any FailureRenderer) {
        self.context = context
        self.failures = failures
    }

    func decode(_ part: consuming HTTPRequestPart, into parts: inout Outbox<RequestPart>) throws(Failure) {
        switch consume part {
        case .head(let head): parts.append(.head(consume head))
        case .body(let bytes): parts.append(.message(.opaque(bytes)))
        case .end(let trailers): parts.append(.end(trailers: trailers))
        }
    }

    func encode(_ part: consuming ResponsePart, into wire: inout Outbox<HTTPResponsePart>) throws(Failure) {
        switch consume part {
        case .interim: break
        case .head(let head):
            isOpen = true
            wire.append(.head(consume head))
        case .message(.opaque(let bytes)), .message(.encoded(let bytes, _)): wire.append(.body(bytes))
        case .message(.decoded): break
        case .end(.success(let trailers)): wire.append(.end(trailers: trailers))
        case .end(.failure(let failure)):
            if isOpen { throw failure }
            failures.render(failure, requestID: String(decoding: context.requestID, as: UTF8.self), into: &wire)
        }
    }
}

/// The other end of the face above: the same parts for the socket.
final class TunnelUpstream: UpstreamTranslator {
    func encode(_ part: consuming RequestPart, into wire: inout Outbox<HTTPRequestPart>) throws(Failure) {
        switch consume part {
        case .head(let head): wire.append(.head(consume head))
        case .message(.opaque(let bytes)), .message(.encoded(let bytes, _)): wire.append(.body(bytes))
        case .message(.decoded): break
        case .end(let trailers): wire.append(.end(trailers: trailers))
        }
    }

    func decode(_ part: consuming HTTPResponsePart, into parts: inout Outbox<ResponsePart>) throws(Failure) {
        switch consume part {
        case .interim: break
        case .head(let head): parts.append(.head(consume head))
        case .body(let bytes): parts.append(.message(.opaque(bytes)))
        case .end(let trailers): parts.append(.end(.success(trailers: trailers)))
        }
    }
}
