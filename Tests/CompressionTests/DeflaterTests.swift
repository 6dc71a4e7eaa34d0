import Buffers
import Compression
import Testing

@Suite struct DeflaterTests {
    @Test func `a deflater makes one stream after another, of pieces`() throws {
        let deflater = Deflater(.gzip, level: 9)
        for text in ["", "a", String(repeating: "abcdefgh", count: 20_000)] {
            var out = ByteWriter()
            for piece in Array(text.utf8).chunks(of: 1000) {
                deflater.deflate(piece.span.bytes, .none, into: &out)
            }
            deflater.deflate(RawSpan(), .finish, into: &out)
            #expect(String(try inflated(out.finish(), .gzip, ratio: 5000)) == text)
            deflater.reset()
        }
    }

    @Test func `what does not compress comes out whole`() throws {
        var state: UInt32 = 1
        let noise = (0..<300_000).map { _ in
            state = state &* 1_664_525 &+ 1_013_904_223
            return UInt8(state >> 24)
        }
        for format in InflaterTests.formats {
            #expect(try inflated(deflated(Bytes(noise), format), format).array == noise)
        }
    }

    @Test func `after a flush everything given is readable`() throws {
        let deflater = Deflater(.zlib)
        let inflater = Inflater(.zlib, limits: InflationLimits(bytes: 1000))
        for word in ["one", "two", "three"] {
            var packed = ByteWriter()
            deflater.deflate(Array(word.utf8).span.bytes, .sync, into: &packed)
            var out = ByteWriter()
            try inflater.inflate(packed.written, into: &out)
            #expect(String(out.finish()) == word)
        }
    }
}

extension Array {
    fileprivate func chunks(of size: Int) -> [[Element]] {
        stride(from: 0, to: count, by: size).map { Array(self[$0..<Swift.min($0 + size, count)]) }
    }
}
