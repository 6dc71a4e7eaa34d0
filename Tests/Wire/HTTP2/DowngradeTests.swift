import Buffers
import HTTP
import HTTP2
import Testing

/// Requests that would mean something else, or more, once they are written as HTTP/1 ("HTTP/2: The Sequel is Always
/// Worse", and others): none gets through.
struct DowngradeTests {
    struct Case: Sendable {
        enum Verdict: Sendable { case whole, refused, brokenOff }

        var name: String
        var fields: [(String, String)]
        var data: String?
        var trailers: [(String, String)]?
        var verdict: Verdict

        init(
            _ name: String, _ verdict: Verdict, _ fields: [(String, String)], data: String? = nil,
            trailers: [(String, String)]? = nil
        ) {
            self.name = name
            self.verdict = verdict
            self.fields = fields
            self.data = data
            self.trailers = trailers
        }

        var bytes: [UInt8] {
            var frames = Frames.hello + Frames.headers(1, fields, end: data == nil && trailers == nil)
            if let data { frames += Frames.data(1, data.bytes, end: trailers == nil) }
            if let trailers { frames += Frames.headers(1, trailers) }
            return frames
        }
    }

    @Test(arguments: cases) func `nothing but requests gets through`(item: Case) {
        for pieces in [[item.bytes], item.bytes.map { [$0] }] {
            let server = Endpoint(.server)
            for piece in pieces { server.session.receive(Bytes(piece), at: 0) }
            let message = server.messages[1]
            let resets = Frame.all(in: server.output()).filter { $0.kind == 3 }
            switch item.verdict {
            case .whole:
                #expect(message?.isWhole == true && message?.end == nil && resets.isEmpty)
                #expect(server.rejected.isEmpty)
            case .refused:
                #expect(message == nil)
                #expect(server.rejected.count == 1)
                #expect(resets.map { $0.word(at: 0) } == [1])
            case .brokenOff:
                // The head was good, what came of it is reset before it is whole.
                #expect(message?.isWhole == false)
                if case .violated = message?.end {} else { Issue.record("\(String(describing: message))") }
                #expect(resets.map { $0.word(at: 0) } == [1])
            }
            #expect(server.failure == nil)
        }
    }

    private static let get = Frames.get
    private static let post = Frames.post

    private static func get(_ name: String, _ value: String) -> [(String, String)] {
        get.map { ($0.0, $0.0 == name ? value : $0.1) }
    }

    private static func field(_ name: String, _ value: String) -> [(String, String)] { get + [(name, value)] }
    private static func long(_ value: String) -> [(String, String)] { post + [("content-length", value)] }

    static let cases: [Case] = plain + fields + pseudo + lengths + trailers

    private static let plain = [
        Case("plain", .whole, get), Case("with a body", .whole, get, data: "hello"),
        Case("te: trailers", .whole, field("te", "trailers")),
        Case("host alone", .whole, get.filter { $0.0 != ":authority" } + [("host", "localhost")]),
        Case("host and authority agree", .whole, field("host", "LOCALHOST:80")),
        Case("crumbs", .whole, get + [("cookie", "a=1"), ("cookie", "b=2")]),
        Case("expect", .whole, post + [("expect", "100-continue")], data: "hello"),
    ]

    private static let fields = [
        Case("te", .refused, post + [("transfer-encoding", "chunked")], data: "0\r\n\r\nGET /evil HTTP/1.1\r\n\r\n"),
        Case("connection", .refused, field("connection", "keep-alive")),
        Case("upgrade", .refused, field("upgrade", "h2c")),
        Case("proxy-connection", .refused, field("proxy-connection", "x")),
        Case("te: gzip", .refused, field("te", "gzip")),
        Case("CRLF in a value", .refused, field("x", "a\r\ny: b")),
        Case("LF in a value", .refused, field("x", "a\ny: b")),
        Case("CR in a value", .refused, field("x", "a\rb")), Case("NUL in a value", .refused, field("x", "a\0b")),
        Case("a control character in a value", .refused, field("x", "a\u{1}b")),
        Case("DEL in a value", .refused, field("x", "a\u{7F}b")),
        Case("a blank before a value", .refused, field("x", " a")),
        Case("a blank behind a value", .refused, field("x", "a ")),
        Case("CRLF in a name", .refused, field("x: 1\r\ny", "b")),
        Case("a colon in a name", .refused, field("x:y", "b")),
        Case("a blank in a name", .refused, field("x y", "b")), Case("a capital", .refused, field("Foo", "b")),
        Case("no name", .refused, field("", "b")), Case("a name that imitates", .refused, field("content_length", "0")),
        Case("another that imitates", .refused, field("x_forwarded_for", "::1")),
        Case("CRLF in a cookie", .refused, field("cookie", "a\r\nx: y")),
        Case("CRLF in a second crumb", .refused, get + [("cookie", "a=1"), ("cookie", "a\r\nx: y")]),
        Case("CRLF in expect", .refused, field("expect", "100-continue\r\nx: y")),
        Case("a blank before expect", .refused, field("expect", " 100-continue")),
        Case("CRLF in te", .refused, field("te", "trailers\r\nx: y")),
    ]

