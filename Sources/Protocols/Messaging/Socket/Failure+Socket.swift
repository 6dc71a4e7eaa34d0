internal import Canonical

extension Failure {
    /// The client took in so little of what was sent to it that more would cost memory without end.
    static let slowSocket = Failure(
        .resourceExhausted, "websocket.slow_client", "The client does not read what it is sent.", origin: .client)

    /// It was closed before it was open.
    static let socketClosed = Failure(
        .unavailable, "websocket.closed", "The socket was closed before it was open.", retry: .always)

    /// The call's answer broke off, and nobody said why.
    static let brokenAnswer = Failure(
        .internal, "websocket.broken_answer", "The answer broke off.", origin: .upstream)

}
