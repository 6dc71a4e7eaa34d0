public import Buffers
public import Canonical

/// A failure as a JSON object (RFC 9457), with the members that clients are promised (docs/failures.md).
public struct ProblemDocument {
    public let failure: Failure
    /// The HTTP status that goes with it.
    public let status: Int
    let requestID: String
    let details: [JSONCoder?]

    /// - Parameters:
    ///   - status: The failure's own, or what its operation maps it to.
    ///   - details: Write the failure's typed details, in their order; nil leaves one out.
    public init(failure: Failure, status: Int, requestID: String, details: [JSONCoder?] = []) {
        self.failure = failure
        self.status = status
        self.requestID = requestID
        self.details = details
    }

    /// The document as one JSON object.
    public func json() -> Bytes {
        var json = JSONWriter(capacity: 512)
        json.object { json in
            json.member("type", "urn:dragoman:failure:" + failure.reason)
            json.member("title", failure.code.title)
            json.member("status", status)
            json.member("detail", failure.message)
            json.member("instance", "urn:dragoman:request:" + requestID)
            json.member("code", failure.code.name)
            json.member("reason", failure.reason)
            for (name, value) in failure.members {
                switch value {
                case .number(let number): json.member(name, number)
                case .text(let text): json.member(name, text)
                }
            }
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