    private static let pseudo = [
        Case("CRLF in the path", .refused, get(":path", "/ HTTP/1.1\r\nx: y")),
        Case("a blank", .refused, get(":path", "/a b")),
        Case("a version in the path", .refused, get(":path", "/ HTTP/1.1")),
        Case("no path", .refused, get(":path", "")),
        Case("a path without slash", .refused, get(":path", "abc")),
        Case("a URI", .refused, get(":path", "http://evil/")),
        Case("a fragment", .refused, get(":path", "/a#b")), Case("* of GET", .refused, get(":path", "*")),
        Case("an eight-bit path", .refused, get(":path", "/\u{E9}")),
        Case("a blank in the method", .refused, get(":method", "GET /evil HTTP/1.1")),
        Case("CRLF in the method", .refused, get(":method", "GET / HTTP/1.1\r\nx: y\r\n\r\nGET")),
        Case("an empty method", .refused, get(":method", "")),
        Case("a URI in the scheme", .refused, get(":scheme", "http://evil/x?")),
        Case("CRLF in the scheme", .refused, get(":scheme", "http\r\nx")),
        Case("CRLF in the authority", .refused, get(":authority", "localhost\r\nx: y")),
        Case("a blank in the authority", .refused, get(":authority", "local host")),
        Case("a path in the authority", .refused, get(":authority", "localhost/evil")),
        Case("userinfo", .refused, get(":authority", "u@localhost")), Case("empty", .refused, get(":authority", "")),
        Case("another host", .refused, field("host", "evil")),
        Case("no host", .refused, get.filter { $0.0 != ":authority" }),
        Case("two hosts", .refused, get + [("host", "localhost"), ("host", "evil")]),
        Case("two equal hosts", .refused, get + [("host", "localhost"), ("host", "localhost")]),
        Case("a blank before the host", .refused, field("host", " localhost")),
        Case("two paths", .refused, field(":path", "/x")), Case("unknown", .refused, field(":foo", "x")),
        Case("late", .refused, Array(get.prefix(3)) + [("x", "y")] + get.suffix(1)),
    ]

    private static let lengths = [
        Case("more than said", .brokenOff, long("1"), data: "hello"),
        Case("less than said", .brokenOff, long("9"), data: "hello"),
        Case("nothing said", .brokenOff, long("0"), data: "GET /evil HTTP/1.1\r\nHost: a\r\n\r\n"),
        Case("two lengths", .refused, long("5") + [("content-length", "6")], data: "hello"),
        Case("two equal lengths", .refused, long("5") + [("content-length", "5")], data: "hello"),
        Case("a list", .refused, long("5,5"), data: "hello"), Case("a sign", .refused, long("+5"), data: "hello"),
        Case("a blank", .refused, long(" 5"), data: "hello"), Case("huge", .refused, long("99999999999999999999")),
        Case("a length and no body", .refused, long("5")), Case("as long", .whole, long("5"), data: "hello"),
    ]

    private static let trailers = [
        Case("good trailers", .whole, post, data: "hello", trailers: [("x", "y")]),
        Case("a path", .brokenOff, post, data: "hello", trailers: [(":path", "/evil")]),
        Case("chunked", .brokenOff, post, data: "hello", trailers: [("transfer-encoding", "chunked")]),
        Case("a length is dropped", .whole, post, data: "hello", trailers: [("content-length", "99")]),
        Case("CRLF", .brokenOff, post, data: "hello", trailers: [("x", "a\r\n\r\nGET /evil HTTP/1.1")]),
        Case("imitated", .brokenOff, post, data: "hello", trailers: [("transfer_encoding", "chunked")]),
    ]

    @Test func `trailers that may not be believed are dropped`() {
        let server = Endpoint(.server)
        let trailers = [
            ("authorization", "a"), ("x-ok", "b"), ("host", "c"), ("x-forwarded-for", "d"), ("cookie", "e"),
        ]
        server.session.receive(Bytes(Case("", .whole, Frames.post, data: "x", trailers: trailers).bytes), at: 0)
        #expect(server.messages[1]?.trailers == "x-ok: b")
    }
}
