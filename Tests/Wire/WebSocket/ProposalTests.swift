import Buffers
import HTTP
import HTTP1
import Testing
import WebSocket

/// The opening handshake, the client's side.
@Suite struct ProposalTests {
    private let proposal = WebSocketProposal(
        subprotocols: ["chat", "superchat"], deflate: WebSocketDeflate(), nonce: Array("the sample nonce".utf8))

    private func answer(_ changes: [(String, String?)] = [], status: Int = 101) -> HTTPResponseHead {
        var fields = [
            ("upgrade", "websocket"), ("connection", "Upgrade"),
            ("sec-websocket-accept", "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="),
        ]
        for (name, value) in changes {
            let isAdded = name.hasPrefix("+")
            if !isAdded { fields.removeAll { $0.0 == name } }
            if let value { fields.append((isAdded ? String(name.dropFirst()) : name, value)) }
        }
        var head = HTTPResponseHead(status: status)
        for (name, value) in fields { head.headers.append(name, value) }
        return head
    }

    private var request: HTTPRequestHead {
        var head = HTTPRequestHead()
        head.authority = Array("server.example.com".utf8)
        head.target = Array("/chat".utf8)
        head.headers.append("x-own", "1")
        head.headers.append(.secWebSocketKey, "a client's")
        head.headers.append(.upgrade, "h2c")
        return head
    }

    @Test func `the request`() throws {
        var head = request
        proposal.write(into: &head, over: .upgrade)
        var out = ByteWriter()
        _ = try head.write(into: &out, connection: .upgrade)
        #expect(
            String(out.finish()) == """
                GET /chat HTTP/1.1\r
                host: server.example.com\r
                connection: upgrade\r
                x-own: 1\r
                upgrade: websocket\r
                sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r
                sec-websocket-version: 13\r
                sec-websocket-protocol: chat, superchat\r
                sec-websocket-extensions: permessage-deflate; server_no_context_takeover; client_no_context_takeover; \
                client_max_window_bits\r
                \r

                """)
    }

    @Test func `the request over HTTP/2`() {
        var head = request
        proposal.write(into: &head, over: .tunnel)
        #expect(head.method == .connect && head.connectProtocol == Array("websocket".utf8) && head.body == .unknown)
        #expect(!head.headers.contains(.secWebSocketKey) && !head.headers.contains(.upgrade))
        #expect(head.headers[.secWebSocketVersion] == "13" && head.headers[.secWebSocketProtocol] == "chat, superchat")
    }

    @Test func `what a server accepts its client understands`() throws {
        for transport in [WebSocketTransport.upgrade, .tunnel] {
            var acceptor = WebSocketAcceptor()
            acceptor.subprotocols = ["superchat"]
            acceptor.deflate = WebSocketDeflate()
            var head = request
            proposal.write(into: &head, over: transport)
            // An upgrade's `Connection` is written from elsewhere.
            head.headers.append(.connection, "upgrade")
            var acceptance = try acceptor.accept(head)
            acceptance.head.headers.append(.connection, "upgrade")
            #expect(acceptance.terms == WebSocketTerms(subprotocol: "superchat", deflate: WebSocketDeflate()))
            #expect(try proposal.verify(acceptance.head, over: transport) == acceptance.terms)
        }
    }

    @Test func `what is accepted`() throws {
        #expect(try proposal.verify(answer(), over: .upgrade) == WebSocketTerms())
        #expect(try proposal.verify(answer([("upgrade", "WEBSOCKET")]), over: .upgrade) == WebSocketTerms())
        let chat = try proposal.verify(answer([("sec-websocket-protocol", "chat")]), over: .upgrade)
        #expect(chat.subprotocol == "chat")
        #expect(try proposal.verify(HTTPResponseHead(status: 200), over: .tunnel) == WebSocketTerms())
    }

    static let refused: [([(String, String?)], WebSocketHandshakeError)] = [
        ([("upgrade", nil)], .badUpgrade), ([("upgrade", "h2c")], .badUpgrade),
        ([("+upgrade", "websocket")], .badUpgrade), ([("connection", nil)], .badUpgrade),
        ([("connection", "close")], .badUpgrade), ([("sec-websocket-accept", nil)], .badAccept),
        ([("sec-websocket-accept", "s3pPLMBiTxaQ9kYGzzhZRbK+xOO=")], .badAccept),
        ([("sec-websocket-accept", "S3pPLMBiTxaQ9kYGzzhZRbK+xOo=")], .badAccept),
        ([("+sec-websocket-accept", "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")], .badAccept),
        ([("sec-websocket-protocol", "other")], .unexpectedSubprotocol),
        ([("sec-websocket-protocol", "chat, superchat")], .unexpectedSubprotocol),
        ([("sec-websocket-protocol", "chat"), ("+sec-websocket-protocol", "chat")], .unexpectedSubprotocol),
        ([("sec-websocket-extensions", "x-unknown")], .unexpectedExtension),
        ([("sec-websocket-extensions", "permessage-deflate; ")], .badExtension),
    ]

    @Test(arguments: refused.indices)
    func `what is refused`(place: Int) {
        let (changes, error) = Self.refused[place]
        #expect(throws: error) { try proposal.verify(answer(changes), over: .upgrade) }
    }

    @Test(arguments: [200, 301, 400, 401, 403, 404, 426, 500])
    func `any other status is no switch`(status: Int) {
        #expect(throws: WebSocketHandshakeError.notSwitched) {
            try proposal.verify(answer(status: status), over: .upgrade)
        }
        guard status != 200 else { return }
        #expect(throws: WebSocketHandshakeError.notSwitched) {
            try proposal.verify(HTTPResponseHead(status: status), over: .tunnel)
        }
    }
}
