import Engine
import HTTP2
import Reactor
import Testing

@testable import Transports

/// What must hold whatever two gateways speak to each other.
@Suite(.timeLimit(.minutes(2))) struct WireTests {
    private func answer(_ body: String, _ fields: String = "") -> String {
        "HTTP/1.1 200 OK\r\ncontent-length: \(body.utf8.count)\r\n\(fields)\r\n\(body)"
    }

    @Test(arguments: Hop.allCases)
    func `a request crosses with its body and the answer with its own`(hop: Hop) async throws {
        let origin = Origin.answering { request in
            "HTTP/1.1 201 Created\r\nx-seen: \(request.line)\r\nx-host: \(request.fields["host"] ?? "")\r\n"
                + "x-cookies: \(request.fields.all("cookie").joined(separator: "|"))\r\n"
                + "content-length: \(request.body.bytes.count)\r\n\r\n\(request.body.text)"
        }
        try await withChain(hop, to: origin) { chain in
            for _ in 0..<3 {
                let response = chain.front.ask(
                    "POST /a/b?c=d HTTP/1.1\r\nhost: localhost:80\r\ncookie: a=1; b=2\r\nX-Mixed: v\r\ncontent-length: 5\r\n\r\nhello"
                )
                #expect(response?.status == 201)
                #expect(response?.body.text == "hello")
                #expect(response?.fields["x-seen"] == "POST /a/b?c=d HTTP/1.1")
                #expect(response?.fields["x-host"] == "localhost:80")
                #expect(response?.fields["x-cookies"] == "a=1; b=2")
            }
        }
    }

    @Test(arguments: [Hop.http2, .secureHTTP1, .secureHTTP2])
    func `100 MB cross both ways while little of it is held`(hop: Hop) async throws {
        let size = 100 << 20
        let origin = Origin { _, peer, _ in
            guard peer.readHead() != nil else { return }
            peer.send("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n")
            var count = 0
            while count < size {
                let piece = peer.read(1 << 18)
                if piece.isEmpty { return }
                count += piece.count
                peer.send(String(piece.count, radix: 16) + "\r\n")
                peer.send(piece)
                peer.send("\r\n")
            }
            peer.send("0\r\n\r\n")
        }
        try await withChain(hop, to: origin) { chain in
            let client = chain.front.connect()
            onThread { [client = Unsent(client)] in
                client.peer.send(
                    "POST / HTTP/1.1\r\nhost: localhost\r\ncontent-length: \(size)\r\nconnection: close\r\n\r\n")
                let piece = [UInt8](repeating: 0x61, count: 1 << 18)
                for _ in 0..<(size >> 18) { client.peer.send(piece) }
            }
            #expect(client.readHead()?.hasPrefix("HTTP/1.1 200") == true)
            var count = 0
            var most = 0
            while let line = client.read(through: "\r\n"), let length = Int(line.dropLast(1), radix: 16), length > 0 {
                count += client.read(length).count
                _ = client.read(2)
                if count & 0xFFFFF < length { most = max(most, await chain.front.run { $0.mostPending } ?? .max) }
            }
            #expect(count == size)
            #expect(most < 2 << 20)
        }
    }

    @Test(arguments: Hop.allCases) func `trailers cross both ways`(hop: Hop) async throws {
        let origin = Origin.answering { request in
            "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\nok\r\n0\r\nx-echo: \(request.body.trailers["x-sum"] ?? "none")\r\n\r\n"
        }
        try await withChain(hop, to: origin) { chain in
            let response = chain.front.ask(
                "POST / HTTP/1.1\r\nhost: localhost\r\nte: trailers\r\nconnection: te\r\ntransfer-encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\nx-sum: 6\r\n\r\n"
            )
            #expect(response?.body.text == "ok")
            #expect(response?.body.trailers["x-echo"] == "6")
        }
    }

    @Test(arguments: Hop.allCases)
    func `a client that goes away takes its call with it, to the very end`(hop: Hop) async throws {
        let origin = Origin { origin, peer, _ in
            guard peer.readRequest() != nil else { return }
            origin.note("request")
            peer.send("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\nok\r\n")
            _ = peer.readToEnd()
            origin.note("end")
        }
        try await withChain(hop, to: origin) { chain in
            let client = chain.front.connect()
            client.send("GET / HTTP/1.1\r\nhost: localhost\r\n\r\n")
            #expect(client.readHead() != nil)
            client.reset()
            await origin.waitForNotes(2)
            #expect(origin.notes == ["request", "end"])
        }
    }

    @Test(arguments: Hop.allCases)
    func `an answer that breaks off is not made whole`(hop: Hop) async throws {
        let origin = Origin { _, peer, _ in
            guard peer.readRequest() != nil else { return }
            peer.send("HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nhal")
            peer.reset()
        }
        try await withChain(hop, to: origin) { chain in
            let response = chain.front.ask("GET / HTTP/1.1\r\nhost: localhost\r\n\r\n")
            #expect(response?.body.isWhole != true)
        }
    }

    @Test(arguments: Hop.allCases)
    func `more calls at once than one connection may have streams are all answered`(hop: Hop) async throws {
        let origin = Origin.answering { [self] request in answer(request.line) }
        var settings = ListenerSettings()
        settings.http2.concurrentStreams = 8
        try await withChain(hop, to: origin, settings: settings) { chain in
            let clients = (0..<60).map { _ in chain.front.connect() }
            for (index, client) in clients.enumerated() {
                client.send("GET /\(index) HTTP/1.1\r\nhost: localhost\r\n\r\n")
            }
            for (index, client) in clients.enumerated() {
                #expect(client.readResponse()?.body.text == "GET /\(index) HTTP/1.1")
            }
        }
    }

    @Test(arguments: Hop.allCases)
    func `an answer may come before the request is whole`(hop: Hop) async throws {
        let origin = Origin { [self] _, peer, _ in
            guard peer.readHead() != nil else { return }
            peer.send(answer("early", "connection: close\r\n"))
        }
        try await withChain(hop, to: origin) { chain in
            let client = chain.front.connect()
            client.send("POST / HTTP/1.1\r\nhost: localhost\r\ncontent-length: 1000000\r\n\r\nabc")
            #expect(client.readResponse()?.body.text == "early")
        }
    }

    @Test(arguments: Hop.allCases) func `HEAD, 204 and 304 have no body on any wire`(hop: Hop) async throws {
        let origin = Origin.answering { request in
            request.line.hasPrefix("HEAD")
                ? "HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n"
                : "HTTP/1.1 \(request.line.contains("304") ? "304 Not Modified" : "204 No Content")\r\n\r\n"
        }
        try await withChain(hop, to: origin) { chain in
            let client = chain.front.connect()
            client.send("HEAD / HTTP/1.1\r\nhost: localhost\r\n\r\n")
            let head = client.readResponse(toHead: true)
            #expect(head?.status == 200)
            #expect(head?.fields["content-length"] == "9")
            client.send("GET /304 HTTP/1.1\r\nhost: localhost\r\n\r\n")
            #expect(client.readResponse()?.status == 304)
            client.send("GET /204 HTTP/1.1\r\nhost: localhost\r\n\r\n")
            #expect(client.readResponse()?.status == 204)
        }
    }

    @Test(arguments: Hop.allCases) func `what drains lets its calls finish`(hop: Hop) async throws {
        let latch = Latch()
        let origin = Origin { origin, peer, _ in
            guard peer.readRequest() != nil else { return }
            peer.send("HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nhe")
            origin.note("half")
            latch.wait()
            peer.send("llo")
        }
        try await withChain(hop, to: origin) { chain in
            let client = chain.front.connect()
            client.send("GET / HTTP/1.1\r\nhost: localhost\r\n\r\n")
            await origin.waitForNotes(1)
            _ = await chain.back.run { $0.listener.drain {} }
            latch.open()
            #expect(client.readResponse()?.body.text == "hello")
            await chain.back.until { $0.listener.openConnections == 0 }
        }
    }
}

/// Lets one thread send while another reads.
private struct Unsent: @unchecked Sendable {
    // A socket may be written to on one thread and read from on another; nothing else of the peer is used there.
    let peer: Peer

    init(_ peer: Peer) {
        self.peer = peer
    }
}
