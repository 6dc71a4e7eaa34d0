import Buffers
import Testing

struct BytesTests {
    @Test func `a slice refers to the bytes of its whole`() {
        let bytes = Bytes("gateway")
        let slice = bytes[1..<4]
        #expect(String(slice) == "ate")
        #expect(slice.slab === bytes.slab)
        #expect(MemoryLayout<Bytes>.size == 24)
    }

    @Test func `a prefix is split off without a copy`() {
        var bytes = Bytes("head|body")
        let head = bytes.removePrefix(5)
        #expect(String(head) == "head|")
        #expect(String(bytes) == "body")
        #expect(head.slab === bytes.slab)
    }

    @Test func `equal bytes are equal wherever they lie`() {
        #expect(Bytes("abcdefghij")[1..<9] == Bytes("bcdefghi"))
        #expect(Bytes("abcdefghij") != Bytes("abcdefghiJ"))
        #expect(Bytes() == Bytes(""))
    }

    @Test func `ill-formed text is shown with replacement characters`() {
        #expect(String(Bytes([0x61, 0xFF, 0x62])) == "a\u{FFFD}b")
    }

    @Test(arguments: 0..<20) func `a byte is found wherever it stands`(place: Int) {
        var array = [UInt8](repeating: 0x2E, count: 20)
        array[place] = 0x3A
        let bytes = Bytes(array)
        let found = [
            bytes.span.firstIndex(of: 0x3A), bytes.span.firstIndex(of: 0x3A, from: place + 1),
            bytes.span.firstIndex(of: 0x21),
        ]
        #expect(found == [place, nil, nil])
    }

    @Test func `literals are compared byte by byte, with or without case`() {
        let name = Bytes("Content-Length")
        let verdicts = [
            name.span.equals("Content-Length"), !name.span.equals("content-length"),
            name.span.equalsIgnoringCase("content-length"), !name.span.equalsIgnoringCase("content-lengths"),
        ]
        #expect(verdicts == [true, true, true, true])
    }

    @Test func `blanks at both ends are no part of a value`() {
        let value = Bytes("\t x \t")
        let blank = Bytes(" \t ")
        let trimmed = String(decoding: value.span.trimmingOptionalWhitespace())
        let nothing = blank.span.trimmingOptionalWhitespace().byteCount
        #expect(trimmed == "x")
        #expect(nothing == 0)
    }
}
