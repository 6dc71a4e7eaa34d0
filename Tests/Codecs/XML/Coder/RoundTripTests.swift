import Buffers
import Canonical
import Testing
import XMLCodec

/// The round trip law (docs/translation.md R21), on schemas and values made by dice.
@Suite struct RoundTripTests {
    @Test(arguments: 0..<40) func `JSON to XML to JSON is identity`(seed: Int) throws {
        var random = RandomSchema(seed: seed)
        for _ in 0..<10 {
            let shape = random.value()
            let written = try random.codec.encode(shape)
            let back = try random.codec.decode(document: written)
            #expect(back == shape, "seed \(seed): \(written)")
        }
    }

    @Test(arguments: 0..<40) func `XML to JSON to XML says the same`(seed: Int) throws {
        var random = RandomSchema(seed: seed)
        for _ in 0..<10 {
            let written = try random.codec.encode(random.value())
            var out = ByteWriter()
            try random.codec.coder.encode(try random.codec.coder.decode(Bytes(written)), into: &out)
            let again = out.finish()
            #expect(Oracle.events(again) == Oracle.events(Bytes(written)), "seed \(seed): \(written)")
        }
    }

    @Test func `a document cut at any byte is refused`() throws {
        var random = RandomSchema(seed: 7)
        let written = Bytes(try random.codec.encode(random.value()))
        for count in 0..<written.count {
            #expect(throws: Failure.self) { try random.codec.coder.decode(written[0..<count]) }
        }
    }

    @Test(arguments: 0..<20) func `damaged documents trap nobody, and come out well-formed`(seed: Int) throws {
        var random = RandomSchema(seed: seed, options: seed.isMultiple(of: 2) ? .request : .response)
        var dice = Dice(seed &+ 1000)
        let pieces = [
            "<", ">", "/", "&", "xsi:nil=\"true\" ", "</", "ns1:", "<x/>", " xsi:type=\"ns1:T0\"", "]]>", "é", "\"",
        ]
        for _ in 0..<10 {
            let original = Bytes(try random.codec.encode(random.value())).array
            for _ in 0..<20 {
                var bytes = original
                for _ in 0...dice.roll(3) {
                    let place = dice.roll(bytes.count)
                    switch dice.roll(4) {
                    case 0: bytes[place] = UInt8(truncatingIfNeeded: dice.roll(256))
                    case 1: bytes.removeSubrange(place..<min(place + 1 + dice.roll(20), bytes.count - 1))
                    case 2: bytes.insert(contentsOf: Array(dice.pick(pieces).utf8), at: place)
                    default: bytes.insert(contentsOf: bytes[dice.roll(place + 1)..<place], at: place)
                    }
                }
                guard let document = try? random.codec.coder.decode(Bytes(bytes)) else { continue }
                var out = ByteWriter()
                guard (try? random.codec.coder.encode(document, into: &out)) != nil else { continue }
                let written = out.finish()
                #expect(
                    Oracle.events(written) != nil, "seed \(seed): \(String(Bytes(bytes))) became \(String(written))")
            }
        }
    }

    @Test(arguments: 0..<40) func `whatever JSON brings, what is written is well-formed`(seed: Int) throws {
        var dice = Dice(seed)
        let codec = Codec([.element("o", .any, .many), .wildcard(.any, .lax), .attributeWildcard(), .attribute("a")])
        for _ in 0..<200 {
            let shape: Shape = [
                "o": [wild(&dice, 0)], "$any": [wild(&dice, 0)], "@*": wild(&dice, 2), "@a": wild(&dice, 2),
            ]
            guard let written = try? codec.encode(shape) else { continue }
            #expect(Oracle.events(Bytes(written)) != nil, "seed \(seed): \(written)")
        }
    }

    private func wild(_ dice: inout Dice, _ depth: Int) -> Shape {
        let words = [
            "x", "<a>", "{urn:x}b", "xmlns", "xml:lang", "", "{", "{urn:shop}root", "T", "a b", "\u{1}", "true",
        ]
        switch dice.roll(depth > 3 ? 4 : 8) {
        case 0: return nil
        case 1: return .boolean(true)
        case 2: return 5
        case 3: return .string(dice.pick(words))
        case 4: return .array((0..<dice.roll(3)).map { _ in wild(&dice, depth + 1) })
        default:
            let keys = words.map { "@" + $0 } + words + ["$name", "$children", "$", "@type", "$nil"]
            return .object((0..<dice.roll(4)).map { _ in (dice.pick(keys), wild(&dice, depth + 1)) })
        }
    }
}
