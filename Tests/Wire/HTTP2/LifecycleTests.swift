import Buffers
import HTTP
import HTTP2
import Testing

/// How streams and connections begin and end.
struct LifecycleTests {
    private func answers(_ server: Endpoint, body: BodyLength = .none) {
        server.whenWhole = { [unowned server] stream in
            try? server.session.respond(HTTPResponseHead(200, body: body), on: stream)
        }
    }

    // MARK: Streams

    @Test func `a client obeys the server's limit`() throws {
        var limits = HTTP2Limits()
        limits.concurrentStreams = 2
        var pair = Pair(server: limits)
        #expect(pair.client.session.maximumStreams == 100)
        pair.talk()
        #expect(pair.client.settingsCount == 1)
        #expect(pair.client.session.hasAcknowledgedSettings && pair.server.session.hasAcknowledgedSettings)
        #expect(pair.client.session.availableStreams == 2)
        for _ in 0..<3 { _ = try pair.send(HTTPRequestHead(.get, "/")) }
        pair.talk()
        // The third waits in the client until another is over.
        #expect(pair.server.messages.keys.sorted() == [1, 3])
        try pair.server.session.respond(HTTPResponseHead(200), on: try #require(pair.server.names[1]))
        pair.talk()
        #expect(pair.server.messages.keys.sorted() == [1, 3, 5])
    }

    @Test func `a stream that is reset holds its slot until it is released`() throws {
        var limits = HTTP2Limits()
        limits.concurrentStreams = 1
        var pair = Pair(server: limits)
        pair.talk()
        pair.server.releases = false
        let first = try #require(pair.client.names[try pair.send(HTTPRequestHead(.get, "/"))])
        pair.talk()
        pair.client.session.reset(first, .cancel)
        let second = try pair.send(HTTPRequestHead(.get, "/"))
        pair.talk()
        #expect(pair.server.messages[1]?.end == .reset(.cancel))
        #expect(pair.client.messages[second]?.end == .refused)
        #expect(pair.server.rejected == [.tooManyStreams])
        #expect(pair.server.session.openStreams == 1)
        pair.server.session.release(try #require(pair.server.names[1]))
        #expect(pair.server.session.openStreams == 0)
        let third = try pair.send(HTTPRequestHead(.get, "/"))
        pair.talk()
        #expect(pair.server.messages[third] != nil)
    }

    @Test func `a stream breaks off behind what was sent on it`() throws {
        var pair = Pair()
        pair.server.whenWhole = { [unowned server = pair.server] stream in
            try? server.session.respond(HTTPResponseHead(200, body: .unknown), on: stream)
            #expect(!server.session.breakOff(stream))
            try? server.session.write(Bytes("half"), to: stream)
            #expect(server.session.breakOff(stream))
        }
        let stream = try pair.send(HTTPRequestHead(.get, "/"))
        pair.talk()
        let message = try #require(pair.client.messages[stream])
        #expect(message.body == Array("half".utf8) && !message.isWhole && message.end == .reset(.internalError))
        #expect(pair.server.session.openStreams == 0 && pair.server.failure == nil)
    }

    @Test func `a request that waits can be taken back`() throws {
        var limits = HTTP2Limits()
        limits.concurrentStreams = 1
        var pair = Pair(server: limits)
        pair.talk()
        _ = try pair.send(HTTPRequestHead(.get, "/"))
        let waiting = try #require(pair.client.names[try pair.send(HTTPRequestHead(.get, "/"))])
        pair.talk()
        pair.client.session.reset(waiting, .cancel)
        answers(pair.server)
        try pair.server.session.respond(HTTPResponseHead(200), on: try #require(pair.server.names[1]))
        pair.talk()
        #expect(pair.client.messages[1]?.end == .finished)
        #expect(pair.server.messages.keys.sorted() == [1])
        #expect(pair.client.session.openStreams == 0)
    }

    @Test func `what is asked of a stream that is over is not done`() throws {
        var pair = Pair()
        answers(pair.server)
        let stream = try #require(pair.client.names[try pair.send(HTTPRequestHead(.get, "/"))])
        pair.talk()
        #expect(pair.client.messages[stream.number]?.end == .finished)
        let session = pair.client.session!
        try session.write(Bytes("x"), to: stream)
        try session.end(on: stream)
        session.consume(5, of: stream)
        session.reset(stream, .cancel)
        session.release(stream)
        #expect(!session.isWritable(stream))
        #expect(!session.wantsToSend)
        pair.talk()
        #expect(pair.server.failure == nil)
    }

    @Test func `an answer before the end of the request tells the client to stop`() throws {
        var pair = Pair()
        let server = pair.server
        server.whenHead = { [unowned server] stream in
            try? server.session.respond(HTTPResponseHead(413, body: .known(0)), on: stream)
        }
        let stream = try #require(pair.client.names[try pair.send(HTTPRequestHead(.post, "/", body: .unknown))])
        try pair.client.session.write(Bytes("some"), to: stream)
        pair.talk()
        #expect(pair.client.messages[1]?.head == "413 known(0) ")
        #expect(pair.client.messages[1]?.isWhole == true)
        #expect(pair.client.messages[1]?.end == .reset(.noError))
        #expect(server.messages[1]?.end == .finished)
        // What was on its way is no offence.
        server.session.receive(Bytes(Frames.data(1, "late".bytes)), at: 0)
        #expect(server.failure == nil)
    }

    @Test func `either side may reset a stream`() throws {
        var pair = Pair()
        let first = try #require(pair.client.names[try pair.send(HTTPRequestHead(.get, "/"))])
        let second = try pair.send(HTTPRequestHead(.get, "/"))
        pair.talk()
        pair.client.session.reset(first, .cancel)
        pair.server.session.reset(try #require(pair.server.names[second]), .internalError)
        pair.talk()
        #expect(pair.server.messages[1]?.end == .reset(.cancel))
        #expect(pair.client.messages[second]?.end == .reset(.internalError))
        #expect(pair.client.messages[1]?.end == nil)
        #expect(pair.client.session.openStreams == 0 && pair.server.session.openStreams == 0)
    }

    // MARK: Connections

    @Test func `a drain lets streams finish and refuses new ones`() throws {
        var pair = Pair()
        _ = try pair.send(HTTPRequestHead(.get, "/"))
        pair.talk()
        pair.server.session.drain()
        let first = Frame.all(in: pair.server.output())
        #expect(first.map(\.kind) == [6, 7] || first.map(\.kind) == [7, 6])
        #expect(first.first { $0.kind == 7 }?.word(at: 0) == 0x7FFF_FFFF)
        // The client has not seen it yet: its stream is still served.
        let late = try pair.send(HTTPRequestHead(.get, "/late"))
        let sent = pair.client.output()
        pair.server.session.receive(Bytes(sent), at: 0)
        #expect(pair.server.messages[late] != nil)
        pair.client.session.receive(
            Bytes(first.flatMap { Frames.frame($0.kind, $0.flags, $0.stream, $0.payload) }), at: 0)
        #expect(pair.client.goAways == [.noError])
        #expect(pair.client.session.availableStreams == 0)
        pair.talk()
        #expect(pair.client.goAways == [.noError, .noError])
        #expect(!pair.server.session.isFinished)
        for number in [1, late] {
            try pair.server.session.respond(HTTPResponseHead(200), on: try #require(pair.server.names[number]))
        }
        pair.talk()
        #expect(pair.client.messages[1]?.end == .finished)
        #expect(pair.client.messages[late]?.end == .finished)
        #expect(pair.server.session.isFinished && pair.client.session.isFinished)
    }

    @Test func `what comes behind the final GOAWAY is ignored`() throws {
        var pair = Pair()
        _ = try pair.send(HTTPRequestHead(.get, "/"))
        pair.talk()
        pair.server.session.finishDrain()
        _ = pair.server.output()
        // Sent by a client that has not read it yet.
        let late = Frames.post(3) + Frames.data(3, [1]) + Frames.headers(3, [("x", "y")]) + Frames.get(5)
        pair.server.session.receive(Bytes(late), at: 0)
        #expect(pair.server.messages.keys.sorted() == [1])
        #expect(pair.server.failure == nil)
        try pair.server.session.respond(HTTPResponseHead(200), on: try #require(pair.server.names[1]))
        #expect(Frame.all(in: pair.server.output()).map(\.kind) == [1])
        #expect(pair.server.session.isFinished)
    }

    @Test func `a stream that is reset inside a header block does no harm`() throws {
        var pair = Pair()
        let number = try pair.send(HTTPRequestHead(.post, "/", body: .unknown))
        pair.talk()
        let trailers = Frames.headers(UInt32(number), [("x", "y")])
        pair.server.session.receive(Bytes(Array(trailers.prefix(12))), at: 0)
        pair.server.session.reset(try #require(pair.server.names[number]), .internalError)
        _ = pair.server.output()
        pair.server.session.receive(Bytes(Array(trailers.dropFirst(12)) + Frames.get(3)), at: 0)
        #expect(pair.server.failure == nil)
        #expect(pair.server.messages[3]?.isWhole == true)
    }

    @Test func `streams behind the last one of GOAWAY may be sent again`() throws {
        var pair = Pair()
        pair.talk()
        for _ in 0..<3 { _ = try pair.send(HTTPRequestHead(.post, "/")) }
        _ = pair.client.output()
        pair.client.session.receive(Bytes(Frames.goAway(3, 0)), at: 0)
        #expect(pair.client.messages[5]?.end == .refused)
        #expect(pair.client.messages[3]?.end == nil)
        #expect(pair.client.session.availableStreams == 0)
        // A request that had not left is as good as refused.
        if let stream = try? pair.client.session.request(HTTPRequestHead(.get, "/"), isSecure: false) {
            _ = pair.client.output()
            #expect(pair.client.messages[stream.number]?.end == .refused)
        }
    }

    @Test func `a connection that breaks ends all its streams`() throws {
        var pair = Pair()
        for _ in 0..<3 { _ = try pair.send(HTTPRequestHead(.get, "/")) }
        pair.talk()
        pair.client.session.receivedEnd()
        pair.server.session.receivedEnd()
        for number: Int32 in [1, 3, 5] {
            #expect(pair.client.messages[number]?.end == .lost)
            #expect(pair.server.messages[number]?.end == .lost)
        }
        #expect(pair.client.session.openStreams == 0 && pair.server.session.openStreams == 0)
    }

    @Test func `an offence ends all streams and says why`() throws {
        var pair = Pair()
        _ = try pair.send(HTTPRequestHead(.get, "/"))
        pair.talk()
        pair.server.session.receive(Bytes(Frames.data(0, [1])), at: 0)
        let output = Frame.all(in: pair.server.output())
        #expect(output.last?.kind == 7)
        #expect(pair.server.failure == .protocolViolation)
        #expect(pair.server.messages[1]?.end == .lost)
        #expect(pair.server.session.isFinished)
    }

    @Test func `a connection that ends inside the preface is told`() {
        let server = Endpoint(.server)
        server.session.receive(Bytes(Array(Frames.preface.prefix(10))), at: 0)
        server.session.receivedEnd()
        #expect(server.failure == .badPreface)
        #expect(Frame.all(in: server.output()).last?.kind == 7)
    }

    @Test func `a connection can be ended at once`() throws {
        var pair = Pair()
        _ = try pair.send(HTTPRequestHead(.get, "/"))
        pair.talk()
        pair.server.session.abort(.settingsTimeout)
        #expect(pair.server.messages[1]?.end == .lost)
        pair.talk()
        #expect(pair.server.session.isFinished)
        #expect(pair.client.goAways == [.settingsTimeout])
        #expect(pair.client.messages[1]?.end == nil)
    }

    @Test func `a PING comes back`() {
        var pair = Pair()
        pair.client.session.ping(0x0102_0304_0506_0708)
        pair.server.session.ping(7)
        pair.talk()
        #expect(pair.client.pings == [0x0102_0304_0506_0708])
        #expect(pair.server.pings == [7])
    }

    @Test func `an upgrade from HTTP/1 continues with stream 1`() throws {
        let server = Endpoint(.server)
        // MAX_CONCURRENT_STREAMS 100, INITIAL_WINDOW_SIZE 2.
        let stream = try server.session.upgrade(settings: "AAMAAABkAAQAAAAC".bytes.span.bytes, isHead: false)
        #expect(stream.number == 1)
        try server.session.respond(HTTPResponseHead(200, body: .unknown), on: stream)
        try server.session.write(Bytes("hello"), to: stream)
        try server.session.end(on: stream)
        let frames = Frame.all(in: server.output())
        #expect(frames.filter { $0.stream == 1 }.map(\.kind) == [1, 0])
        #expect(frames.last?.payload == "he".bytes)
        server.session.receive(Bytes(Frames.hello + Frames.window(1, 100) + Frames.get(3)), at: 0)
        #expect(Frame.all(in: server.output()).filter { $0.stream == 1 }.map(\.payload) == ["llo".bytes])
        #expect(server.messages[1]?.end == .finished)
        #expect(server.messages[3]?.isWhole == true)
    }

    @Test(arguments: ["A", "AAMAAABk!", "AAMAAABkAAQ", "AAUAAAAB"])
    func `an upgrade with malformed settings is refused`(settings: String) {
        let server = Endpoint(.server)
        #expect(throws: HTTP2Error.badUpgrade) {
            _ = try server.session.upgrade(settings: settings.bytes.span.bytes, isHead: false)
        }
    }

    private func match(_ bytes: [UInt8]) -> HTTP2Preface.Match { HTTP2Preface.match(bytes.span.bytes) }

    @Test func `the preface is told from HTTP/1 as soon as can be`() {
        for count in 0..<24 {
            #expect(match(Array(Frames.preface.prefix(count))) == .needsMore)
        }
        #expect(match(Frames.preface) == .yes)
        #expect(match(Frames.preface + [0]) == .yes)
        #expect(match("G".bytes) == .no)
        #expect(match("PRI * HTTP/1.1".bytes) == .no)
    }
}
