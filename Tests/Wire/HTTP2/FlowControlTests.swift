import Buffers
import HTTP
import HTTP2
import Testing

/// What is not read stops who writes, end to end.
struct FlowControlTests {
    private static func limits(window: Int) -> HTTP2Limits {
        var limits = HTTP2Limits()
        limits.streamWindow = window
        limits.connectionWindow = max(window, 65_535)
        return limits
    }

    /// Bytes that tell where they are.
    private static func pattern(_ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) }
    }

    @Test(arguments: [(100, 1 << 20), (65_535, 10 << 20), (1 << 20, 10 << 20)])
    func `a long body passes windows of any size`(window: Int, count: Int) throws {
        var pair = Pair(client: Self.limits(window: window), server: Self.limits(window: window))
        let server = pair.server
        let body = Bytes(Self.pattern(count))
        server.whenWhole = { [unowned server] stream in
            try? server.session.respond(HTTPResponseHead(200, body: .known(count)), on: stream)
            try? server.session.write(body, to: stream)
            try? server.session.end(on: stream)
        }
        let number = try pair.send(HTTPRequestHead(.post, "/", body: .unknown))
        let stream = try #require(pair.client.names[number])
        // Large pieces, small ones, and what lies between.
        var rest = body
        var size = 1
        while !rest.isEmpty {
            try pair.client.session.write(rest.removePrefix(min(size, rest.count)), to: stream)
            size = size * 5 % 60_013
        }
        try pair.client.session.end(on: stream)
        #expect(pair.client.session.queuedBytes == count)
        pair.talk()
        #expect(server.messages[number]?.body == body.array)
        #expect(pair.client.messages[number]?.body == body.array)
        #expect(pair.client.messages[number]?.end == .finished)
        #expect(pair.client.session.queuedBytes == 0)
    }

    @Test func `an unread body stops its stream and no other`() throws {
        var pair = Pair()
        pair.talk()
        pair.server.consumes = false
        let first = try pair.send(HTTPRequestHead(.post, "/", body: .unknown))
        let second = try pair.send(HTTPRequestHead(.post, "/", body: .unknown))
        let (one, two) = (try #require(pair.client.names[first]), try #require(pair.client.names[second]))
        try pair.client.session.write(Bytes(Self.pattern(100_000)), to: one)
        pair.talk()
        #expect(pair.server.messages[first]?.body.count == 65_536)
        #expect(pair.client.session.queuedBytes(one) == 100_000 - 65_536)
        #expect(pair.client.session.isHeldBack(one))
        try pair.client.session.write(Bytes("hello"), to: two)
        pair.talk()
        #expect(pair.server.messages[second]?.body == "hello".bytes)
        #expect(!pair.client.session.isHeldBack(two))
        // A little is not worth a frame; half a window is.
        let name = try #require(pair.server.names[first])
        pair.server.session.consume(1000, of: name)
        pair.talk()
        #expect(pair.server.messages[first]?.body.count == 65_536)
        pair.server.session.consume(40_000, of: name)
        pair.talk()
        #expect(pair.server.messages[first]?.body.count == 100_000)
    }

    @Test func `a stream is full until half of it is sent`() throws {
        var pair = Pair()
        pair.talk()
        pair.server.consumes = false
        let number = try pair.send(HTTPRequestHead(.post, "/", body: .unknown))
        let stream = try #require(pair.client.names[number])
        try pair.client.session.write(Bytes(Self.pattern(64 * 1024)), to: stream)
        #expect(pair.client.session.isWritable(stream))
        try pair.client.session.write(Bytes("a"), to: stream)
        #expect(!pair.client.session.isWritable(stream))
        pair.talk()
        #expect(pair.client.session.isWritable(stream))
        #expect(pair.client.messages[number]?.drained == 1)
        try pair.client.session.write(Bytes(Self.pattern(90_000)), to: stream)
        pair.talk()
        // The peer reads nothing.
        #expect(!pair.client.session.isWritable(stream))
        pair.server.session.consume(65_536, of: try #require(pair.server.names[number]))
        pair.talk()
        #expect(pair.client.session.isWritable(stream))
        #expect(pair.client.messages[number]?.drained == 2)
    }

    @Test func `a full connection makes all its streams full`() throws {
        var limits = HTTP2Limits()
        limits.connectionQueueBytes = 100_000
        var pair = Pair(client: limits)
        pair.talk()
        pair.server.consumes = false
        var streams: [HTTP2StreamID] = []
        for _ in 0..<4 {
            let number = try pair.send(HTTPRequestHead(.post, "/", body: .unknown))
            streams.append(try #require(pair.client.names[number]))
        }
        for stream in streams.prefix(3) { try pair.client.session.write(Bytes(Self.pattern(50_000)), to: stream) }
        #expect(streams.map(pair.client.session.isWritable) == [true, true, false, true])
        try pair.client.session.write(Bytes("a"), to: streams[3])
        #expect(!pair.client.session.isWritable(streams[3]))
        pair.talk()
        #expect(streams.map(pair.client.session.isWritable) == [true, true, true, true])
        #expect(streams.map { pair.client.messages[$0.number]?.drained ?? 0 } == [0, 0, 1, 1])
    }

    @Test func `a stalled stream that is reset makes room for the others`() throws {
        var limits = HTTP2Limits()
        limits.connectionQueueBytes = 200_000
        var pair = Pair(client: limits)
        pair.talk()
        pair.server.consumes = false
        var streams: [HTTP2StreamID] = []
        for _ in 0..<2 {
            let number = try pair.send(HTTPRequestHead(.post, "/", body: .unknown))
            streams.append(try #require(pair.client.names[number]))
        }
        try pair.client.session.write(Bytes(Self.pattern(250_000)), to: streams[0])
        try pair.client.session.write(Bytes("a"), to: streams[1])
        pair.talk()
        #expect(!pair.client.session.isWritable(streams[1]))
        pair.client.session.reset(streams[0], .cancel)
        pair.talk()
        #expect(pair.client.session.isWritable(streams[1]))
        #expect(pair.client.messages[streams[1].number]?.drained == 1)
        #expect(pair.client.session.queuedBytes == 0)
    }

    @Test func `what nobody read of a stream that is over does not burden the connection`() throws {
        var pair = Pair(server: Self.limits(window: 65_535))
        pair.talk()
        pair.server.consumes = false
        for _ in 0..<10 {
            let number = try pair.send(HTTPRequestHead(.post, "/", body: .unknown))
            let stream = try #require(pair.client.names[number])
            try pair.client.session.write(Bytes(Self.pattern(60_000)), to: stream)
            pair.talk()
            #expect(pair.server.messages[number]?.body.count == 60_000)
            pair.client.session.reset(stream, .cancel)
            pair.talk()
            #expect(pair.server.messages[number]?.end == .reset(.cancel))
        }
    }

    @Test func `streams share the connection frame by frame`() throws {
        for role in [HTTP2Session.Role.client, .server] {
            var pair = Pair(client: Self.limits(window: 1 << 20), server: Self.limits(window: 1 << 20))
            pair.talk()
            let numbers =
                [try pair.send(HTTPRequestHead(.post, "/", body: .unknown))]
                + [try pair.send(HTTPRequestHead(.post, "/", body: .unknown))]
            pair.talk()
            let sender = role == .client ? pair.client : pair.server
            for number in numbers {
                let stream = try #require(sender.names[number])
                if role == .server { try sender.session.respond(HTTPResponseHead(200, body: .unknown), on: stream) }
                try sender.session.write(Bytes(Self.pattern(100_000)), to: stream)
            }
            let order = Frame.all(in: sender.output()).filter { $0.kind == 0 }.map(\.stream)
            #expect(order.count == 14)
            #expect(order.prefix(12).enumerated().allSatisfy { $0.element == order[$0.offset % 2] }, "\(order)")
        }
    }

    @Test func `bodies are slices of what was received`() {
        let input = Bytes(Frames.hello + Frames.post(1) + Frames.data(1, "hello".bytes, end: true))
        final class Watch: HTTP2SessionHandler {
            var data: [Bytes] = []
            func received(_ data: Bytes, on stream: HTTP2StreamID) { self.data.append(data) }
            func receivedEnd(_ trailers: Headers?, on stream: HTTP2StreamID) {}
            func drained(_ stream: HTTP2StreamID) {}
            func closed(_ stream: HTTP2StreamID, _ end: HTTP2StreamEnd) {}
            func failed(_ error: HTTP2Error) {}
        }
        let watch = Watch()
        let session = HTTP2Session(.server, handler: watch)
        session.receive(input, at: 0)
        #expect(watch.data == [Bytes("hello")])
        #expect(watch.data.first?.slab === input.slab)
    }

    @Test func `large pieces are sent by reference, small ones together`() throws {
        let pair = Pair()
        let session = pair.client.session!
        let stream = try #require(pair.client.names[try pair.send(HTTPRequestHead(.post, "/", body: .unknown))])
        for _ in 0..<10 { try session.write(Bytes("small"), to: stream) }
        let large = Bytes(Self.pattern(10_000))
        try session.write(large, to: stream)
        try session.write(Bytes("last"), to: stream)
        try session.end(on: stream)
        var writer = ByteWriter()
        let piece = session.send(into: &writer)
        #expect(piece?.slab === large.slab)
        #expect(piece?.count == 10_000)
        let before = Frame.all(in: Array(writer.finish().array.dropFirst(Frames.preface.count)))
        #expect(before.filter { $0.kind == 0 }.map(\.payload.count) == [50, 0])
        let behind = session.send(into: &writer)
        #expect(behind == nil)
        #expect(
            Frame.all(in: writer.finish().array).map { [Int($0.kind), $0.payload.count, Int($0.flags)] } == [[0, 4, 1]])
    }
}
