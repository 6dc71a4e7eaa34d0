import Buffers
import HTTP
import HTTP1
import Testing

struct WriterTests {
    private func request(_ method: HTTPMethod, _ target: String, body: BodyLength, _ fields: [(String, String)] = [])
        -> HTTPRequestHead
    {
        var head = HTTPRequestHead()
        head.method = method
        head.target = target.bytes
        head.authority = "h:8080".bytes
        head.body = body
        for (name, value) in fields { head.headers.append(name, value) }
        return head
    }

    private func write(_ head: HTTPRequestHead, _ connection: ConnectionOption = .keepAlive) throws -> String {
        var out = ByteWriter()
        _ = try head.write(into: &out, connection: connection)
        return String(out.finish())
    }

    private func write(_ head: HTTPResponseHead, _ rules: AnswerRules) -> (
        text: String, isBodiless: Bool, endsAtClose: Bool
    ) {
        var out = ByteWriter()
        let body = head.write(into: &out, answering: rules)
        return (String(out.finish()), body.isBodiless, body.endsAtClose)
    }

    @Test func `a request head says its host, its framing and its fields`() throws {
        let get = request(.get, "/a?b", body: .none, [("A", "b"), ("Accept", "*/*")])
        #expect(try write(get) == "GET /a?b HTTP/1.1\r\nhost: h:8080\r\na: b\r\naccept: */*\r\n\r\n")
        #expect(try write(request(.post, "/", body: .none)).contains("\r\ncontent-length: 0\r\n"))
        #expect(try write(request(.get, "/", body: .known(12))).contains("\r\ncontent-length: 12\r\n"))
        #expect(try write(request(.put, "/", body: .unknown)).contains("\r\ntransfer-encoding: chunked\r\n"))
        #expect(try write(get, .close).contains("\r\nconnection: close\r\n"))
        #expect(try write(request(.options, "*", body: .none)).hasPrefix("OPTIONS * HTTP/1.1\r\n"))
    }

