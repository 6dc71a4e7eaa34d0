internal import Canonical
internal import HTTP1
internal import HTTP2

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

    /// What a stream's request becomes that breaks the rules.
    convenience init(malformedRequest error: HTTP2Error) {
        let code: FailureCode =
            switch error.status {
            case 414, 431: .resourceExhausted
            case 501: .unimplemented
            default: .invalidArgument
            }
        self.init(
            code, error.reason, "The request is not acceptable: \(error).", origin: .client, httpStatus: error.status)
    }

    /// What an attempt becomes whose response breaks the rules of its wire.
    convenience init(malformedResponse error: HTTP2Error, from endpoint: String) {
        self.init(
            .internal, "upstream.malformed", "The service answered with a malformed response.", origin: .upstream,
            cause: "\(endpoint): \(error.reason)")
    }

    /// A request that cannot be written is our own mistake: it is not tried again.
    convenience init(unwritableRequest error: HTTP2Error) {
        self.init(
            .internal, error.reason, "The request cannot be forwarded.", origin: .gateway, cause: error.reason)
    }

    /// What an attempt becomes whose response breaks the rules of its wire.
    convenience init(malformedResponse error: HTTP1Error, from endpoint: String) {
        self.init(
            .internal, "upstream.malformed", "The service answered with a malformed response.", origin: .upstream,
            cause: "\(endpoint): \(error.reason)")
    }

    /// The connection was made for another host (RFC 9110 §15.5.20).
    static let misdirected = Failure(
        .failedPrecondition, "tls.misdirected", "This connection is for another host.", origin: .client,
        httpStatus: 421)

    /// A tunnel is wanted for another protocol than WebSocket (RFC 8441 §4, RFC 9220 §3).
    static let unknownTunnel = Failure(
        .unimplemented, "tunnel.protocol", "Only WebSocket is carried in a tunnel.", origin: .client)

    /// The client takes too long to send its request.
    static let slowRequest = Failure(
        .deadlineExceeded, "request.timeout", "The request did not come in time.", origin: .client, httpStatus: 408)

    /// The listener has all the connections that it may have, or the process all its descriptors.
    static let tooManyConnections = Failure(
        .unavailable, "listener.connections", "There is no room for another connection.", httpStatus: 503)
}
