internal import Canonical
internal import JSONCodec
internal import WebSocket

// What befalls our sockets to services, and the calls on them.
extension Failure {
    /// - Parameter isOwn: Whether the socket was asked for on behalf of one client, whom the answer concerns.
    static func refusedSocket(_ status: Int, isOwn: Bool) -> Failure {
        Failure(
            isOwn ? FailureCode(httpStatus: status) : .unavailable, "websocket.refused",
            "The service did not open the WebSocket.", origin: .upstream, retry: status == 503 ? .always : .no,
            cause: "HTTP status \(status)")
    }

    static func badOpening(_ error: WebSocketHandshakeError) -> Failure {
        Failure(
            .internal, "websocket.refused", "The service did not open the WebSocket properly.", origin: .upstream,
            cause: error.reason)
    }

    static func slowOpening(_ endpoint: String) -> Failure {
        Failure(
            .unavailable, "websocket.refused", "The service did not open the WebSocket in time.", origin: .upstream,
            retry: .always, cause: endpoint)
    }

    /// The socket is gone, and the call's answer with it.
    static func lostSocket(_ cause: String, retry: RetryAdvice) -> Failure {
        Failure(
            .unavailable, "websocket.lost", "The connection to the service was lost.", origin: .upstream, retry: retry,
            cause: cause)
    }

    /// The service says goodbye in place of an answer.
    static let noReply = Failure(
        .internal, "websocket.no_reply", "The service closed the WebSocket without an answer.", origin: .upstream)

    static func strangeMessage(_ cause: String) -> Failure {
        Failure(
            .internal, "websocket.bad_message", "The service sent a message that is no answer.", origin: .upstream,
            cause: cause)
    }

    /// The client takes in its answer more slowly than the service sends it, and others wait behind it.
    static let slowCall = Failure(
        .resourceExhausted, "websocket.slow_call", "The answer is not read as fast as it comes.", origin: .client)

    /// A message that would cost others their socket.
    static func largeMessage(_ limit: Int) -> Failure {
        Failure(
            .resourceExhausted, "message.too_large", "The message is larger than \(limit) bytes.", origin: .client,
            httpStatus: 413)
    }

    /// The WebSocket column of the table of failures (docs/failures.md) read backwards.
    convenience init(_ close: WebSocketClose) {
        let code: FailureCode =
            switch close.code {
            case .invalidPayload: .invalidArgument
            case .unauthorized: .unauthenticated
            case .forbidden: .permissionDenied
            case .policyViolation: .failedPrecondition
            case .messageTooLarge: .resourceExhausted
            case .timeout: .deadlineExceeded
            case .goingAway, .serviceRestart, .tryAgainLater, .abnormal: .unavailable
            case .internalError, .badGateway: .internal
            default: .unknown
            }
        self.init(
            code, "websocket.close_code",
            close.reason.isEmpty ? "The service closed the WebSocket with code \(close.code)." : close.reason,
            origin: .upstream, cause: "code \(close.code)")
    }

    /// The same with other details.
    func with(details: [FailureDetail]) -> Failure {
        Failure(
            code, reason, message, origin: origin, retry: retry, httpStatus: httpStatus, violations: violations,
            details: details, headers: headers, cause: cause)
    }
}
