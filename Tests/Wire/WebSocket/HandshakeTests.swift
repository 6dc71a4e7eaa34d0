import Buffers
import HTTP
import Testing
@testable import WebSocket

/// The opening handshake, from both sides.
@Suite struct HandshakeTests {
    @Test func `the standard's own example`() throws {
        var head = HTTPRequestHead()
        head.authority = Array("server.example.com".utf8)
        head.target = Array("/chat".utf8)
        for (name, value) in [
            ("Upgrade", "websocket"), ("Connection", "Upgrade"), ("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="),
            ("Origin", "http://example.com"), ("Sec-WebSocket-Protocol", "chat, superchat"),
            ("Sec-WebSocket-Version", "13"),
        ] {
            head.headers.append(name, value)
        }
        var acceptor = WebSocketAcceptor()
        acceptor.subprotocols = ["chat"]
        #expect(WebSocketAcceptor.isAsked(by: head))
        let acceptance = try acceptor.accept(head)
        #expect(acceptance.head.status == 101)
        #expect(acceptance.head.headers[.secWebSocketAccept] == "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")
        #expect(acceptance.head.headers[.secWebSocketProtocol] == "chat")
        #expect(acceptance.terms == WebSocketTerms(subprotocol: "chat"))
    }
}
