import HTTP2

extension FrameTable {
    private typealias F = Frames

    @Rows static var messages: [Row] {
        Row("8.1 GET", .answer(200), F.get(1))
        Row("8.1 HEAD", .answer(200), request(("HEAD", ":method")))
        Row("8.1 POST", .answer(200), F.post(1), F.data(1, "test".bytes, end: true))
        Row(
            "8.1 POST with trailers", .answer(200), F.post(1), F.data(1, "test".bytes), F.headers(1, [("x-test", "ok")])
        )
        Row("8.1 trailers without data", .answer(200), F.post(1), F.headers(1, [("x-test", "ok")]))
        Row(
            "8.1 a second HEADERS that does not end the stream", .stream(.protocolError), F.post(1),
            F.headers(1, [("x", "y")], end: false))
        Row(
            "8.1 data after trailers", .connection(.streamClosed), F.post(1, [("expect", "100-continue")]),
            F.settings([(4, 0)]), F.headers(1, [("x", "y")]), F.data(1, [1]))
        Row("8.2 a capital in a name", .stream(.protocolError), request([("X-TEST", "ok")]))
        Row("8.2 one capital in a well-known name", .stream(.protocolError), request([("Accept", "ok")]))
        Row("8.2.1 no name", .stream(.protocolError), request([("", "ok")]))
        Row("8.2.1 a blank in a name", .stream(.protocolError), request([("x y", "ok")]))
        Row("8.2.1 a colon in a name", .stream(.protocolError), request([("x:y", "ok")]))
        Row("8.2.1 an eight-bit name", .stream(.protocolError), request([("x\u{E9}", "ok")]))
        Row("8.2.1 NUL in a value", .stream(.protocolError), request([("x", "a\0b")]))
        Row("8.2.1 CR in a value", .stream(.protocolError), request([("x", "a\rb")]))
        Row("8.2.1 LF in a value", .stream(.protocolError), request([("x", "a\nb")]))
        Row("8.2.1 a value that begins with a blank", .stream(.protocolError), request([("x", " a")]))
        Row("8.2.1 a value that ends with a tab", .stream(.protocolError), request([("x", "a\t")]))
        Row("8.2.1 blanks inside a value", .answer(200), request([("x", "a b\tc")]))
        Row("8.2.1 an empty value", .answer(200), request([("x", "")]))
        Row("8.2.2 connection", .stream(.protocolError), request([("connection", "keep-alive")]))
        Row("8.2.2 keep-alive", .stream(.protocolError), request([("keep-alive", "1")]))
        Row("8.2.2 proxy-connection", .stream(.protocolError), request([("proxy-connection", "close")]))
        Row("8.2.2 transfer-encoding", .stream(.protocolError), request([("transfer-encoding", "chunked")]))
        Row("8.2.2 upgrade", .stream(.protocolError), request([("upgrade", "h2c")]))
        Row("8.2.2 te, other than trailers", .stream(.protocolError), request([("te", "trailers, deflate")]))
        Row("8.2.2 te: trailers", .answer(200), request([("te", "trailers")]))
        Row("8.2.3 crumbs of a cookie", .answer(200), request([("cookie", "a=1"), ("cookie", "b=2")]))
        Row("8.3 an unknown pseudo-header field", .stream(.protocolError), request([(":test", "ok")]))
        Row("8.3 a response's pseudo-header field", .stream(.protocolError), request([(":status", "200")]))
        Row(
            "8.3 a pseudo-header field in trailers", .stream(.protocolError), F.post(1),
            F.headers(1, [(":method", "GET")]))
        Row("8.3 a pseudo-header field behind a field", .stream(.protocolError), F.headers(1, [("x", "y")] + F.get))
        Row("8.3.1 an empty path", .stream(.protocolError), request(("", ":path")))
        Row("8.3.1 no method", .stream(.protocolError), without(":method"))
        Row("8.3.1 no scheme", .stream(.protocolError), without(":scheme"))
        Row("8.3.1 no path", .stream(.protocolError), without(":path"))
        Row("8.3.1 no authority and no host", .stream(.protocolError), without(":authority"))
        Row(
            "8.3.1 no authority, but a host", .answer(200),
            F.headers(1, F.get.filter { $0.0 != ":authority" } + [("host", "a")]))
        Row("8.3.1 two methods", .stream(.protocolError), twice(":method"))
        Row("8.3.1 two schemes", .stream(.protocolError), twice(":scheme"))
        Row("8.3.1 two paths", .stream(.protocolError), twice(":path"))
        Row("8.3.1 two authorities", .stream(.protocolError), twice(":authority"))
        Row("8.3.1 userinfo", .stream(.protocolError), request(("u@localhost", ":authority")))
        Row("8.3.1 a scheme of somebody else", .stream(.protocolError), request(("ftp", ":scheme")))
        Row("8.3.1 https", .answer(200), request(("https", ":scheme")))
        Row(
            "8.3.1 OPTIONS *", .answer(200),
            F.headers(1, [(":method", "OPTIONS"), (":scheme", "http"), (":path", "*"), (":authority", "a")]))
        Row("8.5 CONNECT", .answer(501), F.headers(1, [(":method", "CONNECT"), (":authority", "a:443")]))
        Row("8.5 CONNECT with a path", .stream(.protocolError), request(("CONNECT", ":method")))
        Row("8.5 CONNECT without an authority", .stream(.protocolError), F.headers(1, [(":method", "CONNECT")]))
        Row(
            "RFC 8441 a tunnel that is not allowed", .stream(.protocolError),
            F.headers(1, [(":method", "CONNECT"), (":protocol", "websocket")] + F.get.dropFirst()))
        Row(
            "8.1.1 less data than said", .stream(.protocolError), F.post(1, [("content-length", "5")]),
            F.data(1, "test".bytes, end: true))
        Row(
            "8.1.1 more data than said", .stream(.protocolError), F.post(1, [("content-length", "1")]),
            F.data(1, "test".bytes, end: true))
        Row(
            "8.1.1 more data than said, in two frames", .stream(.protocolError), F.post(1, [("content-length", "5")]),
            F.data(1, "test".bytes), F.data(1, "test".bytes, end: true))
        Row(
            "8.1.1 less data than said, in two frames", .stream(.protocolError), F.post(1, [("content-length", "9")]),
            F.data(1, "test".bytes), F.data(1, "test".bytes, end: true))
        Row(
            "8.1.1 less data than said, before trailers", .stream(.protocolError), F.post(1, [("content-length", "5")]),
            F.data(1, "test".bytes), F.headers(1, [("x", "y")]))
        Row(
            "8.1.1 as much data as said", .answer(200), F.post(1, [("content-length", "8")]), F.data(1, "test".bytes),
            F.data(1, "test".bytes, end: true))
        Row(
            "8.1.1 as much data as said, then an empty frame", .answer(200), F.post(1, [("content-length", "4")]),
            F.data(1, "test".bytes), F.data(1, [], end: true))
        Row("8.1.1 a length without data", .stream(.protocolError), request([("content-length", "5")]))
        Row("8.1.1 a length of nothing", .answer(200), request([("content-length", "0")]))
        Row(
            "8.1.1 two lengths", .stream(.protocolError), F.post(1, [("content-length", "4"), ("content-length", "4")]))
        Row("8.1.1 a length with a sign", .stream(.protocolError), F.post(1, [("content-length", "+4")]))
        Row("9110 an unknown method", .answer(501), request(("BREW", ":method")))
        Row("9110 an unknown expectation", .answer(417), request([("expect", "miracles")]))
        Row("9110 a target too long", .answer(414), request(("/" + String(repeating: "a", count: 8200), ":path")))
        Row("10.5.1 too many fields", .answer(431), request(Array(repeating: ("a", "b"), count: 101)))
        Row("10.5.1 a field too long", .answer(431), request([("a", String(repeating: "b", count: 8200))]))
        Row("8.4 PUSH_PROMISE", .connection(.protocolError), F.frame(5, 4, 1, F.word(2) + F.block(F.get)))
    }

    private static func request(_ fields: [(String, String)]) -> [UInt8] { F.headers(1, F.get + fields) }

    /// A request with another value for one of its pseudo-header fields.
    private static func request(_ change: (value: String, name: String)) -> [UInt8] {
        F.headers(1, F.get.map { ($0.0, $0.0 == change.name ? change.value : $0.1) })
    }

    private static func without(_ name: String) -> [UInt8] { F.headers(1, F.get.filter { $0.0 != name }) }

    private static func twice(_ name: String) -> [UInt8] {
        F.headers(1, F.get + F.get.filter { $0.0 == name })
    }
}
