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

    static let tooManyUpstreamConnections = Failure(
        .unavailable, "upstream.connections", "The service is busy.", origin: .gateway, retry: .always)
}
