import Buffers
import Testing

struct ByteWriterTests {
    @Test func `what is written comes out in order, however it grows`() {
        var out = ByteWriter()
        for _ in 0..<100 { out.append("0123456789") }
        let bytes = out.finish()
        #expect(bytes.count == 1000)
        #expect(String(bytes[990..<1000]) == "0123456789")
        let isEmpty = out.isEmpty
        #expect(isEmpty)
    }

    @Test(arguments: [
        0, 7, 10, 99, 100, 12_345, 99_999_999, 100_000_000, 100_000_001, 9_999_999_999_999_999, Int.max, Int.min, -1,
    ])
    func `numbers are written in decimal`(number: Int) {
        var out = ByteWriter()
        out.append(decimal: number)
        let text = String(out.finish())
        #expect(text == String(number))
    }

    @Test func `each of the last digits is written`() {
        for number in stride(from: 0, to: 100_000_000, by: 9_973) {
            var out = ByteWriter()
            out.append(decimal: number)
            out.append(padded: number, 9)
            out.append(padded: number, 3)
            let digits = String(number)
            let padded = String(repeating: "0", count: 9 - digits.count) + digits
            #expect(String(out.finish()) == digits + padded + padded.suffix(3))
        }
    }

    @Test(arguments: [UInt(0), 1, 15, 16, 255, 65_536, .max])
    func `numbers are written in hexadecimal without leading zeros`(number: UInt) {
        var out = ByteWriter()
        out.append(hex: number)
        let text = String(out.finish())
        #expect(text == String(number, radix: 16, uppercase: true))
    }

    @Test func `every kind of text can be written`() {
        var out = ByteWriter(capacity: 4)
        out.append(UInt8(ascii: "a"))
        out.append(Bytes("bc"))
        out.append([0x64, 0x65])
        out.append("é" as String)
        out.append("f" as StaticString)
        out.append(Bytes("xgx")[1..<2].span)
        let text = String(out.finish())
        #expect(text == "abcdeéfg")
    }

    @Test func `what is cut off is written over`() {
        var out = ByteWriter()
        out.append("keep, drop")
        out.truncate(to: 6)
        out.append("this")
        let text = String(out.finish())
        #expect(text == "keep, this")
    }

    @Test func `a finished writer begins anew in other memory`() {
        var out = ByteWriter()
        out.append("one")
        let first = out.finish()
        out.append("two")
        let second = out.finish()
        #expect(String(first) == "one")
        #expect(String(second) == "two")
    }
}
