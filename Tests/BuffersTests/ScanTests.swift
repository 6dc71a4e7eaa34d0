import Buffers
import Testing

/// Words in place of bytes: at every length around that of a word, each byte counts.
struct ScanTests {
    @Test(arguments: 0..<8)
    func `a short word is its bytes from the lowest on`(length: Int) {
        let text = (0..<UInt8(length)).map { 0xA1 + $0 }
        let word = text.span.bytes.shortWord
        #expect(word == text.reversed().reduce(0) { $0 << 8 | UInt64($1) })
    }

    @Test(arguments: 0..<20)
    func `spans are equal when every byte is`(length: Int) {
        func isEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool { left.span.bytes.equals(right) }
        let text = [UInt8](repeating: 0x61, count: length)
        #expect(isEqual(text, text))
        #expect(!isEqual(text, text + [0x61]))
        for place in 0..<length {
            var other = text
            other[place] = 0x62
            #expect(!isEqual(text, other))
        }
    }

    @Test(arguments: 0..<20)
    func `a byte is found at the first place where it is`(place: Int) {
        var text = [UInt8](repeating: 0x61, count: 20)
        text[place] = 0x2F
        let (first, next) = (
            text.span.bytes.firstIndex(of: 0x2F), text.span.bytes.firstIndex(of: 0x2F, from: place + 1)
        )
        #expect(first == place)
        #expect(next == nil)
    }
}
