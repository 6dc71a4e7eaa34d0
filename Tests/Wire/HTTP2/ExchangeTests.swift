import Buffers
import HTTP
import HTTP2
import Testing

/// A client and a server that talk to each other.
struct ExchangeTests {
    private func answer(
        _ server: Endpoint, _ head: HTTPResponseHead, _ body: [String] = [], trailers: Headers? = nil
    ) {
        server.whenWhole = { [unowned server] stream in
            try? server.session.respond(head, on: stream)
            for piece in body { try? server.session.write(Bytes(piece), to: stream) }
            try? server.session.end(trailers, on: stream)
        }
    }

    @Test(arguments: [1, 7, 16_384]) func `a request without a body is answered`(pieces: Int) throws {
        var pair = Pair()
        answer(pair.server, HTTPResponseHead(200, body: .known(5), [("x-a", "b")]), ["hel", "lo"])
        let number = try pair.send(HTTPRequestHead(.get, "/a?b", [("accept", "*/*"), ("te", "trailers")]))
        pair.talk(pieces: pieces)
        #expect(pair.server.messages[number]?.head == "GET /a?b @localhost none accept: */*|te: trailers")
        let got = try #require(pair.client.messages[number])
        #expect(got.head == "200 known(5) x-a: b")
        #expect(got.body == "hello".bytes)
        #expect(got.isWhole && got.trailers == nil)
        #expect(got.end == .finished)
        #expect(pair.server.messages[number]?.end == .finished)
        #expect(pair.client.session.openStreams == 0)
        #expect(pair.server.session.openStreams == 0)
    }

    @Test func `bodies and trailers go both ways`() throws {
        var pair = Pair()
        var status = Headers()
        status.append("grpc-status", "0")
        status.append("content-length", "1")
        answer(pair.server, HTTPResponseHead(200, body: .unknown), ["pong"], trailers: status)
        let number = try pair.send(HTTPRequestHead(.post, "/", body: .known(4)))
        let stream = try #require(pair.client.names[number])
        try pair.client.session.write(Bytes("ping"), to: stream)
        var sum = Headers()
        sum.append("x-sum", "1")
        try pair.client.session.end(sum, on: stream)
        pair.talk()
        #expect(pair.server.messages[number]?.body == "ping".bytes)
        // Content-Length promised the end of the data: trailers come all the same.
        #expect(pair.server.messages[number]?.trailers == "x-sum: 1")
        #expect(pair.client.messages[number]?.body == "pong".bytes)
        #expect(pair.client.messages[number]?.trailers == "grpc-status: 0")
        #expect(pair.client.messages[number]?.end == .finished)
    }

    @Test func `trailers may follow no data at all`() throws {
        var pair = Pair()
        var status = Headers()
        status.append("grpc-status", "5")
        answer(pair.server, HTTPResponseHead(200, body: .unknown), trailers: status)
        let number = try pair.send(HTTPRequestHead(.get, "/"))
        pair.talk()
        #expect(pair.client.messages[number]?.body == [])
        #expect(pair.client.messages[number]?.trailers == "grpc-status: 5")
    }

