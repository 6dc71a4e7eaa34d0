public import Canonical

extension Failure {
    /// The HTTP status of the failure, as its problem says it: the REST column of the table of failures
    /// (docs/failures.md).
    public var status: Int {
        if let httpStatus { return httpStatus }
        switch code {
        case .invalidArgument, .failedPrecondition, .outOfRange: return 400
        case .unauthenticated: return 401
        case .permissionDenied: return 403
        case .notFound: return 404
        case .alreadyExists, .aborted: return 409
        case .resourceExhausted: return 429
        case .canceled: return 499
        case .unimplemented: return 501
        case .unavailable: return 503
        case .deadlineExceeded: return 504
        case .internal, .dataLoss, .unknown: return origin == .upstream ? 502 : 500
        }
    }
}

extension FailureCode {
    /// The code that google.rpc.Code calls so, or Connect, in small letters and with one L fewer; nil for another name.
    public init?(name: String) {
        let name = name == "canceled" ? "CANCELLED" : name.uppercased()
        guard let code = FailureCode.allCases.first(where: { $0.name == name }) else { return nil }
        self = code
    }

    /// The name of the code as google.rpc.Code spells it.
    var name: String {
        switch self {
        case .canceled: "CANCELLED"
        case .unknown: "UNKNOWN"
        case .invalidArgument: "INVALID_ARGUMENT"
        case .deadlineExceeded: "DEADLINE_EXCEEDED"
        case .notFound: "NOT_FOUND"
        case .alreadyExists: "ALREADY_EXISTS"
        case .permissionDenied: "PERMISSION_DENIED"
        case .resourceExhausted: "RESOURCE_EXHAUSTED"
        case .failedPrecondition: "FAILED_PRECONDITION"
        case .aborted: "ABORTED"
        case .outOfRange: "OUT_OF_RANGE"
        case .unimplemented: "UNIMPLEMENTED"
        case .internal: "INTERNAL"
        case .unavailable: "UNAVAILABLE"
        case .dataLoss: "DATA_LOSS"
        case .unauthenticated: "UNAUTHENTICATED"
        }
    }

    /// The code in words, for a problem's `title`.
    var title: String {
        switch self {
        case .canceled: "Canceled"
        case .unknown: "Unknown error"
        case .invalidArgument: "Invalid request"
        case .deadlineExceeded: "Deadline exceeded"
        case .notFound: "Not found"
        case .alreadyExists: "Already exists"
        case .permissionDenied: "Permission denied"
        case .resourceExhausted: "Limit exceeded"
        case .failedPrecondition: "Precondition failed"
        case .aborted: "Aborted"
        case .outOfRange: "Out of range"
        case .unimplemented: "Not implemented"
        case .internal: "Internal error"
        case .unavailable: "Unavailable"
        case .dataLoss: "Data loss"
        case .unauthenticated: "Not authenticated"
        }
    }
}
