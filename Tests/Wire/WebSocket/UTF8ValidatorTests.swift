import Testing

@testable import WebSocket

@Suite struct UTF8ValidatorTests {
    /// What the standard library says of the same bytes.
    private func agrees(_ bytes: [UInt8]) -> Bool {
        var validator = UTF8Validator()
        let isText = validator.accepts(bytes.span.bytes) && validator.isAtBoundary
        return isText == (String(validating: bytes, as: UTF8.self) != nil)
    }

    @Test func `every two bytes, and three with every first two`() {
        for first in 0...255 as ClosedRange<UInt8> {
            for second in 0...255 as ClosedRange<UInt8> {
                #expect(agrees([first, second]), "\(first) \(second)")
                guard first > 0xDF, second > 0x7F, second < 0xC0 else { continue }
                for third: UInt8 in [0x20, 0x7F, 0x80, 0xBF, 0xC0] {
                    #expect(agrees([first, second, third]), "\(first) \(second) \(third)")
                    #expect(agrees([first, second, third, 0x80]), "\(first) \(second) \(third) 0x80")
                }
            }
        }
    }

    @Test func `wherever a wide character stands among plain ones`() {
        for place in 0..<40 {
            for character in ["é", "€", "𝔘"] {
                let text = Array(repeating: UInt8(ascii: "x"), count: place) + character.bytes + "tail of it".bytes
                #expect(agrees(text))
                #expect(agrees(Array(text[...place])))
                var broken = text
                broken[place + 1] = 0x28
                #expect(agrees(broken))
            }
        }
    }

    @Test func `the first byte that cannot be is the one that is refused`() {
        let text = TextTable.greek + [0xF4, 0x90, 0x80, 0x80]
        var validator = UTF8Validator()
        #expect(text.map { [$0] }.firstIndex { !validator.accepts($0.span.bytes) } == TextTable.greek.count + 1)
    }
}
