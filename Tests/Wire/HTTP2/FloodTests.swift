import Buffers
import HTTP2
import Testing

/// What costs the sender little and others much ends the connection, early and by name.
struct FloodTests {
    typealias F = Frames

    /// How many frames of an attack a server takes, and what it says then.
    private func attack(
        opening: [UInt8] = [], readsAnswers: Bool = true, releases: Bool = true, limit: Int = 20_000,
        _ frames: (UInt32) -> [UInt8]
    ) -> (count: Int, error: HTTP2Error?, code: HTTP2ErrorCode?, server: Endpoint) {
        let server = Endpoint(.server)
        server.releases = releases
        server.session.receive(Bytes(F.hello + opening), at: 0)
        var output: [UInt8] = []
        var count = 0
        while count < limit, server.session.failure == nil {
            server.session.receive(Bytes(frames(UInt32(2 * count + 1))), at: Int64(count) * 1000)
            count += 1
            if readsAnswers { output += server.output() }
        }
        output += server.output()
        let goAways = Frame.all(in: output).filter { $0.kind == 7 }
        return (count, server.failure, goAways.last.map { HTTP2ErrorCode(rawValue: $0.word(at: 4)) }, server)
    }

    @Test(arguments: [true, false]) func `rapid reset`(readsAnswers: Bool) {
        let result = attack(readsAnswers: readsAnswers) { F.get($0) + F.reset($0) }
        #expect(result.count == 201)
        #expect(result.error == .resetFlood && result.code == .enhanceYourCalm)
        #expect(result.server.session.openStreams == 0)
    }

    @Test func `rapid reset while the work goes on`() {
        let result = attack(releases: false) { F.get($0) + F.reset($0) }
        // Half are refused, since the others are still worked for; each counts twice then.
        #expect(result.count == 151)
        #expect(result.error == .resetFlood)
        #expect(result.server.session.openStreams == 100)
    }

    @Test func `resets in moderation are fine`() {
        let server = Endpoint(.server)
        server.session.receive(Bytes(F.hello), at: 0)
        for index: UInt32 in 0..<3000 {
            server.session.receive(Bytes(F.get(2 * index + 1) + F.reset(2 * index + 1)), at: Int64(index) * 31_000_000)
            _ = server.output()
        }
        #expect(server.failure == nil)
    }

    @Test(arguments: [true, false]) func `made you reset, by a window that overflows`(readsAnswers: Bool) {
        let result = attack(readsAnswers: readsAnswers) { F.post($0) + F.window($0, 0x7FFF_FFFF) }
        #expect(result.count <= 202)
        #expect(result.error == (readsAnswers ? .resetFlood : .protocolViolation))
    }

    @Test func `made you reset, by PRIORITY, lengths and fields`() {
        for frames in [
            { F.post($0) + F.frame(2, 0, $0, [1]) }, { F.post($0) + F.priority($0, on: $0) },
            { F.post($0, [("content-length", "0")]) + F.data($0, [1]) }, { F.headers($0, [("a", "b")]) },
        ] as [(UInt32) -> [UInt8]] {
            let result = attack(frames)
            #expect(result.count == 201)
            #expect(result.error == .resetFlood && result.code == .enhanceYourCalm)
        }
    }

    @Test func `made you reset, by a window update of nothing`() {
        let result = attack { F.post($0) + F.window($0, 0) }
        #expect(result.count == 1 && result.code == .protocolError)
    }

    @Test func `CONTINUATION without end`() {
        let field = F.literal("x-a".bytes, [UInt8](repeating: 0x62, count: 1000))
        let opening = F.headers(1, F.block(F.get), whole: false)
        let large = attack(opening: opening) { _ in F.continuation(1, (0..<8).flatMap { _ in field }, whole: false) }
        #expect(large.count == 5 && large.error == .headerFlood && large.code == .enhanceYourCalm)
        let empty = attack(opening: opening) { _ in F.continuation(1, [], whole: false) }
        #expect(empty.count == 9 && empty.error == .headerFlood && empty.code == .enhanceYourCalm)
    }

