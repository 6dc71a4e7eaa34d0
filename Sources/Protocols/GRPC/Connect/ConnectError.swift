internal import Buffers
internal import Canonical
internal import JSONCodec

/// Failures as Connect says them: a JSON object, and an HTTP status for unary calls.
///
/// Source: Connect, "Error Codes", "Error End-Stream".
enum ConnectError {
    static func status(of code: FailureCode) -> Int {
        switch code {
        case .canceled: 499
        case .invalidArgument, .failedPrecondition, .outOfRange: 400
        case .deadlineExceeded: 504
        case .notFound: 404
        case .alreadyExists, .aborted: 409
        case .permissionDenied: 403
        case .resourceExhausted: 429
        case .unimplemented: 501
        case .unavailable: 503
        case .unauthenticated: 401
        case .unknown, .internal, .dataLoss: 500
        }
    }

    static func write(_ failure: Failure, _ method: GRPCMethod, into json: inout JSONWriter) {
        json.object { json in
            json.member("code", name(of: failure.code))
            if !failure.message.isEmpty { json.member("message", failure.message) }
            let details = method.statuses.packed(failure, faults: method.faults)
            if details.isEmpty { return }
            json.member("details") { json in
                json.array { json in
                    for detail in details { write(detail, method.statuses, into: &json) }
                }
            }
        }
    }

    private static func write(_ detail: PackedDetail, _ types: StatusTypes, into json: inout JSONWriter) {
        json.object { json in
            json.member("type", detail.typeName)
            json.member("value", Base64Text.encode(detail.value))
            if let shown = types.debug(detail) {
                json.name("debug")
                json.raw(shown.span)
            }
        }
    }

    private static func name(of code: FailureCode) -> String {
        switch code {
        case .canceled: "canceled"
        case .unknown: "unknown"
        case .invalidArgument: "invalid_argument"
        case .deadlineExceeded: "deadline_exceeded"
        case .notFound: "not_found"
        case .alreadyExists: "already_exists"
        case .permissionDenied: "permission_denied"
        case .resourceExhausted: "resource_exhausted"
        case .failedPrecondition: "failed_precondition"
        case .aborted: "aborted"
        case .outOfRange: "out_of_range"
        case .unimplemented: "unimplemented"
        case .internal: "internal"
        case .unavailable: "unavailable"
        case .dataLoss: "data_loss"
        case .unauthenticated: "unauthenticated"
        }
    }
}
