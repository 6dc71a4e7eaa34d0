import Buffers
import HTTP
import HTTP1
import Testing
import WebSocket

/// The opening handshake, the server's side.
@Suite struct HandshakeTests {
    /// A request that is all right, changed in one thing.
    static func request(_ changes: [(String, String?)] = []) -> HTTPRequestHead {
        var fields = [
            ("upgrade", "websocket"), ("connection", "Upgrade"), ("sec-websocket-key", "dGhlIHNhbXBsZSBub25jZQ=="),
            ("sec-websocket-version", "13"),
        ]
        for (name, value) in changes {
            // What is changed to nothing is left out; `+` adds a second one.
            let isAdded = name.hasPrefix("+")
            if !isAdded { fields.removeAll { $0.0 == name } }
            if let value { fields.append((isAdded ? String(name.dropFirst()) : name, value)) }
        }
        var head = HTTPRequestHead()
        head.authority = Array("server.example.com".utf8)
        head.target = Array("/chat".utf8)
        for (name, value) in fields { head.headers.append(name, value) }
        return head
    }

    static func tunnel(_ fields: [(String, String)] = [("sec-websocket-version", "13")]) -> HTTPRequestHead {
        var head = HTTPRequestHead()
        head.method = .connect
        head.connectProtocol = Array("websocket".utf8)
        head.authority = Array("server.example.com".utf8)
        head.target = Array("/chat".utf8)
        head.body = .unknown
        for (name, value) in fields { head.headers.append(name, value) }
        return head
    }

    private let acceptor: WebSocketAcceptor = {
        var acceptor = WebSocketAcceptor()
        acceptor.subprotocols = ["chat", "v2.chat"]
        acceptor.origins = .listed(["https://shop.example.com", "null"])
        return acceptor
    }()

