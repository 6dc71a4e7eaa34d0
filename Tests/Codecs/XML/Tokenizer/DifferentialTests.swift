import Buffers
import TestSupport
import Testing
import XMLCodec

@Suite struct DifferentialTests {
    @Test(.enabled(if: Corpus.has("soap-open.tar.gz")))
    func `the documents of the corpus read as libxml2 reads them`() throws {
        var count = 0
        let files = Corpus.unpack("soap-open.tar.gz").filter { file in
            [".xml", ".wsdl", ".xsd"].contains { file.path.hasSuffix($0) }
        }
        // Every fourth one, for time.
        for (number, file) in files.enumerated() where number % 4 == 0 {
            guard let document = try? XMLCharset.utf8(file.bytes) else { continue }
            if document.span.contains("<!DOCTYPE") { continue }
            let ours = try? events(document, limits: .contract)
            if ours != Oracle.events(document) { Issue.record("\(file.path)") }
            count += 1
        }
        #expect(count > 400)
    }

    @Test func `documents changed at random are judged as libxml2 judges them`() throws {
        var random = SplitMix(seed: 20)
        let seeds = (Documents.wellFormed + Documents.malformed.map(\.0) + [Documents.message]).map { [UInt8]($0.utf8) }
        for round in 0..<4_000 {
            var bytes = seeds[random.below(seeds.count)]
            for _ in 0...random.below(3) { mutate(&bytes, by: &random) }
            let document = Bytes(bytes)
            // libxml2 accepts a version without a digit behind the dot, and obeys the encoding.
            let isLeftOut = ["<!DOCTYPE", "1.'", "1.\"", "encoding"].contains { document.span.contains($0) }
            if isLeftOut { continue }
            let ours = try? events(document)
            let theirs = Oracle.events(document)
            guard ours != theirs else { continue }
            Issue.record("round \(round): \(String(document).debugDescription) \(ours ?? []) \(theirs ?? [])")
        }
    }

    private func mutate(_ bytes: inout [UInt8], by random: inout SplitMix) {
        let place = random.below(bytes.count + 1)
        let interesting: [String] = [
            "<", ">", "/", "&", ";", "'", "\"", "=", " ", "\n", "\r", "]]>", "<![CDATA[", "<!--", "-->", "--", "?>",
            "<?", ":",
            "xmlns", "xmlns:p='u'", "p:", "&#", "x", "\u{E9}", "\u{FFFE}", "a", "]", "!", "</a>", "<a>", "&amp;", "\t",
            "\0",
        ]
        switch random.below(5) {
        case 0: if place < bytes.count { bytes.remove(at: place) }
        case 1: bytes.insert(contentsOf: interesting[random.below(interesting.count)].utf8, at: place)
        case 2: if place < bytes.count { bytes[place] ^= 1 << UInt8(random.below(8)) }
        case 3: bytes.removeSubrange(place..<min(bytes.count, place + random.below(6)))
        default:
            let start = random.below(bytes.count + 1)
            bytes.insert(contentsOf: bytes[start..<min(bytes.count, start + random.below(12))], at: place)
        }
    }
}

/// Repeatable randomness (Steele, Lea, Flood 2014).
struct SplitMix {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func below(_ bound: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = (state ^ state >> 30) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
        return Int((value ^ value >> 31) % UInt64(bound))
    }
}

extension RawSpan {
    fileprivate func contains(_ text: StaticString) -> Bool {
        let length = text.utf8CodeUnitCount
        guard length <= byteCount else { return false }
        for index in 0...(byteCount - length) where extracting(index..<(index + length)).equals(text) { return true }
        return false
    }
}
