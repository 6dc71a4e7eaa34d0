internal import Canonical
internal import Engine
internal import HTTP1
internal import Reactor

/// One worker's connections to an endpoint that chooses between HTTP/2 and HTTP/1.1 itself (ALPN).
///
/// The first connection finds out; calls that come meanwhile wait for it. From then on the pool of what was chosen does
/// the work, until a connection of it fails to be made: the endpoint may have changed its mind.
final class NegotiatedPool: EndpointConnector {
    let dialer: Dialer
    let http1: HTTP1Pool
    let http2: HTTP2Pool
    private var choice = Choice.unknown
    private var negotiation: Negotiation?

    private enum Choice { case unknown, http1, http2 }

    init(_ dialer: Dialer, upstream: Upstream) {
        self.dialer = dialer
        http1 = HTTP1Pool(dialer: dialer.offering(.http1), upstream: upstream)
        http2 = HTTP2Pool(dialer: dialer.offering(.http2), upstream: upstream)
        http1.whenUnreachable = { [weak self] in self?.choice = .unknown }
        http2.whenUnreachable = { [weak self] in self?.choice = .unknown }
    }

    func open(for receiver: any UpstreamReceiver) throws(Failure) -> any UpstreamStream {
        switch choice {
        case .http1: return try http1.open(for: receiver)
        case .http2: return try http2.open(for: receiver)
        case .unknown:
            let stream = AwaitedStream(receiver: receiver)
            let negotiation = self.negotiation ?? begin()
            negotiation.streams.append(stream)
            return stream
        }
    }

    /// What carries tunnels without having said so first.
    func openTunnel(for receiver: any UpstreamReceiver) throws(Failure) -> any UpstreamStream {
        try http1.open(for: receiver)
    }

    func close() {
        http1.close()
        http2.close()
    }

    private func begin() -> Negotiation {
        let negotiation = Negotiation(pool: self)
        self.negotiation = negotiation
        negotiation.begin()
        return negotiation
    }

    // MARK: From the negotiation

    /// The endpoint has chosen: the waiting calls go on, the first of them on this very connection.
    func chose(_ name: String?, on socket: Socket, for streams: [AwaitedStream]) {
        negotiation = nil
        if name == "h2" {
            choice = .http2
            http2.adopt(socket)
            for stream in streams { stream.proceed(http2.open) }
        } else {
            choice = .http1
            http1.adopt(socket)
            for stream in streams { stream.proceed(http1.open) }
        }
    }

    func failed(_ cause: String, for streams: [AwaitedStream]) {
        negotiation = nil
        dialer.connectFailed()
        for stream in streams { stream.fail(.unreachable(dialer.name, cause)) }
    }
}