    @Test func `nothing is said twice`() throws {
        let fields = ["Host", "Content-Length", "Transfer-Encoding", "Connection", "Upgrade", "Expect"].map {
            ($0, "9")
        }
        let head = request(.get, "/", body: .none, fields + [("A", "b")])
        #expect(try write(head) == "GET / HTTP/1.1\r\nhost: h:8080\r\na: b\r\n\r\n")
        #expect(
            try write(head, .upgrade)
                == "GET / HTTP/1.1\r\nhost: h:8080\r\nconnection: upgrade\r\nupgrade: 9\r\na: b\r\n\r\n")
        var response = HTTPResponseHead(status: 200)
        response.headers = head.headers
        #expect(write(response, AnswerRules()).text == "HTTP/1.1 200 OK\r\ncontent-length: 0\r\na: b\r\n\r\n")
    }

    @Test func `no line can be injected into a request`() {
        for evil in ["/ HTTP/1.1\r\nX: y", "/a b", "/\0", "/\n", "", "a", "/\u{e9}", "*", "/#x"] {
            #expect(throws: HTTP1Error.unwritableHead) { try write(request(.get, evil, body: .none)) }
        }
        for evil in ["h\r\nX: y", "a b", "", "u@h", "h/x"] {
            var head = request(.get, "/", body: .none)
            head.authority = evil.bytes
            #expect(throws: HTTP1Error.unwritableHead) { try write(head) }
        }
        #expect(throws: HTTP1Error.unwritableHead) {
            try write(request(.other("GET / HTTP/1.1\r\n".bytes), "/", body: .none))
        }
    }

    /// Status, HEAD, version, keep-alive, body; then what is written and whether a body follows.
    static let responses: [(Int, AnswerRules, BodyLength, String, Bool)] = [
        (200, AnswerRules(), .known(5), "content-length: 5\r\n", false),
        (200, AnswerRules(), .none, "content-length: 0\r\n", true),
        (200, AnswerRules(), .unknown, "transfer-encoding: chunked\r\n", false),
        (200, AnswerRules(keepsAlive: false), .none, "content-length: 0\r\nconnection: close\r\n", true),
        (200, AnswerRules(minorVersion: 0), .known(5), "content-length: 5\r\nconnection: keep-alive\r\n", false),
        (200, AnswerRules(minorVersion: 0), .unknown, "connection: close\r\n", false),
        (200, AnswerRules(isHead: true), .known(5), "content-length: 5\r\n", true),
        (200, AnswerRules(isHead: true), .unknown, "", true),
        (200, AnswerRules(isHead: true), .none, "content-length: 0\r\n", true),
        (204, AnswerRules(), .known(5), "", true), (304, AnswerRules(), .known(5), "content-length: 5\r\n", true),
        (304, AnswerRules(), .none, "", true), (103, AnswerRules(keepsAlive: false), .none, "", true),
        (101, AnswerRules(), .none, "connection: upgrade\r\n", false),
    ]

    @Test(arguments: responses)
    func `a response head says what its request can understand`(
        status: Int, rules: AnswerRules, body: BodyLength, fields: String, isBodiless: Bool
    ) {
        var head = HTTPResponseHead(status: status)
        head.body = body
        let written = write(head, rules)
        #expect(written.text.drop { $0 != "\r\n" }.dropFirst() == fields + "\r\n")
        #expect(written.isBodiless == isBodiless)
        #expect(written.endsAtClose == (status == 101 || rules.minorVersion == 0 && body == .unknown))
    }

    @Test func `who must upgrade is told to what`() {
        var head = HTTPResponseHead(status: 426)
        head.headers.append(.upgrade, "websocket")
        let end = "content-length: 0\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n"
        #expect(write(head, AnswerRules()).text.hasSuffix(end))
        #expect(write(head, AnswerRules(keepsAlive: false)).text.hasSuffix("connection: close\r\n\r\n"))
        #expect(write(head, AnswerRules(minorVersion: 0)).text.hasSuffix("connection: keep-alive\r\n\r\n"))
    }

    @Test func `a status is written with its phrase`() {
        for (status, line) in [
            (200, "200 OK"), (404, "404 Not Found"), (505, "505 HTTP Version Not Supported"), (299, "299 "),
            (999, "999 "),
        ] {
            #expect(write(HTTPResponseHead(status: status), AnswerRules()).text.hasPrefix("HTTP/1.1 \(line)\r\n"))
        }
        for status in [0, 99, 1000, -1] {
            #expect(write(HTTPResponseHead(status: status), AnswerRules()).text.hasPrefix("HTTP/1.1 500 "))
        }
        var out = ByteWriter()
        HTTPResponseHead.writeContinue(into: &out)
        #expect(String(out.finish()) == "HTTP/1.1 100 Continue\r\n\r\n")
    }

    @Test func `chunks stand around the data`() throws {
        var out = ByteWriter()
        var head = HTTPResponseHead()
        head.body = .unknown
        var body = head.write(into: &out)
        out.truncate(to: 0)
        for piece in ["hello", "", String(repeating: "x", count: 26)] {
            try body.write(piece.bytes.span.bytes, into: &out)
        }
        var trailers = Headers()
        for (name, value) in [("grpc-status", "0"), ("content-length", "5"), ("x-a", "b")] {
            trailers.append(name, value)
        }
        try body.finish(trailers: trailers, into: &out)
        let data = String(repeating: "x", count: 26)
        #expect(String(out.finish()) == "5\r\nhello\r\n1A\r\n\(data)\r\n0\r\ngrpc-status: 0\r\nx-a: b\r\n\r\n")
    }

    @Test func `a body is as long as its head says`() throws {
        var out = ByteWriter()
        let head = request(.post, "/", body: .known(5))
        var body = try head.write(into: &out)
        let data = "hello!".bytes
        #expect(throws: HTTP1Error.bodyLongerThanDeclared) { try body.write(data.span.bytes, into: &out) }
        try body.write(data.span.bytes.extracting(0..<4), into: &out)
        #expect(throws: HTTP1Error.bodyShorterThanDeclared) { try body.finish(into: &out) }
        try body.write(data.span.bytes.extracting(0..<1), into: &out)
        try body.finish(into: &out)
        var none = try request(.get, "/", body: .none).write(into: &out)
        #expect(throws: HTTP1Error.bodyLongerThanDeclared) { try none.write(data.span.bytes, into: &out) }
    }

    @Test func `what is written is what is read`() throws {
        for (wire, _) in RequestReaderTests.accepted where !wire.contains("Upgrade") && !wire.contains("Connection") {
            let first = Transcript.ofRequests([wire.bytes])
            var out = ByteWriter()
            var reader = RequestReader()
            var head = HTTPRequestHead()
            var body: BodyWriter?
            var input = Bytes(wire)
            while let event = try reader.next(&input, into: &head) {
                switch event {
                case .head:
                    if head.authority.isEmpty { head.authority = "h".bytes }
                    body = try head.write(into: &out)
                case .body(let data): try body?.write(data.span, into: &out)
                case .end: try body?.finish(trailers: reader.trailers, into: &out)
                }
            }
            let second = Transcript.ofRequests([out.finish().array])
            #expect(second.messages.map(\.body) == first.messages.map(\.body))
            #expect(second.messages.map(\.trailers) == first.messages.map(\.trailers))
            #expect(second.error == nil && second.wholeCount == first.wholeCount)
        }
    }
}
