import Buffers
import Canonical
import HTTP
import Reactor

@testable import Engine

/// A gateway with one route to one upstream, a client in front and endpoints behind that the test plays.
final class Stage {
    let reactor: Reactor
    let gateway: Gateway
    let client = FakeClient()
    let connectors: [FakeConnector]
    private(set) var call: Call

    init(
        _ reactor: Reactor, endpoints: Int = 1, limits: UpstreamLimits = UpstreamLimits(),
        route: RouteLimits = RouteLimits(), path: String = "/**", operation: Operation? = nil, gathers: Bool = false,
        observer: (any CallObserver)? = nil
    ) {
        let pass = PassThrough(gathers: gathers)
        let routes = [
            Route(
                name: "test", match: RouteMatch(path: PathPattern(path)), operation: operation,
                action: .call(face: pass, translator: pass, upstream: 0), limits: route),
            Route(
                name: "local", match: RouteMatch(path: PathPattern("/local")),
                action: .answer(LocalAnswer(contentType: "text/plain", body: Array("hello".utf8))), limits: route),
        ]
        let addresses = (0..<endpoints).map { Endpoint(host: "h\($0)", port: 80) }
        let plan = Plan(
            routes: routes, upstreams: [Upstream(name: "u", endpoints: addresses, limits: limits)], failures: pass)
        var connectors: [FakeConnector] = []
        self.reactor = reactor
        gateway = Gateway(reactor: reactor, plan: plan, seed: 1, observer: observer) { _, _ in
            connectors.append(FakeConnector())
            return connectors[connectors.count - 1]
        }
        self.connectors = connectors
        call = gateway.takeCall()
    }

    /// Like a listener that closes; a call and its stream know each other until it has ended.
    deinit {
        call.cancel()
    }

    /// All attempts, those at the first endpoint first.
    var streams: [FakeStream] { connectors.flatMap(\.streams) }

    func start(_ method: HTTPMethod, _ target: String, _ headers: [(String, String)] = [], body: BodyLength = .none) {
        call.request.method = method
        call.request.target = Array(target.utf8)
        call.request.authority = Array("example.org".utf8)
        call.request.body = body
        for (name, value) in headers { call.request.headers.append(name, value) }
        call.start(on: client, from: ClientIdentity(address: Array("192.0.2.1".utf8)))
    }

    func get(_ target: String) {
        start(.get, target)
        call.receive(.end(trailers: nil))
    }

    func post(_ bodies: String..., ends: Bool = true) {
        start(.post, "/x", body: .unknown)
        for body in bodies { call.receive(.body(Bytes(body))) }
        if ends { call.receive(.end(trailers: nil)) }
    }

    /// Gives the call back and takes the next, which should be the same object.
    func recycle() {
        gateway.recycle(call)
        call = gateway.takeCall()
    }

    /// Lets `duration` pass for the timers.
    func wait(_ duration: Duration) {
        reactor.timers.advance(to: reactor.now + duration)
    }
}
