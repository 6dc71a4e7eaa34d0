public import Canonical

// The REST column of the table of failures (docs/failures.md) read backwards.
extension FailureCode {
    /// What an HTTP status means where the body does not say it.
    public init(httpStatus: Int) {
        self =
            switch httpStatus {
            case 401: .unauthenticated
            case 403: .permissionDenied
            case 404: .notFound
            case 409: .aborted
            case 412: .failedPrecondition
            case 413, 429: .resourceExhausted
            case 416: .outOfRange
            case 499: .canceled
            case 501: .unimplemented
            case 503: .unavailable
            case 504: .deadlineExceeded
            case 400..<500: .invalidArgument
            default: .unknown
            }
    }
}