    @Test func `interim responses come before the final one`() throws {
        var pair = Pair()
        let server = pair.server
        server.whenHead = { [unowned server] stream in
            server.session.respondInterim(HTTPResponseHead(100), on: stream)
            server.session.respondInterim(HTTPResponseHead(103, [("link", "</a>")]), on: stream)
            server.session.respondInterim(HTTPResponseHead(101), on: stream)
        }
        answer(server, HTTPResponseHead(204))
        var head = HTTPRequestHead(.post, "/", body: .unknown)
        head.expectsContinue = true
        let number = try pair.send(head)
        pair.talk()
        #expect(server.messages[number]?.head == "POST / @localhost unknown expects ")
        #expect(pair.client.messages[number]?.interim == ["100 none ", "103 none link: </a>"])
        #expect(pair.client.messages[number]?.head == "")
        try pair.client.session.end(on: try #require(pair.client.names[number]))
        pair.talk()
        #expect(pair.client.messages[number]?.head == "204 none ")
        #expect(pair.client.messages[number]?.isWhole == true)
    }

    @Test(arguments: [(HTTPMethod.head, 200), (.get, 304), (.get, 204)])
    func `an answer without a body ends with its head`(method: HTTPMethod, status: Int) throws {
        var pair = Pair()
        answer(pair.server, HTTPResponseHead(status, body: .known(12)), ["never sent"])
        let number = try pair.send(HTTPRequestHead(method, "/"))
        pair.talk()
        #expect(pair.client.messages[number]?.head == "\(status) \(status == 204 ? "none" : "known(12)") ")
        #expect(pair.client.messages[number]?.body == [])
        #expect(pair.client.messages[number]?.end == .finished)
    }

    @Test func `fields of a connection are not sent`() throws {
        var pair = Pair()
        let fields = [
            ("connection", "close"), ("keep-alive", "1"), ("transfer-encoding", "chunked"), ("upgrade", "x"),
            ("te", "gzip"),
            ("content-length", "7"), ("host", "other"), ("proxy-connection", "x"), ("http2-settings", "x"),
            ("x-b", "1"),
        ]
        answer(pair.server, HTTPResponseHead(200, fields))
        let number = try pair.send(HTTPRequestHead(.get, "/", fields))
        pair.talk()
        #expect(pair.server.messages[number]?.head == "GET / @localhost none x-b: 1")
        #expect(pair.client.messages[number]?.head == "200 none x-b: 1")
    }

    @Test func `a cookie's crumbs are joined`() throws {
        let crumbs = [("cookie", "a=1"), ("x", "y"), ("cookie", "b=2"), ("cookie", "c=3")]
        for (fields, head) in [(crumbs, "x: y|cookie: a=1; b=2; c=3"), (Array(crumbs.prefix(2)), "cookie: a=1|x: y")] {
            let server = Endpoint(.server)
            server.session.receive(Bytes(Frames.hello + Frames.headers(1, Frames.get + fields)), at: 0)
            #expect(server.messages[1]?.head == "GET / @localhost none \(head)")
        }
    }

    @Test func `many streams run at once`() throws {
        var pair = Pair()
        let server = pair.server
        server.whenWhole = { [unowned server] stream in
            try? server.session.respond(HTTPResponseHead(200, body: .unknown), on: stream)
            for _ in 0..<20 { try? server.session.write(Bytes("\(stream.number) "), to: stream) }
            try? server.session.end(on: stream)
        }
        pair.talk()
        for round in 0..<5 {
            for _ in 0..<100 { _ = try pair.send(HTTPRequestHead(.get, "/")) }
            #expect(pair.client.session.availableStreams == 0)
            pair.talk()
            #expect(pair.client.session.availableStreams == 100)
            #expect(pair.client.messages.count == 100 * (round + 1))
        }
        for (number, message) in pair.client.messages {
            #expect(message.body == String(repeating: "\(number) ", count: 20).bytes)
            #expect(message.end == .finished)
        }
        // Slots are used again.
        #expect(pair.client.names.values.allSatisfy { $0.slot < 100 })
    }

    @Test func `a tunnel carries bytes both ways`() throws {
        var limits = HTTP2Limits()
        limits.allowsExtendedConnect = true
        var pair = Pair(server: limits)
        let server = pair.server
        #expect(!pair.client.session.allowsExtendedConnect)
        pair.talk()
        #expect(pair.client.session.allowsExtendedConnect)
        server.whenHead = { [unowned server] stream in
            try? server.session.respond(HTTPResponseHead(200, body: .unknown), on: stream)
            try? server.session.write(Bytes("down"), to: stream)
        }
        var head = HTTPRequestHead(.connect, "/chat", body: .unknown, [("sec-websocket-version", "13")])
        head.connectProtocol = "websocket".bytes
        let number = try pair.send(head)
        let stream = try #require(pair.client.names[number])
        try pair.client.session.write(Bytes("up"), to: stream)
        pair.talk()
        #expect(
            server.messages[number]?.head == "CONNECT websocket /chat @localhost unknown sec-websocket-version: 13")
        #expect(server.messages[number]?.body == "up".bytes)
        #expect(pair.client.messages[number]?.body == "down".bytes)
        #expect(pair.client.messages[number]?.isWhole == false)
        // CONNECT and a protocol belong together.
        head.connectProtocol = []
        #expect(throws: HTTP2Error.unwritableHead) { _ = try pair.send(head) }
    }

    @Test func `a tunnel needs all its pseudo-header fields`() {
        var limits = HTTP2Limits()
        limits.allowsExtendedConnect = true
        let connect = [(":method", "CONNECT"), (":protocol", "websocket")] + Frames.get.dropFirst()
        let missing = [":scheme", ":path", ":authority"].map { name in connect.filter { $0.0 != name } }
        for fields in missing + [Frames.get + [(":protocol", "websocket")], connect + [(":protocol", "x")]] {
            let server = Endpoint(.server, limits)
            server.session.receive(Bytes(Frames.hello + Frames.headers(1, fields, end: false)), at: 0)
            #expect(server.messages.isEmpty && server.rejected.count == 1, "\(fields)")
        }
    }

    @Test(arguments: ["/a b", "/a#b", "", "a", "*", "/\r\nx: y"])
    func `a request that means something else is not written`(target: String) {
        let pair = Pair()
        #expect(throws: HTTP2Error.unwritableHead) { _ = try pair.send(HTTPRequestHead(.get, target)) }
        #expect(pair.client.session.openStreams == 0)
    }

    @Test func `a head that is too large is not written`() throws {
        let pair = Pair()
        let head = HTTPRequestHead(.get, "/", [("x", String(repeating: "y", count: 50_000))])
        #expect(throws: HTTP2Error.unwritableHead) { _ = try pair.send(head) }
    }

    @Test func `a body keeps to its promised length`() throws {
        let pair = Pair()
        let number = try pair.send(HTTPRequestHead(.post, "/", body: .known(4)))
        let stream = try #require(pair.client.names[number])
        #expect(throws: HTTP2Error.bodyShorterThanDeclared) { try pair.client.session.end(on: stream) }
        #expect(throws: HTTP2Error.bodyLongerThanDeclared) {
            try pair.client.session.write(Bytes("hello"), to: stream)
        }
    }
}
