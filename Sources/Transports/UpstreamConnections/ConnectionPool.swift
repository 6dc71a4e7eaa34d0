public import Engine
public import Reactor

/// Makes the connection pool that an endpoint needs, for one worker.
public enum ConnectionPool {
    public static func make(
        _ reactor: Reactor, _ endpoint: Endpoint, of upstream: Upstream
    ) -> any EndpointConnector {
        let dialer = Dialer(
            reactor: reactor, endpoint: endpoint, connectTimeout: upstream.limits.connectTimeout,
            offering: endpoint.wire)
        return switch endpoint.wire {
        case .http1: HTTP1Pool(dialer: dialer, upstream: upstream)
        case .http2: HTTP2Pool(dialer: dialer, upstream: upstream)
        case .negotiated: NegotiatedPool(dialer, upstream: upstream)
        }
    }
}
