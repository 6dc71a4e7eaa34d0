import Engine
import HTTP1
import Reactor
import Testing

@testable import Transports

@Suite(.timeLimit(.minutes(1))) struct UpstreamFaultTests {
    private let get = "GET / HTTP/1.1\r\nhost: x\r\n\r\n"

    @Test func `a refused connection is 503, after another try`() async throws {
        let origin = Origin.answering { _ in "HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n" }
        let refusing = Endpoint(host: "127.0.0.1", port: Origin.refusingPort())
        try await withGateway(to: [refusing]) { gateway in
            let response = gateway.ask(get)
            #expect(response?.status == 503 && response?.body.text == "upstream.connect")
            #expect(await gateway.run { $0.pools[0].open } == 0)
        }
        try await withGateway(to: [refusing, Endpoint(origin)]) { gateway in
            for _ in 0..<4 {
                #expect(gateway.ask("POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 2\r\n\r\nab")?.status == 200)
            }
        }
    }

    @Test func `a name that does not resolve is 503, also when that is remembered`() async throws {
        var settings = ReactorSettings()
        settings.resolver.lookup = { _ in .failure(ReactorError(.resolve, code: -2)) }
        try await withGateway(to: [Endpoint(host: "nowhere.invalid", port: 80)], reactor: settings) { gateway in
            let client = gateway.connect()
            for _ in 0..<3 {
                client.send(get)
                let response = client.readResponse()
                #expect(response?.status == 503 && response?.body.text == "upstream.connect")
            }
            #expect(await gateway.run { $0.pools[0].open } == 0)
        }
    }

    @Test func `a connection that is broken off before an answer is tried again only where that is harmless`()
        async throws
    {
        let origin = Origin { origin, peer, _ in
            origin.note(peer.readRequest()?.line ?? "nothing")
            peer.reset()
        }
        try await withGateway(to: [Endpoint(origin)]) { gateway in
            let response = gateway.ask(get)
            #expect(response?.status == 502 && response?.body.text == "upstream.reset")
            #expect(origin.notes.count == 2)
            #expect(gateway.ask("POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 0\r\n\r\n")?.status == 502)
            #expect(origin.notes.count == 3)
        }
    }

    @Test(arguments: [
        "", "HTTP/1.1 200 OK\r\ncontent-le", "HTTP/1.1 100 Continue\r\n\r\n",
    ])
    func `an end before the head is 502`(answer: String) async throws {
        let origin = Origin { _, peer, _ in
            guard peer.readRequest() != nil else { return }
            peer.send(answer)
        }
        try await withGateway(to: [Endpoint(origin)]) { gateway in
            let client = gateway.connect()
            client.send(get)
            var response = client.readResponse()
            if response?.status == 100 { response = client.readResponse() }
            #expect(response?.status == 502)
        }
    }

    @Test(arguments: [
        "HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nhalf",
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n4\r\nhalf\r\n",
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n4\r\nhalf\r\n0\r\n",
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n4\r\nhalf\r\nx\r\n",
    ])
    func `a truncated body is never ended cleanly`(answer: String) async throws {
        let origin = Origin { _, peer, _ in
            guard peer.readRequest() != nil else { return }
            peer.send(answer)
        }
        try await withGateway(to: [Endpoint(origin)]) { gateway in
            let response = gateway.ask(get)
            #expect(response == nil || response?.body.isWhole == false)
            #expect(await gateway.run { $0.pools[0].open } == 0)
        }
    }

    @Test(arguments: ["content-length: 10\r\n\r\nhalf", "transfer-encoding: chunked\r\n\r\n4\r\nhalf\r\n"])
    func `what came before an answer broke off is still passed on`(answer: String) async throws {
        let origin = Origin { _, peer, _ in
            guard peer.readRequest() != nil else { return }
            peer.send("HTTP/1.1 200 OK\r\n" + answer)
        }
        try await withGateway(to: [Endpoint(origin)]) { gateway in
            let client = gateway.connect()
            client.send(get)
            let text = client.readToEnd()
            #expect(text.contains("half") && !text.contains("0\r\n\r\n") && !client.wasReset)
        }
    }

    @Test func `a reset in the middle of a body that ends with the connection is seen`() async throws {
        let latch = Latch()
        let origin = Origin { _, peer, _ in
            guard peer.readRequest() != nil else { return }
            peer.send("HTTP/1.1 200 OK\r\n\r\nhalf")
            latch.wait()
            peer.reset()
        }
        try await withGateway(to: [Endpoint(origin)]) { gateway in
            let client = gateway.connect()
            client.send(get)
            #expect(client.read(through: "half") != nil)
            latch.open()
            #expect(!client.readToEnd().contains("0\r\n\r\n"))
        }
    }

    @Test(arguments: [
        "garbage\r\n\r\n", "HTTP/1.1 200 OK\r\nx: " + String(repeating: "y", count: 70_000) + "\r\n\r\n",
        "HTTP/1.1 204 No Content\r\ncontent-length: 5\r\n\r\nhello",
        "HTTP/1.1 200 OK\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n",
        "HTTP/1.1 101 Switching Protocols\r\n\r\n", "HTTP/1.1 200 OK\nx: y\n\n", "HTTP/1.1 200 OK\r\nx y\r\n\r\n",
        String(repeating: "HTTP/1.1 103 Early Hints\r\n\r\n", count: 9)
            + "HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n",
        "HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nab", "HTTP/2 200 OK\r\n\r\n",
    ])
    func `an answer that breaks the rules is 502 and ends its connection`(answer: String) async throws {
        let origin = Origin { _, peer, _ in
            guard peer.readRequest() != nil else { return }
            peer.send(answer)
            _ = peer.readToEnd()
        }
        try await withGateway(to: [Endpoint(origin)]) { gateway in
            let client = gateway.connect()
            client.send(get)
            var response = client.readResponse()
            while response?.status == 103 { response = client.readResponse() }
            #expect(response?.status == 502 && response?.body.text == "upstream.malformed")
            #expect(await gateway.run { $0.pools[0].open } == 0)
        }
    }

    @Test func `a service that does not answer in time is 504`() async throws {
        let origin = Origin { origin, peer, _ in
            _ = peer.readRequest()
            origin.note(peer.readToEnd() + "gone")
        }
        let route = RouteLimits(timeout: .milliseconds(20))
        try await withGateway(to: [Endpoint(origin)], route: route) { gateway in
            let response = gateway.ask(get)
            #expect(response?.status == 504 && response?.body.text == "upstream.timeout")
            await origin.waitForNotes(1)
            #expect(origin.notes == ["gone"])
        }
    }

    @Test func `a service that stops in the middle is broken off`() async throws {
        let origin = Origin { _, peer, _ in
            guard peer.readRequest() != nil else { return }
            peer.send("HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nhalf")
            _ = peer.readToEnd()
        }
        try await withGateway(to: [Endpoint(origin)], stallTimeout: .milliseconds(20)) { gateway in
            #expect(gateway.ask(get)?.body.isWhole != true)
        }
    }

    @Test func `a connection that is not made in time is 503`() async throws {
        // A name whose look-up does not end: the connection waits before there is a socket.
        let gate = Latch()
        var settings = ReactorSettings()
        settings.resolver.lookup = { _ in
            gate.wait()
            return .failure(ReactorError(.resolve, code: -2))
        }
        let limits = UpstreamLimits(connectTimeout: .milliseconds(20))
        try await withGateway(to: [Endpoint(host: "slow.invalid", port: 80)], limits: limits, reactor: settings) {
            gateway in
            let response = gateway.ask(get)
            #expect(response?.status == 503 && response?.body.text == "upstream.connect")
            #expect(await gateway.run { $0.pools[0].open } == 0)
            gate.open()
        }
    }

    @Test func `a client that goes while its upstream connects leaves no connection behind`() async throws {
        let gate = Latch()
        var settings = ReactorSettings()
        settings.resolver.lookup = { _ in
            gate.wait()
            return .success([.loopback])
        }
        // More than a busy machine takes to look: past it the gateway would have answered.
        let limits = UpstreamLimits(connectTimeout: .seconds(600))
        try await withGateway(to: [Endpoint(host: "slow.invalid", port: 1)], limits: limits, reactor: settings) {
            gateway in
            let client = gateway.connect()
            client.send(get)
            await gateway.until { $0.pools[0].open == 1 }
            client.reset()
            await gateway.until { $0.listener.openConnections == 0 }
            #expect(await gateway.run { $0.pools[0].open } == 0)
            gate.open()
        }
    }

    @Test func `a client that goes in the middle of a body cancels the attempt`() async throws {
        let origin = Origin { origin, peer, _ in
            _ = peer.readHead()
            origin.note("head")
            origin.note(peer.readToEnd())
        }
        try await withGateway(to: [Endpoint(origin)]) { gateway in
            let client = gateway.connect()
            client.send("POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 10\r\n\r\nhalf")
            await origin.waitForNotes(1)
            client.reset()
            await origin.waitForNotes(2)
            #expect(await gateway.run { $0.pools[0].open } == 0)
        }
    }

    @Test func `a kept connection that is closed just then is replaced for GET, not for POST`() async throws {
        // Answers once, then resets as soon as the next request comes.
        let origin = Origin { origin, peer, _ in
            guard let first = peer.readRequest() else { return }
            origin.note(first.line)
            peer.send("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n")
            _ = peer.readRequest()
            peer.reset()
        }
        try await withGateway(to: [Endpoint(origin)]) { gateway in
            #expect(gateway.ask(get)?.status == 200)
            #expect(gateway.ask(get)?.status == 200)
            #expect(origin.connections == 2)
            let response = gateway.ask("POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 0\r\n\r\n")
            #expect(response?.status == 502 && response?.body.text == "upstream.stale")
            #expect(origin.connections == 2)
        }
    }

    @Test func `when one kept connection was stale, the others are not tried`() async throws {
        let latch = Latch()
        let origin = Origin { origin, peer, _ in
            guard peer.readRequest() != nil else { return }
            origin.note("asked")
            latch.wait()
            peer.send("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n")
            _ = peer.readRequest()
            peer.reset()
        }
        try await withGateway(to: [Endpoint(origin)]) { gateway in
            let clients = (0..<3).map { _ in gateway.connect() }
            for client in clients { client.send(get) }
            await origin.waitForNotes(3)
            latch.open()
            for client in clients { #expect(client.readResponse()?.status == 200) }
            #expect(gateway.ask(get)?.status == 200)
            #expect(origin.connections == 4)
        }
    }
}
