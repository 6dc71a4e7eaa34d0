import HTTP
import Testing
import WebSocket

/// Coming to terms on permessage-deflate (RFC 7692 §7.1).
@Suite struct NegotiationTests {
    private typealias Direction = WebSocketDeflate.Direction

    private static let all = WebSocketDeflate(
        server: Direction(keepsContext: true), client: Direction(keepsContext: true))

    // MARK: Server

    private func accept(_ offer: String, _ wish: WebSocketDeflate?) -> (terms: WebSocketDeflate?, response: String?)? {
        var acceptor = WebSocketAcceptor()
        acceptor.deflate = wish
        let request = HandshakeTests.request([("sec-websocket-extensions", offer)])
        guard let acceptance = try? acceptor.accept(request) else { return nil }
        return (acceptance.terms.deflate, acceptance.head.headers[.secWebSocketExtensions])
    }

    /// An offer, the answer of a server that wants all, and that of one that wants no context.
    static let offers: [(String, String, String)] = [
        (
            "permessage-deflate", "permessage-deflate",
            "permessage-deflate; server_no_context_takeover; client_no_context_takeover"
        ),
        (
            "permessage-deflate; client_max_window_bits", "permessage-deflate",
            "permessage-deflate; server_no_context_takeover; client_no_context_takeover"
        ),
        (
            "permessage-deflate; client_max_window_bits=10; server_max_window_bits=\"9\"",
            "permessage-deflate; server_max_window_bits=9; client_max_window_bits=10",
            "permessage-deflate; server_no_context_takeover; client_no_context_takeover; server_max_window_bits=9; "
                + "client_max_window_bits=10"
        ),
        (
            "permessage-deflate; server_max_window_bits=15", "permessage-deflate; server_max_window_bits=15",
            "permessage-deflate; server_no_context_takeover; client_no_context_takeover; server_max_window_bits=15"
        ),
        (
            "permessage-deflate; server_no_context_takeover; client_no_context_takeover",
            "permessage-deflate; server_no_context_takeover; client_no_context_takeover",
            "permessage-deflate; server_no_context_takeover; client_no_context_takeover"
        ),
        (
            "permessage-deflate; unknown, x, permessage-deflate; server_max_window_bits=8",
            "permessage-deflate; server_max_window_bits=8",
            "permessage-deflate; server_no_context_takeover; client_no_context_takeover; server_max_window_bits=8"
        ),
    ]

    @Test(arguments: offers)
    func `offers are answered`(offer: String, generous: String, frugal: String) throws {
        #expect(try #require(accept(offer, Self.all)).response == generous)
        #expect(try #require(accept(offer, WebSocketDeflate())).response == frugal)
        #expect(try #require(accept(offer, nil)).response == nil)
    }

    @Test(arguments: [
        "server_no_context_takeover=1", "client_no_context_takeover=\"x\"", "server_max_window_bits",
        "server_max_window_bits=7", "server_max_window_bits=16", "server_max_window_bits=08",
        "server_max_window_bits=+9", "server_max_window_bits=1x", "client_max_window_bits=7",
        "client_max_window_bits=16", "client_max_window_bits=010", "unknown", "unknown=1",
        "client_max_window_bits; client_max_window_bits", "server_max_window_bits=9; server_max_window_bits=9",
        "server_no_context_takeover; server_no_context_takeover", "Server_no_context_takeover",
    ])
    func `offers that are wrong are declined`(parameters: String) throws {
        let answer = try #require(accept("permessage-deflate; " + parameters, Self.all))
        #expect(answer.response == nil && answer.terms == nil)
        let second = try #require(accept("permessage-deflate; \(parameters), permessage-deflate", Self.all))
        #expect(second.response == "permessage-deflate" && second.terms == Self.all)
    }

    @Test func `a server may want less than is offered`() throws {
        let wish = WebSocketDeflate(
            server: Direction(keepsContext: true, windowBits: 10), client: Direction(keepsContext: true, windowBits: 9))
        let told = try #require(accept("permessage-deflate; client_max_window_bits", wish))
        #expect(told.response == "permessage-deflate; server_max_window_bits=10; client_max_window_bits=9")
        #expect(told.terms == wish)
        // Who does not say that it can limit its window cannot be asked to.
        let untold = try #require(accept("permessage-deflate; server_max_window_bits=12", wish))
        #expect(untold.response == "permessage-deflate; server_max_window_bits=10")
        #expect(untold.terms?.client == Direction(keepsContext: true, windowBits: 15))
    }

    // MARK: Client

    private func terms(_ wish: WebSocketDeflate, answer: String) throws -> WebSocketDeflate? {
        let proposal = WebSocketProposal(deflate: wish, nonce: Array("the sample nonce".utf8))
        var head = HTTPResponseHead(status: 200)
        head.headers.append(.secWebSocketExtensions, answer)
        return try proposal.verify(head, over: .tunnel).deflate
    }

    @Test func `answers are understood`() throws {
        #expect(try terms(Self.all, answer: "permessage-deflate") == Self.all)
        #expect(
            try terms(Self.all, answer: "permessage-deflate; server_no_context_takeover; client_max_window_bits=9")
                == WebSocketDeflate(server: Direction(), client: Direction(keepsContext: true, windowBits: 9)))
        #expect(
            try terms(Self.all, answer: "permessage-deflate; client_no_context_takeover; server_max_window_bits=8")
                == WebSocketDeflate(server: Direction(keepsContext: true, windowBits: 8), client: Direction()))
        #expect(
            try terms(WebSocketDeflate(), answer: "permessage-deflate; server_no_context_takeover")
                == WebSocketDeflate())
        let small = WebSocketDeflate(
            server: Direction(keepsContext: true, windowBits: 10), client: Direction(keepsContext: true, windowBits: 9))
        #expect(
            try terms(small, answer: "permessage-deflate; server_max_window_bits=9")
                == WebSocketDeflate(
                    server: Direction(keepsContext: true, windowBits: 9),
                    client: Direction(keepsContext: true, windowBits: 9)))
    }

    @Test(arguments: [
        "permessage-deflate; unknown", "permessage-deflate; client_max_window_bits",
        "permessage-deflate; server_max_window_bits=16", "permessage-deflate; server_no_context_takeover=1",
        "permessage-deflate, permessage-deflate", "permessage-deflate, x", "x, permessage-deflate",
        "permessage-deflate; server_max_window_bits=9; server_max_window_bits=9",
    ])
    func `answers that are wrong fail the connection`(answer: String) {
        #expect(throws: WebSocketHandshakeError.unexpectedExtension) { try terms(Self.all, answer: answer) }
    }

    @Test func `answers that give more than was offered fail the connection`() {
        #expect(throws: WebSocketHandshakeError.unexpectedExtension) {
            try terms(WebSocketDeflate(), answer: "permessage-deflate; client_no_context_takeover")
        }
        let small = WebSocketDeflate(server: Direction(keepsContext: true, windowBits: 10))
        for answer in ["permessage-deflate", "permessage-deflate; server_max_window_bits=11"] {
            #expect(throws: WebSocketHandshakeError.unexpectedExtension) { try terms(small, answer: answer) }
        }
        let proposal = WebSocketProposal(nonce: Array("the sample nonce".utf8))
        var head = HTTPResponseHead(status: 200)
        head.headers.append(.secWebSocketExtensions, "permessage-deflate")
        #expect(throws: WebSocketHandshakeError.unexpectedExtension) { try proposal.verify(head, over: .tunnel) }
    }
}
