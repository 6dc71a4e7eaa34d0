internal import Canonical
internal import HTTP2

// What befalls connections to upstreams.
extension Failure {
    static func unreachable(_ endpoint: String, _ cause: String) -> Failure {
        Failure(
            .unavailable, "upstream.connect", "The service cannot be reached.", origin: .upstream, retry: .always,
            cause: "\(endpoint): \(cause)")
    }

    /// The exchange broke before there was a response.
    static func broken(_ endpoint: String, _ cause: String, retry: RetryAdvice) -> Failure {
        Failure(
            .internal, "upstream.reset", "The service broke the connection off.", origin: .upstream, retry: retry,
            cause: "\(endpoint): \(cause)")
    }

    /// The exchange broke in the middle of the response.
    static func truncated(_ endpoint: String) -> Failure {
        Failure(
            .internal, "upstream.truncated", "The service broke the connection off.", origin: .upstream, retry: .no,
            cause: endpoint)
    }

    /// The service was asked for a WebSocket and its consent is not what it should be (RFC 6455 §4.1).
    static func badUpgrade(by endpoint: String) -> Failure {
        Failure(
            .internal, "upstream.bad_upgrade", "The service did not open the WebSocket properly.", origin: .upstream,
            cause: endpoint)
    }

    /// The service speaks HTTP/2 and takes no tunnels (RFC 8441 §3).
    static func noTunnel(through endpoint: String) -> Failure {
        Failure(
            .unavailable, "upstream.no_tunnel", "The service opens no WebSocket over HTTP/2.", origin: .upstream,
            cause: endpoint)
    }

    static let tooManyUpstreamConnections = Failure(
        .unavailable, "upstream.connections", "The service is busy.", origin: .gateway, retry: .always)
}
