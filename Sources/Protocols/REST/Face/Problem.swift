internal import Buffers
public import Canonical
public import Engine
internal import HTTP
internal import JSONCodec

/// A failure as an answer of `application/problem+json` (RFC 9457 §3).
struct Problem {
    let document: ProblemDocument
    /// What goes with the answer besides the failure's own fields.
    var headers: [(name: String, value: String)] = []

    private var failure: Failure { document.failure }
    private var status: Int { document.status }

    /// Appends head, body and end of the answer.
    func write(into wire: inout Outbox<HTTPResponsePart>, withBody: Bool = true) {
        let body = document.json()
        var head = HTTPResponseHead(status: status)
        head.headers.append(.contentType, "application/problem+json")
        head.headers.append(.cacheControl, "no-store")
        for (name, value) in failure.headers + headers { head.headers.append(name, value) }
        // Whoever answers 401 must say what it wants (RFC 9110 §15.5.2), also where the service did not.
        if status == 401, !head.headers.contains(.wwwAuthenticate) {
            head.headers.append(.wwwAuthenticate, #"Unspecified realm="service""#)
        }
        head.body = .known(body.count)
        wire.append(.head(head))
        if withBody { wire.append(.body(body)) }
        wire.append(.end(trailers: nil))
    }
}

/// Answers for requests that no face could take.
public struct ProblemRenderer: FailureRenderer {
    public init() {}

    public func render(_ failure: Failure, requestID: String, into wire: inout Outbox<HTTPResponsePart>) {
        let document = ProblemDocument(failure: failure, status: failure.status, requestID: requestID)
        Problem(document: document).write(into: &wire)
    }
}