    @Test(arguments: [
        ("SETTINGS", F.settings([(3, 100)])), ("PING", F.ping), ("PING's answer", F.frame(6, 1, 0, "12345678".bytes)),
        ("PRIORITY", F.priority(3, on: 0)), ("unknown frames", F.frame(0x42, 0, 0)), ("WINDOW_UPDATE", F.window(0, 1)),
        ("empty DATA", F.data(1, [])), ("DATA of padding", F.frame(0, 8, 1, [2, 0, 0])), ("GOAWAY", F.goAway(0, 0)),
    ]) func `useless frames`(name: String, frame: [UInt8]) {
        for readsAnswers in [true, false] {
            let result = attack(opening: F.post(1), readsAnswers: readsAnswers) { _ in frame }
            #expect((999...1020).contains(result.count), "\(name): \(result.count)")
            #expect(result.error == .glitchFlood && result.code == .enhanceYourCalm, "\(name)")
        }
    }

    @Test func `data for a stream that was reset`() {
        let opening = F.post(1, [("content-length", "0")]) + F.data(1, [1])
        let result = attack(opening: opening) { _ in F.data(1, [1]) }
        #expect(result.count <= 1002, "\(result.count)")
        #expect(result.error == .glitchFlood)
    }

    @Test func `a client that is nearly a nuisance is asked to leave`() {
        let server = Endpoint(.server)
        server.session.receive(Bytes(F.hello + F.post(1)), at: 0)
        _ = server.output()
        for count in 0..<760 {
            server.session.receive(Bytes(F.data(1, [])), at: 0)
            let goAways = Frame.all(in: server.output()).filter { $0.kind == 7 }
            #expect(goAways.count == (count == 750 ? 1 : 0))
        }
        #expect(server.failure == nil)
        // Time heals.
        for second in 1..<100 {
            for _ in 0..<9 { server.session.receive(Bytes(F.ping), at: Int64(second) * 1_000_000_000) }
        }
        #expect(server.failure == nil)
    }

    @Test(arguments: [("cookie", "a"), ("x", "")]) func `the HTTP/2 bomb`(name: String, value: String) {
        let entry = F.literal(name.bytes, value.bytes, first: 0x40)
        let result = attack(opening: F.settings([(4, 0)]) + F.headers(1, F.block(F.get) + entry)) {
            F.headers($0 + 2, F.block(F.get) + [UInt8](repeating: 0xBE, count: 15_000))
        }
        #expect(result.count == 1)
        #expect(result.error == .headerFlood && result.code == .enhanceYourCalm)
        #expect(result.server.messages.count == 1)
    }

    @Test func `the HPACK bomb`() {
        let entry = F.literal("x-bomb".bytes, [UInt8](repeating: 0x41, count: 4000), first: 0x40)
        let result = attack(opening: F.headers(1, F.block(F.get) + entry)) {
            F.headers($0 + 2, F.block(F.get) + [UInt8](repeating: 0xBE, count: 3000))
        }
        #expect(result.count == 1 && result.error == .headerFlood)
    }

    @Test func `heads that are a little too large, again and again`() {
        let fields = F.get + Array(repeating: ("a", "b"), count: 200)
        let result = attack { F.headers($0, fields) }
        #expect(result.count == 101)
        #expect(result.error == .glitchFlood)
    }

    @Test func `streams whose window is shut`() {
        let result = attack(opening: F.settings([(4, 0)])) { F.get($0) }
        #expect(result.count == 101 && result.code == .protocolError)
        #expect(result.server.messages.count == 100)
    }

    @Test func `streams opened before the limit is acknowledged`() {
        let server = Endpoint(.server)
        server.session.receive(Bytes(F.preface + F.settings()), at: 0)
        var count: UInt32 = 0
        while server.session.failure == nil, count < 1000 {
            server.session.receive(Bytes(F.get(2 * count + 1)), at: 0)
            count += 1
        }
        #expect(count == 301)
        #expect(server.failure == .resetFlood)
        #expect(server.messages.count == 100)
    }

    @Test func `a server that floods its client`() {
        let client = Endpoint(.client)
        var count = 0
        client.session.receive(Bytes(F.settings()), at: 0)
        while client.session.failure == nil, count < 2000 {
            client.session.receive(Bytes(F.ping), at: 0)
            count += 1
        }
        #expect((1000...1001).contains(count) && client.failure == .glitchFlood)
    }
}
