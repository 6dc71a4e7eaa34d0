import Buffers
import Canonical
import Engine
import HTTP

/// Renders a failure as its reason.
struct PlainFailures: FailureRenderer {
    func render(_ failure: Failure, requestID: String, into wire: inout Outbox<HTTPResponsePart>) {
        var head = HTTPResponseHead(status: failure.httpStatus ?? Self.status(of: failure))
        for (name, value) in failure.headers { head.headers.append(name, value) }
        head.body = .known(failure.reason.utf8.count)
        wire.append(.head(head))
        wire.append(.body(Bytes(failure.reason)))
        wire.append(.end(trailers: nil))
    }

    private static func status(of failure: Failure) -> Int {
        switch failure.code {
        case .invalidArgument: 400
        case .notFound: 404
        case .resourceExhausted: 429
        case .unavailable: 503
        case .deadlineExceeded: 504
        default: failure.origin == .upstream ? 502 : 500
        }
    }
}