    @Test func `the standard's own example`() throws {
        let head = Self.request([("sec-websocket-protocol", "superchat, chat"), ("origin", "https://shop.example.com")])
        #expect(WebSocketAcceptor.isAsked(by: head))
        let acceptance = try acceptor.accept(head)
        #expect(acceptance.head.status == 101)
        #expect(acceptance.terms == WebSocketTerms(subprotocol: "chat"))
        var out = ByteWriter()
        _ = acceptance.head.write(into: &out)
        #expect(
            String(out.finish()) == """
                HTTP/1.1 101 Switching Protocols\r
                connection: upgrade\r
                upgrade: websocket\r
                sec-websocket-accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r
                sec-websocket-protocol: chat\r
                \r

                """)
    }

    static let accepted: [[(String, String?)]] = [
        [], [("upgrade", "WebSocket")], [("upgrade", "h2c, websocket")], [("connection", "keep-alive, upgrade")],
        [("connection", "keep-alive"), ("+connection", "UPGRADE")], [("sec-websocket-protocol", "other")],
        [("sec-websocket-extensions", "x-unknown; a=1; b=\"2\", permessage-deflate")],
        [("sec-websocket-extensions", ", ,x")], [("origin", "null")], [("origin", "HTTPS://shop.example.com")],
        [("sec-websocket-key", "AAAAAAAAAAAAAAAAAAAAAA==")], [("sec-websocket-key", "////++++////++++////++==")],
    ]

    @Test(arguments: accepted.indices)
    func `what is accepted`(place: Int) throws {
        let acceptance = try acceptor.accept(Self.request(Self.accepted[place]))
        #expect(acceptance.terms == WebSocketTerms())
        #expect(!acceptance.head.headers.contains(.secWebSocketExtensions))
        #expect(!acceptance.head.headers.contains(.secWebSocketProtocol))
    }

    static let refused: [([(String, String?)], WebSocketHandshakeError)] = [
        ([("connection", "keep-alive")], .badUpgrade), ([("connection", nil)], .badUpgrade),
        ([("sec-websocket-version", "8")], .badVersion), ([("sec-websocket-version", nil)], .badVersion),
        ([("sec-websocket-version", "13, 8")], .badVersion), ([("+sec-websocket-version", "13")], .badVersion),
        ([("sec-websocket-version", "013")], .badVersion),
        ([("sec-websocket-key", nil)], .badKey), ([("sec-websocket-key", "")], .badKey),
        ([("+sec-websocket-key", "dGhlIHNhbXBsZSBub25jZQ==")], .badKey),
        ([("sec-websocket-key", "SGVsbG8sIHdvcmxkIQ==")], .badKey),
        ([("sec-websocket-key", "dGhlIHNhbXBsZSBub25jZSE=")], .badKey),
        ([("sec-websocket-key", "dGhlIHNhbXBsZSBub25jZ===")], .badKey),
        ([("sec-websocket-key", "dGhlIHNhbXBsZSBub25jZQ")], .badKey),
        ([("sec-websocket-key", "dGhlIHNhbXBsZSBub25j-Q==")], .badKey),
        ([("origin", "https://evil.example.com")], .originRefused), ([("origin", "")], .originRefused),
        ([("origin", "http://shop.example.com")], .originRefused),
        ([("origin", "https://shop.example.com:8443")], .originRefused),
        ([("origin", "null"), ("+origin", "null")], .originRefused),
        ([("sec-websocket-protocol", "chat, chat")], .badSubprotocol),
        ([("sec-websocket-protocol", "chat"), ("+sec-websocket-protocol", "chat")], .badSubprotocol),
        ([("sec-websocket-protocol", "a b")], .badSubprotocol), ([("sec-websocket-protocol", "a/b")], .badSubprotocol),
        ([("sec-websocket-extensions", "permessage-deflate;")], .badExtension),
        ([("sec-websocket-extensions", "permessage-deflate; a=")], .badExtension),
        ([("sec-websocket-extensions", "permessage-deflate; a=\"b")], .badExtension),
        ([("sec-websocket-extensions", "permessage-deflate; a=\"\"")], .badExtension),
        ([("sec-websocket-extensions", "permessage-deflate; a=\"b c\"")], .badExtension),
        ([("sec-websocket-extensions", "permessage-deflate a")], .badExtension),
        ([("sec-websocket-extensions", "=1")], .badExtension),
        ([("sec-websocket-extensions", "a; b==1")], .badExtension),
        ([("sec-websocket-extensions", "a; b=\"\\")], .badExtension),
    ]

    @Test(arguments: refused.indices)
    func `what is refused`(place: Int) {
        let (changes, error) = Self.refused[place]
        #expect(throws: error) { try acceptor.accept(Self.request(changes)) }
    }

    @Test func `other methods and bodies are refused`() {
        var head = Self.request()
        head.method = .post
        #expect(throws: WebSocketHandshakeError.badMethod) { try acceptor.accept(head) }
        head = Self.request()
        head.body = .known(3)
        #expect(throws: WebSocketHandshakeError.bodyNotAllowed) { try acceptor.accept(head) }
        head = Self.tunnel()
        head.body = .known(3)
        #expect(throws: WebSocketHandshakeError.bodyNotAllowed) { try acceptor.accept(head) }
    }

    @Test func `a refusal says what is wanted`() {
        #expect(WebSocketHandshakeError.badVersion.status == 426)
        #expect(WebSocketHandshakeError.badVersion.headers[.secWebSocketVersion] == "13")
        #expect(WebSocketHandshakeError.badVersion.headers[.upgrade] == "websocket")
        #expect(WebSocketHandshakeError.badMethod.headers[.allow] == "GET")
        #expect(WebSocketHandshakeError.originRefused.status == 403)
        #expect(WebSocketHandshakeError.badKey.status == 400)
        let reasons = WebSocketHandshakeError.allCases.map(\.reason) + WebSocketError.allCases.map(\.reason)
        #expect(Set(reasons).count == reasons.count)
        for error in WebSocketError.allCases { #expect(error.code.isSendable && error.message.utf8.count <= 123) }
    }

    @Test func `a tunnel needs neither key nor upgrade`() throws {
        let head = Self.tunnel([
            ("sec-websocket-version", "13"), ("sec-websocket-protocol", "v2.chat"), ("origin", "null"),
        ])
        #expect(WebSocketAcceptor.isAsked(by: head))
        let acceptance = try acceptor.accept(head)
        #expect(acceptance.head.status == 200 && acceptance.head.body == .unknown)
        #expect(acceptance.head.headers[.secWebSocketProtocol] == "v2.chat")
        #expect(acceptance.head.headers.count == 1)
        #expect(throws: WebSocketHandshakeError.badVersion) { try acceptor.accept(Self.tunnel([])) }
    }

    @Test func `who asks for something else does not ask`() {
        #expect(!WebSocketAcceptor.isAsked(by: HTTPRequestHead()))
        #expect(!WebSocketAcceptor.isAsked(by: Self.request([("upgrade", "h2c")])))
        var head = Self.tunnel()
        head.connectProtocol = Array("connect-udp".utf8)
        #expect(!WebSocketAcceptor.isAsked(by: head))
    }

    @Test func `a subprotocol that is required`() throws {
        var acceptor = acceptor
        acceptor.requiresSubprotocol = true
        #expect(throws: WebSocketHandshakeError.unknownSubprotocol) { try acceptor.accept(Self.request()) }
        let other = Self.request([("sec-websocket-protocol", "other")])
        #expect(throws: WebSocketHandshakeError.unknownSubprotocol) { try acceptor.accept(other) }
        let known = Self.request([("sec-websocket-protocol", "other"), ("+sec-websocket-protocol", "v2.chat, chat")])
        #expect(try acceptor.accept(known).terms.subprotocol == "v2.chat")
    }

    @Test(arguments: [
        ("https://server.example.com", true), ("http://server.example.com", true),
        ("https://SERVER.example.com:443", true), ("http://server.example.com:80", true),
        ("https://server.example.com:80", false), ("https://example.com", false), ("null", false), ("", false),
        ("https://", false), ("server.example.com", false), ("https://server.example.com/", false),
        ("https://server.example.com.evil.com", false), ("https://u@server.example.com", false),
    ])
    func `pages of the same host`(origin: String, isAllowed: Bool) {
        var acceptor = WebSocketAcceptor()
        acceptor.origins = .sameHost
        let acceptance = try? acceptor.accept(Self.request([("origin", origin)]))
        #expect((acceptance != nil) == isAllowed)
        acceptor.origins = .any
        #expect((try? acceptor.accept(Self.request([("origin", origin)]))) != nil)
        #expect((try? acceptor.accept(Self.request())) != nil)
    }
}
