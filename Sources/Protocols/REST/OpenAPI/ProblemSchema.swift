internal import Canonical
internal import JSONCodec

/// The schema of `application/problem+json` as this gateway writes it.
enum ProblemSchema {
    /// No message type of a contract can be called so.
    static let name = "dragoman.Problem"

    static func write(into json: inout JSONWriter) {
        json.object { json in
            json.member("type", "object")
            json.member("description", "A failure (RFC 9457).")
            json.member("properties") { json in
                json.object { json in
                    for member in ["type", "title", "detail", "instance", "code", "reason", "request_id"] {
                        json.member(member) { $0.object { $0.member("type", "string") } }
                    }
                    json.member("status") { $0.object { $0.member("type", "integer") } }
                    json.member("errors") { json in
                        json.object { json in
                            json.member("type", "array")
                            json.member("items") { writeViolation(into: &$0) }
                        }
                    }
                    json.member("details") { json in
                        json.object { json in
                            json.member("type", "array")
                            json.member("items") { $0.object { $0.member("type", "object") } }
                        }
                    }
                }
            }
            json.member("required") { json in
                json.array { json in ["type", "title", "status", "code", "reason"].forEach { json.value($0) } }
            }
        }
    }

    private static func writeViolation(into json: inout JSONWriter) {
        json.object { json in
            json.member("type", "object")
            json.member("properties") { json in
                json.object { json in
                    for member in ["pointer", "rule", "detail"] {
                        json.member(member) { $0.object { $0.member("type", "string") } }
                    }
                }
            }
        }
    }

    /// `details` of a problem that stands for one of `faults`.
    static func writeDetails(_ faults: [FaultType], _ writer: JSONSchemaWriter, into json: inout JSONWriter) {
        json.object { json in
            json.member("type", "array")
            json.member("contains") { json in
                json.object { json in
                    json.member("anyOf") { json in
                        json.array { json in
                            for fault in faults {
                                json.object { json in
                                    json.member("properties") { json in
                                        json.object { json in
                                            json.member("type") { $0.object { $0.member("const", fault.name) } }
                                            json.member("value") { writer.write(root: fault.type, into: &$0) }
                                        }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
