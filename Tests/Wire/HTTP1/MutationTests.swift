import HTTP1
import Testing

/// Random bytes put into good messages: whatever comes of them, it comes of them however they are cut.
struct MutationTests {
    /// A generator with a known seed (SplitMix64), so that a failure can be seen again.
    struct Seeded: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = state
            mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
            return mixed ^ mixed >> 31
        }
    }

    private static let words = [
        "\r\n", "\n", "\r", "\0", " ", "\t", ":", ";", ",", "\"", "0", "f", "_", "chunked", "\u{e9}", "\r\n\r\n",
    ]

    private func mutate(_ bytes: [UInt8], by generator: inout Seeded) -> [UInt8] {
        var bytes = bytes
        for _ in 0...Int.random(in: 0..<3, using: &generator) {
            let place = Int.random(in: 0...bytes.count, using: &generator)
            let end = min(bytes.count, place + Int.random(in: 0..<4, using: &generator))
            let word = Self.words.randomElement(using: &generator) ?? ""
            bytes.replaceSubrange(place..<end, with: Bool.random(using: &generator) ? word.bytes : [])
        }
        return bytes
    }

    @Test func `mutated requests are read the same however they are cut`() {
        var generator = Seeded(state: 1)
        for round in 0..<500 {
            let wire = RequestReaderTests.accepted[round % RequestReaderTests.accepted.count].wire
            // With an end to every head, for some faults of a head show only there.
            let bytes = mutate(wire.bytes, by: &generator) + "\r\n\r\n".bytes
            let whole = Transcript.ofRequests([bytes])
            let place = Int.random(in: 0...bytes.count, using: &generator)
            let pieces = [Transcript.ofRequests(bytes.cut(at: place)), Transcript.ofRequests(bytes.singles)]
            for piece in pieces {
                #expect(piece.messages == whole.messages, "\(String(decoding: bytes, as: UTF8.self)) cut at \(place)")
                #expect((piece.error == nil) == (whole.error == nil))
            }
        }
    }

    @Test func `mutated responses are read the same however they are cut`() {
        var generator = Seeded(state: 2)
        for round in 0..<500 {
            let item = ResponseReaderTests.accepted[round % ResponseReaderTests.accepted.count]
            let bytes = mutate(item.wire.bytes, by: &generator)
            let whole = Transcript.ofResponse([bytes], to: item.method, isClosed: true)
            let place = Int.random(in: 0...bytes.count, using: &generator)
            let cut = Transcript.ofResponse(bytes.cut(at: place), to: item.method, isClosed: true)
            #expect(cut.messages == whole.messages, "\(String(decoding: bytes, as: UTF8.self)) cut at \(place)")
            #expect((cut.error == nil) == (whole.error == nil))
        }
    }
}
