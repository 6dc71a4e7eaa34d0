import Buffers
import Compression
import Testing

/// What comes out of compressed bytes, and what must not.
@Suite struct InflaterTests {
    static let formats: [CompressionFormat] = [.gzip, .zlib, .raw(windowBits: 15), .raw(windowBits: 9)]

    @Test(arguments: formats)
    func `what was compressed comes out again, cut anywhere`(format: CompressionFormat) throws {
        let text = String(repeating: "the quick brown fox ", count: 12) + "jumps"
        let packed = deflated(Bytes(text), format)
        for cut in 0...packed.count {
            let inflater = Inflater(format, limits: InflationLimits(bytes: text.utf8.count))
            var out = ByteWriter()
            try inflater.inflate(packed[0..<cut].span, into: &out)
            #expect(inflater.isAtEnd == (cut == packed.count))
            try inflater.inflate(packed[cut..<packed.count].span, into: &out)
            try inflater.finish()
            #expect(String(out.finish()) == text)
        }
    }

    @Test(arguments: formats)
    func `a stream that breaks off is truncated wherever it does`(format: CompressionFormat) throws {
        let packed = deflated(Bytes("hello hello hello"), format)
        for cut in 0..<packed.count {
            let inflater = Inflater(format, limits: InflationLimits(bytes: 100))
            var out = ByteWriter()
            try inflater.inflate(packed[0..<cut].span, into: &out)
            #expect(throws: CompressionError.truncated) { try inflater.finish() }
        }
    }

    @Test func `bytes that are no stream are malformed, and stay so until the next one`() throws {
        let inflater = Inflater(.gzip, limits: InflationLimits(bytes: 100))
        var out = ByteWriter()
        #expect(inflater.error(Bytes("not gzip at all"), into: &out) == .malformed)
        #expect(inflater.error(deflated(Bytes("x"), .gzip), into: &out) == .malformed)
        inflater.reset()
        #expect(inflater.error(deflated(Bytes("x"), .gzip), into: &out) == nil)
        #expect(String(out.finish()) == "x")
    }

    @Test(arguments: formats)
    func `one wrong byte never traps`(format: CompressionFormat) {
        let packed = deflated(Bytes("one wrong byte, one wrong byte, one right byte"), format).array
        for place in packed.indices {
            for flip in [0x01, 0x10, 0x80, 0xFF] as [UInt8] {
                var bytes = packed
                bytes[place] ^= flip
                let inflater = Inflater(format, limits: InflationLimits(bytes: 1000))
                var out = ByteWriter()
                _ = inflater.error(Bytes(bytes), into: &out)
                #expect(out.count <= 1000)
            }
        }
    }

    @Test func `gzip may have several members, zlib may not`() throws {
        let twice = { (format: CompressionFormat) in
            Bytes(deflated(Bytes("one "), format).array + deflated(Bytes("two"), format).array)
        }
        #expect(String(try inflated(twice(.gzip), .gzip)) == "one two")
        #expect(throws: CompressionError.malformed) { try inflated(twice(.zlib), .zlib) }
    }

    @Test func `the limit is a byte exactly`() throws {
        let packed = deflated(Bytes([UInt8](repeating: 7, count: 50_000)), .gzip)
        #expect(try inflated(packed, .gzip, limit: 50_000).count == 50_000)
        let inflater = Inflater(.gzip, limits: InflationLimits(bytes: 49_999))
        var out = ByteWriter()
        #expect(inflater.error(packed, into: &out) == .tooLarge)
        #expect(out.count == 49_999)
        #expect(throws: CompressionError.tooLarge) { try inflated(deflated(Bytes("x"), .zlib), .zlib, limit: 0) }
        #expect(try inflated(deflated(Bytes(), .zlib), .zlib, limit: 0).isEmpty)
    }

    @Test func `a bomb ends long before the limit`() throws {
        let bomb = deflated(Bytes([UInt8](repeating: 0, count: 16 << 20)), .gzip)
        #expect(bomb.count < 200_000)
        let inflater = Inflater(.gzip, limits: InflationLimits(bytes: 1 << 30))
        var out = ByteWriter()
        #expect(inflater.error(bomb, into: &out) == .outOfProportion)
        #expect(out.count < 2 << 20)
        #expect(try inflated(bomb, .gzip, limit: 16 << 20, ratio: 2000).count == 16 << 20)
    }
}

extension Inflater {
    /// Why `bytes` cannot be inflated; nil when they can.
    fileprivate func error(_ bytes: Bytes, into out: inout ByteWriter) -> CompressionError? {
        do throws(CompressionError) {
            try inflate(bytes.span, into: &out)
        } catch {
            return error
        }
        return nil
    }
}

func deflated(_ bytes: Bytes, _ format: CompressionFormat) -> Bytes {
    var out = ByteWriter()
    Deflater(format).deflate(bytes.span, .finish, into: &out)
    return out.finish()
}

func inflated(
    _ bytes: Bytes, _ format: CompressionFormat, limit: Int = 1 << 20, ratio: Int = 100
) throws(CompressionError) -> Bytes {
    let inflater = Inflater(format, limits: InflationLimits(bytes: limit, ratio: ratio))
    var out = ByteWriter()
    try inflater.inflate(bytes.span, into: &out)
    try inflater.finish()
    return out.finish()
}
