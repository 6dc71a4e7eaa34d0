internal import Canonical
internal import WebSocket

extension WebSocketClose {
    /// The WebSocket column of the table of failures (docs/failures.md).
    init(_ failure: Failure) {
        let code: WebSocketCloseCode =
            switch failure.code {
            case .invalidArgument, .outOfRange: .invalidPayload
            case .unauthenticated: .unauthorized
            case .permissionDenied: .forbidden
            case .notFound, .unimplemented, .alreadyExists, .failedPrecondition, .aborted: .policyViolation
            case .resourceExhausted: failure.httpStatus == 413 ? .messageTooLarge : .tryAgainLater
            case .deadlineExceeded: .timeout
            case .unavailable: .tryAgainLater
            case .canceled: .normal
            case .internal, .dataLoss, .unknown: .internalError
            }
        self.init(code, "\(failure.reason): \(failure.message)")
    }
}
