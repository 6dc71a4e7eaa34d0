import Buffers
import Canonical
import HTTP
import Reactor
import TestSupport
import Testing

@testable import Engine

/// Routes that the gateway serves itself.
@Suite struct LocalServiceTests {
    @Test func `a service answers as it is asked, until it ends the call`() async throws {
        try await onWorker { reactor in
            let (gateway, client) = (gateway(reactor), FakeClient())
            let call = call(gateway, client)
            #expect(call.isStreaming)
            call.receive(.body(Bytes("a")))
            #expect(client.heard == ["head 200", "body a"])
            #expect(!call.isOver && !call.isAwaitingUpstream)
            call.receive(.body(Bytes("b")))
            call.receive(.end(trailers: nil))
            #expect(client.heard == ["head 200", "body a", "body b", "end"])
            #expect(call.isOver)
            gateway.recycle(call)
        }
    }

    @Test func `what a service throws is rendered by the face`() async throws {
        try await onWorker { reactor in
            let client = FakeClient()
            call(gateway(reactor), client).receive(.body(Bytes("fail")))
            #expect(client.heard == ["head 404", "body test.none", "end"])
        }
    }

    @Test func `a client that does not read the answers is not read either`() async throws {
        try await onWorker { reactor in
            let client = FakeClient()
            let call = call(gateway(reactor), client)
            client.isWritable = false
            call.receive(.body(Bytes("a")))
            call.receive(.body(Bytes("b")))
            #expect(client.heard == ["head 200", "pause", "body a", "body b"])
            client.isWritable = true
            call.clientDrained()
            #expect(client.heard.last == "resume")
        }
    }

    @Test func `a client that leaves ends the call`() async throws {
        try await onWorker { reactor in
            let client = FakeClient()
            let call = call(gateway(reactor), client)
            call.cancel()
            call.receive(.body(Bytes("a")))
            #expect(client.heard.isEmpty && call.isOver)
        }
    }

    private func gateway(_ reactor: Reactor) -> Gateway {
        let pass = PassThrough()
        let route = Route(
            name: "echo", match: RouteMatch(path: PathPattern("/**")),
            action: .serve(face: pass, service: EchoFactory()),
            limits: RouteLimits())
        return Gateway(reactor: reactor, plan: Plan(routes: [route], upstreams: [], failures: pass), seed: 1) { _, _ in
            FakeConnector()
        }
    }

    private func call(_ gateway: Gateway, _ client: FakeClient) -> Call {
        let call = gateway.takeCall()
        call.request.method = .post
        call.request.target = Array("/x".utf8)
        call.request.body = .unknown
        call.start(on: client, from: ClientIdentity(address: Array("192.0.2.1".utf8)))
        return call
    }
}

private struct EchoFactory: LocalServiceFactory {
    func makeService(_ context: CallContext) -> any LocalService { EchoService() }
}

private final class EchoService: LocalService {
    private var hasStarted = false

    func receive(_ part: consuming RequestPart, into parts: inout Outbox<ResponsePart>) throws(Failure) {
        switch consume part {
        case .head: break
        case .message(.opaque(let bytes)) where String(bytes) == "fail":
            throw Failure(.notFound, "test.none", "No.")
        case .message(let message):
            if !hasStarted { parts.append(.head(HTTPResponseHead(status: 200))) }
            hasStarted = true
            parts.append(.message(message))
        case .end: parts.append(.end(.success(trailers: nil)))
        }
    }
}
