internal import Buffers
public import Canonical
public import Engine
internal import HTTP
internal import JSONCodec

/// A failure as `application/problem+json` (RFC 9457), with the members that CONFIG's "Errors to clients" names.
struct Problem {
    let failure: Failure
    let status: Int
    let requestID: String
    /// Writes typed details as JSON; nil leaves them out.
    let details: [JSONCoder?]

    /// Appends head, body and end of the answer.
    func write(into wire: inout Outbox<HTTPResponsePart>, withBody: Bool = true) {
        let body = json()
        var head = HTTPResponseHead(status: status)
        head.headers.append(.contentType, "application/problem+json")
        head.headers.append(.cacheControl, "no-store")
        for (name, value) in failure.headers { head.headers.append(name, value) }
        // Whoever answers 401 must say what it wants (RFC 9110 §15.5.2), also where the service did not.
        if status == 401, !head.headers.contains(.wwwAuthenticate) {
            head.headers.append(.wwwAuthenticate, #"Unspecified realm="service""#)
        }
        head.body = .known(body.count)
        wire.append(.head(head))
        if withBody { wire.append(.body(body)) }
        wire.append(.end(trailers: nil))
    }

    /// The problem as one JSON object.
    func json() -> Bytes {
        var json = JSONWriter(capacity: 512)
        json.object { json in
            json.member("type", "urn:dragoman:failure:" + failure.reason)
            json.member("title", failure.code.title)
            json.member("status", status)
            json.member("detail", failure.message)
            json.member("instance", "urn:dragoman:request:" + requestID)
            json.member("code", failure.code.name)
            json.member("reason", failure.reason)
            if !failure.violations.isEmpty { writeViolations(&json) }
            if !details.isEmpty { writeDetails(&json) }
            json.member("request_id", requestID)
        }
        return json.finish()
    }

    private func writeViolations(_ json: inout JSONWriter) {
        json.member("errors") { json in
            json.array { json in
                for violation in failure.violations {
                    json.object { json in
                        json.member("pointer", violation.pointer)
                        json.member("rule", violation.rule)
                        json.member("detail", violation.detail)
                    }
                }
            }
        }
    }

    private func writeDetails(_ json: inout JSONWriter) {
        json.member("details") { json in
            json.array { json in
                for (detail, coder) in zip(failure.details, details) {
                    var value = ByteWriter()
                    // A detail that cannot be written is left out rather than hiding the failure itself.
                    do { try coder?.encode(detail.document, into: &value) } catch { continue }
                    if value.isEmpty { continue }
                    json.object { json in
                        json.member("type", detail.typeName)
                        json.name("value")
                        json.raw(value.written)
                    }
                }
            }
        }
    }
}

/// Answers for requests that no face could take.
public struct ProblemRenderer: FailureRenderer {
    public init() {}

    public func render(_ failure: Failure, requestID: String, into wire: inout Outbox<HTTPResponsePart>) {
        Problem(failure: failure, status: failure.status, requestID: requestID, details: []).write(into: &wire)
    }
}
