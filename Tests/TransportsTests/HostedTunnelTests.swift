import Buffers
import Canonical
import Engine
import HTTP
import Relay
import Testing

@testable import Transports

/// Tunnels that end in the gateway itself.
@Suite(.timeLimit(.minutes(2))) struct HostedTunnelTests {
    private static let opening =
        "GET /echo HTTP/1.1\r\nhost: localhost\r\nupgrade: websocket\r\nconnection: upgrade\r\n"
        + "sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\nsec-websocket-version: 13\r\n\r\n"

    private func plan(_ upstream: any LocalUpstream) -> Plan {
        let factory = RelayFactory(failures: PlainFailures())
        let route = Route(
            name: "echo", match: RouteMatch(path: PathPattern("/echo")),
            action: .host(face: factory, translator: factory, upstream: upstream), limits: RouteLimits(),
            carriesTunnels: true)
        return Plan(routes: [route], upstreams: [], failures: PlainFailures())
    }

    @Test func `one that is accepted at once stays open`() async throws {
        try await withGateway(plan: plan(Echo(refusal: nil))) { gateway in
            let client = gateway.connect()
            client.send(Self.opening + "early")
            #expect(client.readHead()?.hasPrefix("HTTP/1.1 101") == true)
            #expect(client.read(5) == Array("early".utf8))
            client.send("later")
            #expect(client.read(5) == Array("later".utf8))
            client.end()
            #expect(client.readToEnd() == "bye")
        }
    }

    @Test func `one that is refused is an answer, and the connection lives on`() async throws {
        let refusal = Failure(.permissionDenied, "test.refused", "No.", origin: .client, httpStatus: 403)
        try await withGateway(plan: plan(Echo(refusal: refusal))) { gateway in
            let client = gateway.connect()
            for _ in 0..<2 {
                client.send(Self.opening)
                #expect(client.readResponse()?.status == 403)
            }
        }
    }

    @Test func `a route without tunnels opens none`() async throws {
        let factory = RelayFactory(failures: PlainFailures())
        let route = Route(
            name: "plain", match: RouteMatch(path: PathPattern("/echo")),
            action: .host(face: factory, translator: factory, upstream: Echo(refusal: nil)), limits: RouteLimits())
        let plan = Plan(routes: [route], upstreams: [], failures: PlainFailures())
        try await withGateway(plan: plan) { gateway in
            let response = gateway.ask(Self.opening)
            #expect(response?.body.text == "route.no_tunnel")
        }
    }
}

/// Sends back what it gets, and says goodbye.
private struct Echo: LocalUpstream {
    let refusal: Failure?

    func open(
        for receiver: any UpstreamReceiver, of context: CallContext, on gateway: Gateway, under plan: PlanState
    ) throws(Failure) -> any UpstreamStream {
        if let refusal { throw refusal }
        return EchoStream(receiver)
    }
}

private final class EchoStream: UpstreamStream {
    private let receiver: any UpstreamReceiver
    private var isOver = false

    init(_ receiver: any UpstreamReceiver) {
        self.receiver = receiver
    }

    func send(_ part: consuming HTTPRequestPart) {
        if isOver { return }
        switch consume part {
        case .head: receiver.deliver(.head(HTTPResponseHead(status: 101)))
        case .body(let bytes): receiver.deliver(.body(bytes))
        case .end:
            receiver.deliver(.body(Bytes("bye")))
            receiver.deliver(.end(trailers: nil))
        }
    }

    func cancel() { isOver = true }
    var isWritable: Bool { true }
    func pauseReading() {}
    func resumeReading() {}
}
