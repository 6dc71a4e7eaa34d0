import Engine
import HTTP1
import Testing

@testable import Transports

@Suite(.timeLimit(.minutes(1))) struct KeepAliveTests {
    private func echo() -> Origin {
        .answering { request in
            "HTTP/1.1 200 OK\r\ncontent-length: \(request.line.utf8.count)\r\n\r\n\(request.line)"
        }
    }

    @Test func `a connection carries request after request, up to its limit`() async throws {
        let origin = echo()
        try await withGateway(to: [Endpoint(origin)], settings: ListenerSettings(requestsPerConnection: 3)) { gateway in
            let client = gateway.connect()
            for number in 1...3 {
                client.send("GET /\(number) HTTP/1.1\r\nhost: x\r\n\r\n")
                let response = client.readResponse()
                #expect(response?.body.text == "GET /\(number) HTTP/1.1")
                #expect(response?.fields["connection"] == (number == 3 ? "close" : nil))
            }
            #expect(client.readToEnd() == "" && !client.wasReset)
            #expect(origin.connections == 1)
        }
    }

    @Test func `pipelined requests are answered in their order`() async throws {
        let origin = echo()
        try await withGateway(to: [Endpoint(origin)]) { gateway in
            let client = gateway.connect()
            client.send(
                "GET /1 HTTP/1.1\r\nhost: x\r\n\r\nPOST /2 HTTP/1.1\r\nhost: x\r\ncontent-length: 3\r\n\r\nabc"
                    + "GET /3 HTTP/1.1\r\nhost: x\r\n\r\n")
            let expected = ["GET /1 HTTP/1.1", "POST /2 HTTP/1.1", "GET /3 HTTP/1.1"]
            for line in expected { #expect(client.readResponse()?.body.text == line) }
            #expect(origin.notes == expected)
        }
    }

    @Test func `pipelined requests that come byte by byte are answered in their order`() async throws {
        let origin = echo()
        try await withGateway(to: [Endpoint(origin)]) { gateway in
            let client = gateway.connect()
            for byte in Array("GET /1 HTTP/1.1\r\nhost: x\r\n\r\n\r\nGET /2 HTTP/1.1\r\nhost: x\r\n\r\n".utf8) {
                client.send([byte])
            }
            #expect(client.readResponse()?.body.text == "GET /1 HTTP/1.1")
            #expect(client.readResponse()?.body.text == "GET /2 HTTP/1.1")
        }
    }

    @Test func `a pipelined request waits until the answers before it are read`() async throws {
        let size = 1 << 20
        let answer = LocalAnswer(contentType: "text/plain", body: [UInt8](repeating: 0x61, count: size))
        let route = Route(
            name: "local", match: RouteMatch(path: PathPattern("/")), action: .answer(answer), limits: RouteLimits())
        let plan = Plan(routes: [route], upstreams: [], failures: PlainFailures())
        try await withGateway(plan: plan) { gateway in
            let client = gateway.connect(receiveBuffer: 65536)
            client.send(String(repeating: "GET / HTTP/1.1\r\nhost: x\r\n\r\n", count: 100))
            client.end()
            await gateway.until { $0.isAnyFull }
            // All that can be answered has been by now: the requests came in one read.
            #expect(await gateway.run { $0.mostPending } ?? .max < 2 * size)
            for _ in 0..<100 { #expect(client.readResponse()?.body.bytes.count == size) }
            #expect(client.readToEnd() == "" && !client.wasReset)
        }
    }

    @Test func `nothing behind the last request is read`() async throws {
        let origin = echo()
        try await withGateway(to: [Endpoint(origin)]) { gateway in
            let client = gateway.connect()
            client.send("GET /1 HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\nGET /2 HTTP/1.1\r\nhost: x\r\n\r\n")
            let response = client.readResponse()
            #expect(response?.body.text == "GET /1 HTTP/1.1" && response?.fields["connection"] == "close")
            #expect(client.readToEnd() == "")
            #expect(origin.notes == ["GET /1 HTTP/1.1"])
        }
    }

    @Test func `a client that ends its side gets all of its answers`() async throws {
        let origin = echo()
        try await withGateway(to: [Endpoint(origin)]) { gateway in
            let client = gateway.connect()
            client.send("GET /1 HTTP/1.1\r\nhost: x\r\n\r\nGET /2 HTTP/1.1\r\nhost: x\r\n\r\n")
            client.end()
            #expect(client.readResponse()?.body.text == "GET /1 HTTP/1.1")
            #expect(client.readResponse()?.body.text == "GET /2 HTTP/1.1")
            #expect(client.readToEnd() == "" && !client.wasReset)
        }
    }

    @Test func `a client of HTTP 1_0 gets the answer and the end`() async throws {
        let origin = Origin.answering { _ in
            "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3\r\nabc\r\n3\r\ndef\r\n0\r\n\r\n"
        }
        try await withGateway(to: [Endpoint(origin)]) { gateway in
            let response = gateway.ask("GET / HTTP/1.0\r\nhost: x\r\n\r\n")
            #expect(response?.body.text == "abcdef" && response?.fields["transfer-encoding"] == nil)
            #expect(response?.fields["connection"] == "close" && response?.body.isWhole == true)
        }
    }

    @Test func `a client of HTTP 1_0 may keep its connection`() async throws {
        let origin = echo()
        try await withGateway(to: [Endpoint(origin)]) { gateway in
            let client = gateway.connect()
            for number in 1...2 {
                client.send("GET /\(number) HTTP/1.0\r\nhost: x\r\nconnection: keep-alive\r\n\r\n")
                let response = client.readResponse()
                #expect(response?.body.text == "GET /\(number) HTTP/1.1")
                #expect(response?.fields["connection"] == "keep-alive")
            }
        }
    }

    @Test func `an upstream connection serves one client after the other`() async throws {
        let origin = echo()
        try await withGateway(to: [Endpoint(origin)]) { gateway in
            for number in 1...5 {
                #expect(gateway.ask("GET /\(number) HTTP/1.1\r\nhost: x\r\n\r\n")?.status == 200)
            }
            #expect(origin.connections == 1)
            #expect(await gateway.run { $0.pools[0].open } == 1)
        }
    }

    @Test func `a connection with an answer that is followed by more is not used again`() async throws {
        let origin = Origin.answering { _ in
            "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nokHTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\nevil"
        }
        try await withGateway(to: [Endpoint(origin)]) { gateway in
            for _ in 1...3 { #expect(gateway.ask("GET / HTTP/1.1\r\nhost: x\r\n\r\n")?.body.text == "ok") }
            #expect(origin.connections == 3)
        }
    }

    @Test func `an idle upstream connection is closed in time`() async throws {
        let origin = Origin { origin, peer, _ in
            guard peer.readRequest() != nil else { return }
            peer.send("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n")
            if peer.readToEnd() == "" { origin.note("closed") }
        }
        let limits = UpstreamLimits(idleTimeout: .milliseconds(20))
        try await withGateway(to: [Endpoint(origin)], limits: limits) { gateway in
            #expect(gateway.ask("GET / HTTP/1.1\r\nhost: x\r\n\r\n")?.status == 200)
            await origin.waitForNotes(1)
            #expect(origin.notes == ["closed"])
            #expect(await gateway.run { $0.pools[0].open } == 0)
        }
    }
}
