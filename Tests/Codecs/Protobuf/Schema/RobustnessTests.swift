import Buffers
import Canonical
import ProtobufSchema
import Testing

/// What is broken is refused, and nothing else happens.
struct RobustnessTests {
    private struct Dice {
        var state: UInt64

        mutating func roll(_ count: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % max(count, 1)
        }
    }

    @Test(arguments: Sample.all) func `changed text is compiled or refused with a place`(_ sample: Sample) {
        var dice = Dice(state: 7)
        let text = Array(sample.text.utf8)
        let words = [
            "{", "}", "[", "]", "<", ";", "=", "\"", "'", "/*", "//", "-", ".", "0x", "max", "message", "\u{0}", "ä",
        ]
        for _ in 0..<50 {
            var changed = text
            for _ in 0...dice.roll(3) {
                let place = dice.roll(changed.count)
                switch dice.roll(4) {
                case 0: changed.removeSubrange(place..<min(place + 1 + dice.roll(8), changed.count))
                case 1: changed.insert(contentsOf: Array(words[dice.roll(words.count)].utf8), at: place)
                case 2: changed[place] = UInt8(truncatingIfNeeded: dice.roll(256))
                default: changed.removeLast(dice.roll(changed.count / 4))
                }
            }
            let lines = errors(String(decoding: changed, as: UTF8.self))
            #expect(lines.allSatisfy { $0.contains(".proto:") })
        }
    }

    @Test(arguments: Sample.all) func `changed descriptors are linked or refused`(_ sample: Sample) throws {
        var dice = Dice(state: 11)
        let bytes = FileDescriptor.encodedSet(try compile(sample.text).files.suffix(1)).array
        for _ in 0..<50 {
            var changed = bytes
            for _ in 0...dice.roll(3) { changed[dice.roll(changed.count)] = UInt8(truncatingIfNeeded: dice.roll(256)) }
            if let files = try? FileDescriptor.set(Bytes(changed)), let set = try? DescriptorSet(linking: files) {
                _ = set.contract()
            }
        }
    }

    @Test func `text that ends anywhere is compiled or refused`() {
        let text = Array(Sample.all[1].text.utf8)
        for end in stride(from: 0, to: text.count, by: 61) {
            _ = errors(String(decoding: text[..<end], as: UTF8.self))
        }
    }

    @Test(arguments: [
        ("message M {", "}"), ("message M { option (x) = {", "};}"), ("option (x) = { a { ", "} };"),
        ("option (x) = { a: [", "]};"), ("option (x) = { a <", "> };"),
    ])
    func `depth has an end`(_ open: String, _ close: String) {
        let depth = 20_000
        let text =
            "syntax = \"proto3\";\n" + String(repeating: open, count: depth) + String(repeating: close, count: depth)
        #expect(!errors(text).isEmpty)
        #expect(errors(text).count < 300)
    }

    @Test func `messages that nest without end in a descriptor are refused`() {
        var bytes: [UInt8] = []
        for _ in 0..<200 {
            var out = ByteWriter()
            out.append(field: 3, content: bytes.span.bytes)
            bytes = out.finish().array
        }
        var file = ByteWriter()
        file.append(field: 4, content: bytes.span.bytes)
        #expect(throws: WireError.tooDeep) { try FileDescriptor(file.finish()) }
    }
}
