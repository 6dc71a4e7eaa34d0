import Engine
import Reactor
import Testing

@testable import Transports

/// WebSockets that pass through: over every hop, byte by byte what they were.
@Suite(.timeLimit(.minutes(2))) struct TunnelTests {
    // RFC 6455 §1.3.
    private static let opening =
        "GET /chat?room=1 HTTP/1.1\r\nhost: localhost\r\nupgrade: websocket\r\nconnection: Upgrade\r\n"
        + "sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\nsec-websocket-version: 13\r\n"
        + "sec-websocket-protocol: chat\r\nsec-websocket-extensions: permessage-deflate\r\n\r\n"

    /// Opens the WebSocket as a server, after it has noted what was asked for.
    private static func accept(_ origin: Origin, _ peer: Peer) -> Bool {
        guard let head = peer.readHead(), let key = field("sec-websocket-key", of: head) else { return false }
        origin.note(head)
        let proof = WebSocketProof.answer(to: key)
        peer.send(
            "HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: upgrade\r\n"
                + "sec-websocket-accept: \(proof)\r\nsec-websocket-protocol: chat\r\n\r\n")
        return true
    }

    private static func field(_ name: String, of head: String) -> String? {
        head.split(separator: "\r\n").first { $0.lowercased().hasPrefix(name + ":") }
            .map { $0.dropFirst(name.count + 1).drop { $0 == " " } }.map(String.init)
    }

    @Test(arguments: Hop.allCases) func `bytes pass both ways, once it is open`(hop: Hop) async throws {
        let origin = Origin { origin, peer, _ in
            guard Self.accept(origin, peer) else { return }
            peer.send("welcome")
            while true {
                let bytes = peer.read(4)
                if bytes.isEmpty { break }
                peer.send(bytes.reversed())
            }
            origin.note("end")
        }
        try await withChain(hop, to: origin) { chain in
            let client = chain.front.connect()
            client.send(Self.opening + "early")
            let head = try #require(client.readHead())
            #expect(head.hasPrefix("HTTP/1.1 101"))
            #expect(Self.field("sec-websocket-accept", of: head) == "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")
            #expect(Self.field("sec-websocket-protocol", of: head) == "chat")
            #expect(Self.field("upgrade", of: head) == "websocket")
            #expect(client.read(11) == Array("welcomelrae".utf8))
            client.send("yyy1234")
            #expect(client.read(8) == Array("yyyy4321".utf8))
            client.end()
            #expect(client.readToEnd().isEmpty)
            await origin.waitForNotes(2)
            let asked = origin.notes[0]
            #expect(asked.hasPrefix("GET /chat?room=1 HTTP/1.1"))
            #expect(Self.field("sec-websocket-extensions", of: asked) == "permessage-deflate")
            #expect(Self.field("sec-websocket-version", of: asked) == "13")
            #expect(Self.field("x-forwarded-for", of: asked) == "127.0.0.1")
            #expect(origin.notes[1] == "end")
        }
    }

    @Test(arguments: Hop.allCases) func `the service's end is the client's`(hop: Hop) async throws {
        let origin = Origin { origin, peer, _ in
            guard Self.accept(origin, peer) else { return }
            peer.send("bye")
        }
        try await withChain(hop, to: origin) { chain in
            let client = chain.front.connect()
            client.send(Self.opening)
            #expect(client.readHead()?.hasPrefix("HTTP/1.1 101") == true)
            #expect(client.readToEnd() == "bye")
        }
    }

    @Test(arguments: Hop.allCases) func `a client that is cut off takes the service's end with it`(hop: Hop)
        async throws
    {
        let origin = Origin { origin, peer, _ in
            guard Self.accept(origin, peer) else { return }
            _ = peer.readToEnd()
            origin.note("end")
        }
        try await withChain(hop, to: origin) { chain in
            let client = chain.front.connect()
            client.send(Self.opening)
            #expect(client.readHead() != nil)
            client.reset()
            await origin.waitForNotes(2)
        }
    }

    @Test(arguments: Hop.allCases) func `a refusal is an answer as any other`(hop: Hop) async throws {
        let origin = Origin.answering { _ in
            "HTTP/1.1 403 Forbidden\r\ncontent-length: 2\r\n\r\nno"
        }
        try await withChain(hop, to: origin) { chain in
            let client = chain.front.connect()
            for _ in 0..<2 {
                client.send(Self.opening)
                let response = client.readResponse()
                #expect(response?.status == 403)
                #expect(response?.body.text == "no")
            }
        }
    }

    @Test func `20 MB pass while little of it is held`() async throws {
        let size = 20 << 20
        let origin = Origin { origin, peer, _ in
            guard Self.accept(origin, peer) else { return }
            let piece = [UInt8](repeating: 0x62, count: 1 << 16)
            for _ in 0..<(size >> 16) where !peer.send(piece) { return }
        }
        try await withChain(.http2, to: origin) { chain in
            let client = chain.front.connect(receiveBuffer: 4096)
            client.send(Self.opening)
            #expect(client.readHead() != nil)
            var count = 0
            var most = 0
            while count < size {
                let piece = client.read(1 << 18)
                if piece.isEmpty { break }
                count += piece.count
                most = max(most, await chain.front.run { $0.mostPending } ?? .max)
            }
            #expect(count == size)
            #expect(most < 2 << 20)
        }
    }

    @Test(arguments: [
        ("sec-websocket-version: 13", "sec-websocket-version: 12", 426),
        ("dGhlIHNhbXBsZSBub25jZQ==", "dGhlIHNhbXBsZQ==", 400),
        ("dGhlIHNhbXBsZSBub25jZQ==", "a\r\nsec-websocket-key: b", 400),
        ("sec-websocket-protocol: chat", "sec-websocket-protocol: chat,chat", 400),
        ("GET ", "POST ", 405),
    ])
    func `a malformed handshake reaches nobody`(from: String, to: String, status: Int) async throws {
        let origin = Origin.answering { _ in "HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n" }
        try await withGateway(to: [Endpoint(origin)]) { gateway in
            let request = Self.opening.replacing(from, with: to)
            #expect(gateway.ask(request)?.status == status)
            #expect(origin.connections == 0)
        }
    }

    @Test func `an upgrade that nobody can have is passed over`() async throws {
        let origin = Origin.answering { request in
            "HTTP/1.1 200 OK\r\ncontent-length: 0\r\nx-seen: \(request.fields["upgrade"] ?? "nothing")\r\n\r\n"
        }
        try await withGateway(to: [Endpoint(origin)]) { gateway in
            for field in ["upgrade: foo", "upgrade: websocket"] {
                let client = gateway.connect()
                client.send("GET /1 HTTP/1.1\r\nhost: a\r\n\(field)\r\nconnection: upgrade\r\n\r\n")
                client.send("GET /2 HTTP/1.1\r\nhost: a\r\n\r\n")
                #expect(client.readResponse()?.fields["x-seen"] == "nothing")
                #expect(client.readResponse()?.status == 200)
            }
            #expect(origin.notes == ["GET /1 HTTP/1.1", "GET /2 HTTP/1.1", "GET /1 HTTP/1.1", "GET /2 HTTP/1.1"])
        }
    }

    @Test func `a service that opens it without proof has not opened it`() async throws {
        let origin = Origin { _, peer, _ in
            guard peer.readHead() != nil else { return }
            peer.send(
                "HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: upgrade\r\n"
                    + "sec-websocket-accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n")
        }
        try await withGateway(to: [Endpoint(origin)]) { gateway in
            #expect(gateway.ask(Self.opening)?.status == 502)
        }
    }

    @Test func `101 to whoever did not ask for it is an error`() async throws {
        let origin = Origin.answering { _ in
            "HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: upgrade\r\n\r\n"
        }
        try await withGateway(to: [Endpoint(origin)]) { gateway in
            #expect(gateway.ask("GET / HTTP/1.1\r\nhost: a\r\n\r\n")?.status == 502)
        }
    }

    @Test func `a tunnel through which nothing passes is closed`() async throws {
        let origin = Origin { origin, peer, _ in
            guard Self.accept(origin, peer) else { return }
            _ = peer.readToEnd()
            origin.note("end")
        }
        let limits = RouteLimits(tunnelIdle: .milliseconds(50))
        try await withGateway(to: [Endpoint(origin)], route: limits) { gateway in
            let client = gateway.connect()
            client.send(Self.opening)
            #expect(client.readHead()?.hasPrefix("HTTP/1.1 101") == true)
            #expect(client.readToEnd().isEmpty)
            #expect(!client.wasReset)
            await origin.waitForNotes(2)
        }
    }
}
