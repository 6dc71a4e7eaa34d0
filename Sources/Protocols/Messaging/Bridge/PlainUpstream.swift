internal import Buffers
internal import Canonical
internal import Engine
internal import HTTP
internal import JSONCodec

/// A service without a contract, for one message of a socket: the message is the body of a request, and the body of the
/// answer is the message that goes back. Headers say which socket it is (`WS-Connection-Id`), what has happened
/// (`WS-Event`) and which message it is (`WS-Seq`).
final class PlainUpstream: UpstreamTranslator {
    private let method: HTTPMethod
    private let path: [UInt8]
    private let context: CallContext
    /// Set by an answer that is no success; its body is the service's own affair.
    private var refused: HTTPResponseHead?

    init(method: HTTPMethod, path: [UInt8], context: CallContext) {
        self.method = method
        self.path = path
        self.context = context
    }

    func encode(_ part: consuming RequestPart, into wire: inout Outbox<HTTPRequestPart>) throws(Failure) {
        switch consume part {
        case .head(var head):
            ForwardedHeaders.prepare(&head, context: context)
            head.method = method
            head.target.removeAll(keepingCapacity: true)
            head.target.append(contentsOf: path)
            head.authority.removeAll(keepingCapacity: true)
            wire.append(.head(head))
        case .message(.opaque(let bytes)), .message(.encoded(let bytes, _)): wire.append(.body(bytes))
        case .message(.decoded):
            throw Failure(.internal, "message.opaque", "A service without a contract has no format for a document.")
        case .end(let trailers): wire.append(.end(trailers: trailers))
        }
    }

    func decode(_ part: consuming HTTPResponsePart, into parts: inout Outbox<ResponsePart>) throws(Failure) {
        switch consume part {
        case .interim: break
        case .head(let head):
            guard (200..<300).contains(head.status) else { return refused = head }
            parts.append(.head(head))
        case .body(let bytes):
            if refused == nil { parts.append(.message(.opaque(bytes))) }
        case .end(let trailers):
            if let refused { throw failure(of: refused) }
            parts.append(.end(.success(trailers: trailers)))
        }
    }

    private func failure(of head: borrowing HTTPResponseHead) -> Failure {
        Failure(
            FailureCode(httpStatus: head.status), "upstream.status",
            "The service answered with HTTP status \(head.status).", origin: .upstream,
            httpStatus: head.status)
    }
}

/// Makes the calls of one address of a service without a contract.
struct PlainFactory: UpstreamFactory {
    let method: HTTPMethod
    let path: [UInt8]

    func makeUpstream(_ context: CallContext) -> any HTTPUpstream {
        PlainUpstream(method: method, path: path, context: context)
    }
}
