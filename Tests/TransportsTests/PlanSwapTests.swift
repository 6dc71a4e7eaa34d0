import Buffers
import Canonical
import Engine
import HTTP
import Reactor
import Testing

@testable import Transports

/// Connections to upstreams that a gateway's next plan does not have.
@Suite(.timeLimit(.minutes(2))) struct PlanSwapTests {
    private static let request = "GET / HTTP/1.1\r\nhost: localhost\r\n\r\n"

    @Test(arguments: Hop.allCases)
    func `a call under way is answered where it was sent, and its connection goes then`(hop: Hop) async throws {
        let gate = Latch()
        let old = Origin.answering { _ in
            gate.wait()
            return "HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\nold"
        }
        let new = Origin.answering { _ in "HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\nnew" }
        try await withChain(hop, to: old) { chain in
            let client = chain.front.connect()
            client.send(Self.request)
            await old.waitForNotes(1)
            let plan = relayPlan(to: [Endpoint(new)])
            _ = await chain.front.run { $0.gateway.replace(plan) }
            #expect(chain.front.ask(Self.request)?.body.text == "new")
            gate.open()
            #expect(client.readResponse()?.body.text == "old")
            await chain.back.until { $0.listener.openConnections == 0 }
            // The client's own connection is that of the next request as well.
            client.send(Self.request)
            #expect(client.readResponse()?.body.text == "new")
        }
    }

    @Test(arguments: [Endpoint.Wire.http1, .http2])
    func `a stream that waits for its connection gets it from a pool that was closed`(wire: Endpoint.Wire) async throws
    {
        let origin = Origin.answering { _ in "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok" }
        try await withGateway(to: [Endpoint(origin)]) { gateway in
            let endpoint = Endpoint(host: "127.0.0.1", port: gateway.port, wire: wire)
            let worker = try Worker.start()
            let status = await worker.run { worker in
                let reactor = worker.reactor
                let receiver = Receiver()
                return await withCheckedContinuation { continuation in
                    receiver.completion = { continuation.resume(returning: $0) }
                    let pool = ConnectionPool.make(reactor, endpoint, of: Upstream(name: "u", endpoints: [endpoint]))
                    guard let stream = try? pool.open(for: receiver) else {
                        return continuation.resume(returning: 0)
                    }
                    var head = HTTPRequestHead()
                    head.target = Array("/".utf8)
                    endpoint.address(&head)
                    stream.send(.head(head))
                    stream.send(.end(trailers: nil))
                    pool.close()
                }
            }
            #expect(status == 200)
            await gateway.until { $0.listener.openConnections == 0 }
            await worker.stop()
        }
    }
}

private final class Receiver: UpstreamReceiver {
    var completion: (Int) -> Void = { _ in }
    private var status = 0

    func deliver(_ part: consuming HTTPResponsePart) {
        switch consume part {
        case .head(let head): status = head.status
        case .end: completion(status)
        case .interim, .body: break
        }
    }

    func attemptFailed(_ failure: Failure) { completion(-1) }
    func upstreamDrained() {}
}
