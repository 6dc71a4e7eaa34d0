import Buffers
import Testing

struct ASCIITests {
    @Test(arguments: ["00000000", "00000001", "10000000", "12345678", "99999999", "90817263"])
    func `eight digits are one number`(text: String) {
        let bytes = Array(text.utf8)
        let word = bytes.span.bytes.word(at: 0)
        #expect(ASCII.decimal(word) == UInt32(text))
    }

    @Test func `a byte that is no digit is none at any place`() {
        for place in 0..<8 {
            for byte in UInt8.min...UInt8.max where !ASCII.isDigit(byte) {
                var bytes = Array("98765432".utf8)
                bytes[place] = byte
                let word = bytes.span.bytes.word(at: 0)
                #expect(ASCII.decimal(word) == nil)
            }
        }
    }
}
