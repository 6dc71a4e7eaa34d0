internal import Canonical
internal import HTTP1

extension Failure {
    /// What a request becomes that breaks the rules of its wire.
    convenience init(malformedRequest error: HTTP1Error) {
        let code: FailureCode =
            switch error.status {
            case 413, 414, 431: .resourceExhausted
            case 501, 505: .unimplemented
            default: .invalidArgument
            }
        self.init(code, error.reason, error.message, origin: .client, httpStatus: error.status)
    }

    /// What an attempt becomes whose response breaks the rules of its wire.
    convenience init(malformedResponse error: HTTP1Error, from endpoint: String) {
        self.init(
            .internal, "upstream.malformed", "The service answered with a malformed response.", origin: .upstream,
            cause: "\(endpoint): \(error.reason)")
    }

    /// The client takes too long to send its request.
    static let slowRequest = Failure(
        .deadlineExceeded, "request.timeout", "The request did not come in time.", origin: .client, httpStatus: 408)

    /// The listener has all the connections that it may have, or the process all its descriptors.
    static let tooManyConnections = Failure(
        .unavailable, "listener.connections", "There is no room for another connection.", httpStatus: 503)
}
