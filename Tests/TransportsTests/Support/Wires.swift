import Engine
import HTTP1
import Reactor
import TestSupport

@testable import Transports

/// What a gateway speaks to the next one.
enum Hop: String, CaseIterable, Sendable {
    case http1, http2, secureHTTP1, secureHTTP2, negotiated

    var isSecure: Bool { self == .secureHTTP1 || self == .secureHTTP2 || self == .negotiated }

    var wire: Endpoint.Wire {
        switch self {
        case .http1, .secureHTTP1: .http1
        case .http2, .secureHTTP2: .http2
        case .negotiated: .negotiated
        }
    }
}

/// Two gateways in a row: a client speaks HTTP/1.1 to `front`, which speaks to `back` by a hop, which speaks HTTP/1.1 to
/// the origin. So a test of one is a test of both sides of a wire.
struct Chain: Sendable {
    let front: Gatehouse
    let back: Gatehouse
}

/// Runs `body` with a chain before `origin`, which ends with it.
func withChain(
    _ hop: Hop, to origin: Origin, settings: ListenerSettings = ListenerSettings(),
    limits: UpstreamLimits = UpstreamLimits(), _ body: (Chain) async throws -> Void
) async throws {
    let authority = try TestAuthority()
    var tls: TLSServerContext?
    if hop.isSecure {
        tls = try TLSServerContext(TLSServerSettings(certificates: [authority.issue("localhost")]))
    }
    let plan = relayPlan(to: [Endpoint(origin)])
    try await withGateway(plan: plan, settings: settings, tls: tls) { back in
        var client = TLSClientSettings()
        client.authorities = authority.roots
        let endpoint = Endpoint(
            host: "127.0.0.1", port: back.port, wire: hop.wire,
            tls: hop.isSecure ? try EndpointTLS(serverName: "localhost", client) : nil)
        try await withGateway(to: [endpoint], limits: limits) { front in
            try await body(Chain(front: front, back: back))
        }
    }
}
