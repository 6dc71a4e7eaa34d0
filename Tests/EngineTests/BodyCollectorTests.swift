import Buffers
import Canonical
import Testing

@testable import Engine

@Suite struct BodyCollectorTests {
    @Test(arguments: 1...7) func `pieces of any size become one body`(size: Int) throws {
        let text = Array("hello, world".utf8)
        var collector = BodyCollector(limit: text.count, origin: .client)
        for start in stride(from: 0, to: text.count, by: size) {
            try collector.append(Bytes(Array(text[start..<min(start + size, text.count)])))
            try collector.append(Bytes())
        }
        #expect(collector.count == text.count)
        #expect(collector.finish().array == text)
    }

    @Test func `a body in one piece is not copied`() throws {
        var collector = BodyCollector(limit: 10, origin: .client)
        let piece = Bytes("piece")
        try collector.append(piece)
        #expect(collector.finish().slab === piece.slab)
    }

    @Test func `past the limit it refuses, as whoever's body it is`() throws {
        for (origin, reason, status) in [
            (FailureOrigin.client, "body.too_large", 413), (.upstream, "upstream.body_too_large", 502),
        ] {
            var collector = BodyCollector(limit: 3, origin: origin)
            try collector.append(Bytes("abc"))
            let failure = #expect(throws: Failure.self) { try collector.append(Bytes("d")) }
            #expect(failure?.reason == reason && failure?.httpStatus == status && failure?.origin == origin)
            #expect(throws: Failure.self) { try collector.check(4) }
            #expect(throws: Never.self) { try collector.check(3) }
        }
    }
}
