import Buffers
import Compression
import Testing

/// permessage-deflate, with the examples of RFC 7692 §7.2.3.
@Suite struct MessageDeflateTests {
    private let limits = InflationLimits(bytes: 1 << 20)

    @Test func `a message compresses as the standard shows`() {
        let deflater = MessageDeflater(keepsContext: true)
        #expect(deflated("Hello", deflater) == [0xF2, 0x48, 0xCD, 0xC9, 0xC9, 0x07, 0x00])
        #expect(deflated("Hello", deflater) == [0xF2, 0x00, 0x11, 0x00, 0x00])
        #expect(deflated("", MessageDeflater(keepsContext: false)) == [0x00])
    }

    @Test func `the standard's examples are read`() throws {
        let examples: [[UInt8]] = [
            [0xF2, 0x48, 0xCD, 0xC9, 0xC9, 0x07, 0x00], [0xF2, 0x00, 0x11, 0x00, 0x00],
            [0x00, 0x05, 0x00, 0xFA, 0xFF, 0x48, 0x65, 0x6C, 0x6C, 0x6F, 0x00],
            [0xF3, 0x48, 0xCD, 0xC9, 0xC9, 0x07, 0x00, 0x00],
            [0xF2, 0x48, 0x05, 0x00, 0x00, 0x00, 0xFF, 0xFF, 0xCA, 0xC9, 0xC9, 0x07, 0x00],
        ]
        let inflater = MessageInflater(keepsContext: true, limits: limits)
        for example in examples {
            for cut in 0...example.count {
                // The window goes on from one reading to the next; the second example needs what stands before it.
                #expect(try inflated([Array(example[..<cut]), Array(example[cut...])], inflater) == "Hello")
            }
        }
        #expect(try inflated([[0x00]], inflater) == "")
    }

    @Test(arguments: 8...15, [true, false])
    func `messages go through with every window`(bits: Int, keeps: Bool) throws {
        let deflater = MessageDeflater(windowBits: bits, keepsContext: keeps)
        let inflater = MessageInflater(windowBits: bits, keepsContext: keeps, limits: limits)
        let long = (0..<3000).map { "\($0 % 700) " }.joined()
        for text in ["", "one", "one", "", long, "one", long] {
            let packed = deflated(text, deflater)
            #expect(!packed.isEmpty)
            #expect(try inflated([packed], inflater) == text)
        }
    }

    @Test func `context makes the second message smaller, and none makes it the same`() {
        let kept = MessageDeflater(keepsContext: true)
        #expect(deflated("a longer message", kept).count > deflated("a longer message", kept).count)
        let alone = MessageDeflater(keepsContext: false)
        #expect(deflated("a longer message", alone) == deflated("a longer message", alone))
    }

    @Test func `limits hold for each message by itself`() throws {
        let deflater = MessageDeflater(keepsContext: true)
        let inflater = MessageInflater(keepsContext: true, limits: InflationLimits(bytes: 10))
        for _ in 0..<3 { #expect(try inflated([deflated("0123456789", deflater)], inflater) == "0123456789") }
        #expect(throws: CompressionError.tooLarge) { try inflated([deflated("0123456789x", deflater)], inflater) }
    }

    @Test func `a message that ends inside a block is refused`() {
        let hello = deflated("Hello", MessageDeflater(keepsContext: false))
        for length in 0..<hello.count - 1 {
            let inflater = MessageInflater(keepsContext: false, limits: limits)
            #expect(throws: CompressionError.self) { try inflated([Array(hello[..<length])], inflater) }
        }
        let stored: [UInt8] = [0, 9, 0, 0xF6, 0xFF, 0x61]
        #expect(throws: CompressionError.truncated) {
            try inflated([stored], MessageInflater(keepsContext: true, limits: limits))
        }
    }

    @Test func `a last block needs no empty one behind it`() throws {
        let last: [UInt8] = [0xF3, 0x48, 0xCD, 0xC9, 0xC9, 0x07, 0x00]
        for keeps in [true, false] {
            let inflater = MessageInflater(keepsContext: keeps, limits: limits)
            for _ in 0..<3 { #expect(try inflated([last], inflater) == "Hello") }
            #expect(try inflated([last + [0x00]], inflater) == "Hello")
        }
    }

    @Test func `an inflater of several connections has the limits of the last one`() throws {
        let inflater = MessageInflater(keepsContext: false, limits: InflationLimits(bytes: 3))
        inflater.begin(limits: limits)
        #expect(try inflated([deflated("Hello", MessageDeflater(keepsContext: false))], inflater) == "Hello")
        inflater.begin(limits: InflationLimits(bytes: 3))
        #expect(throws: CompressionError.tooLarge) {
            try inflated([deflated("Hello", MessageDeflater(keepsContext: false))], inflater)
        }
    }

    private func deflated(_ text: String, _ deflater: MessageDeflater) -> [UInt8] {
        var out = ByteWriter()
        let bytes = Array(text.utf8)
        deflater.deflate(bytes.span.bytes.extracting(first: bytes.count / 2), isLast: false, into: &out)
        deflater.deflate(bytes.span.bytes.extracting(droppingFirst: bytes.count / 2), isLast: true, into: &out)
        return out.finish().array
    }

    private func inflated(_ pieces: [[UInt8]], _ inflater: MessageInflater) throws(CompressionError) -> String {
        var out = ByteWriter()
        for (place, piece) in pieces.enumerated() {
            try inflater.inflate(piece.span.bytes, isLast: place == pieces.count - 1, into: &out)
        }
        return String(out.finish())
    }
}
