import Engine
import HTTP1
import Testing

@testable import Transports

@Suite(.timeLimit(.minutes(1))) struct DrainTests {
    private let get = "GET / HTTP/1.1\r\nhost: x\r\n\r\n"

    @Test func `a draining listener finishes what is under way and closes what is idle`() async throws {
        let latch = Latch()
        let origin = Origin.answering { request in
            if request.line.contains("slow") { latch.wait() }
            return "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok"
        }
        try await withGateway(to: [Endpoint(origin)]) { gateway in
            let idle = gateway.connect()
            idle.send(get)
            #expect(idle.readResponse()?.fields["connection"] == nil)
            let busy = gateway.connect()
            busy.send("GET /slow HTTP/1.1\r\nhost: x\r\n\r\n" + get)
            await origin.waitForNotes(2)

            let (drained, continuation) = AsyncStream<Void>.makeStream()
            _ = await gateway.run { $0.listener.drain { continuation.finish() } }
            #expect(idle.readToEnd() == "" && !idle.wasReset)
            #expect(await gateway.run { $0.listener.address == nil } == true)
            #expect(await gateway.run { $0.listener.openConnections } == 1)

            latch.open()
            let response = busy.readResponse()
            #expect(response?.body.text == "ok" && response?.fields["connection"] == "close")
            #expect(busy.readToEnd() == "" && !busy.wasReset)
            busy.end()
            for await _ in drained {}
            #expect(await gateway.run { $0.listener.openConnections } == 0)
        }
    }

    @Test func `a listener without connections has drained at once`() async throws {
        try await withGateway(to: [Endpoint(host: "127.0.0.1", port: 1)]) { gateway in
            let (drained, continuation) = AsyncStream<Void>.makeStream()
            _ = await gateway.run { $0.listener.drain { continuation.finish() } }
            for await _ in drained {}
        }
    }

    @Test func `what does not finish in time is cut off`() async throws {
        let latch = Latch()
        let origin = Origin.answering { _ in
            latch.wait()
            return ""
        }
        try await withGateway(to: [Endpoint(origin)]) { gateway in
            let client = gateway.connect()
            client.send(get)
            await origin.waitForNotes(1)
            let (drained, continuation) = AsyncStream<Void>.makeStream()
            _ = await gateway.run { parts in
                parts.listener.drain { continuation.finish() }
                parts.listener.abort()
            }
            for await _ in drained {}
            #expect(client.readToEnd() == "" && client.wasReset)
            latch.open()
        }
    }

    @Test func `a closed gateway keeps no connection to its upstreams`() async throws {
        let origin = Origin { origin, peer, _ in
            while peer.readRequest() != nil { peer.send("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n") }
            origin.note("closed")
        }
        try await withGateway(to: [Endpoint(origin)]) { gateway in
            let client = gateway.connect()
            client.send(get)
            #expect(client.readResponse()?.status == 200)
            _ = await gateway.run { $0.gateway.close() }
            await origin.waitForNotes(1)
            client.send(get)
            #expect(client.readResponse()?.status == 200)
            await origin.waitForNotes(2)
            #expect(await gateway.run { $0.pools[0].open } == 0)
        }
    }
}
