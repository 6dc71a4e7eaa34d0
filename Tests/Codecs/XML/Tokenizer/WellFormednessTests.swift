import Buffers
import Testing
import XMLCodec

@Suite struct WellFormednessTests {
    @Test(arguments: Documents.wellFormed)
    func `a well-formed document says what libxml2 reads in it`(document: String) throws {
        #expect(try events(document) == Oracle.events(Bytes(document)))
    }

    @Test(arguments: Documents.malformed)
    func `a document that is not well-formed is refused with its reason`(document: String, reason: String) {
        #expect(refusal(Bytes(document))?.rawValue == reason)
    }

    @Test(arguments: Documents.malformed)
    func `libxml2 refuses the same documents, but for document types and versions`(document: String, reason: String) {
        guard reason != "xml.doctype", !document.contains("'1.'") else { return }
        #expect(Oracle.events(Bytes(document)) == nil)
    }

    @Test(arguments: Documents.wellFormed + [Documents.message])
    func `a document cut anywhere is refused`(document: String) throws {
        let bytes = Bytes(document)
        let tail = document.reversed().prefix { $0.isWhitespace }.count
        // Comments and instructions behind the root are not missed.
        guard !document.hasSuffix("?>\n") else { return }
        for length in 0..<(bytes.count - tail) {
            #expect(refusal(Bytes(copying: bytes[0..<length].span)) != nil, "\(length)")
        }
    }

    @Test(arguments: [
        [0xC0, 0x80], [0xC1, 0xBF], [0xE0, 0x9F, 0xBF], [0xED, 0xA0, 0x80], [0xED, 0xBF, 0xBF],
        [0xF0, 0x8F, 0xBF, 0xBF],
        [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0x80], [0xBF], [0xFF], [0xFE], [0xC3], [0xE2, 0x82],
        [0xF0, 0x9F, 0x98], [0xE2, 0x28, 0xA1],
    ])
    func `bytes that are not UTF-8 are refused wherever they stand`(bytes: [UInt8]) {
        for padding in 0..<10 {
            let head = [UInt8]("<a b='x'>".utf8) + [UInt8](repeating: 0x20, count: padding)
            #expect(refusal(Bytes(head + bytes + [UInt8]("</a>".utf8))) == .encoding)
        }
    }

    @Test func `every character that XML allows is read, and no other`() {
        let edges: [UInt32] = [0xD7FF, 0xE000, 0xFFFD, 0xFFFE, 0xFFFF, 0x10000, 0x1FFFE, 0x1FFFF, 0x10FFFF]
        let wrong = (Array(1..<0x800) + edges).filter { value in
            guard let scalar = Unicode.Scalar(value), scalar != "&", scalar != "<" else { return false }
            let isAllowed =
                value >= 0x20 && value != 0xFFFE && value != 0xFFFF || value == 9 || value == 10 || value == 13
            return (refusal(Bytes("<a>x&#\(value);\(scalar)</a>")) == nil) != isAllowed
        }
        #expect(wrong.isEmpty)
    }

    @Test func `names hold the characters of the fifth edition`() {
        for value in UInt32(0x80)...0x10FFFF where value < 0x3100 || value > 0xD700 && value < 0x10100 {
            guard let scalar = Unicode.Scalar(value), value != 0xFFFE, value != 0xFFFF else { continue }
            let starts = Bytes("<\(scalar)/>")
            let continues = Bytes("<a\(scalar)/>")
            if value % 7 == 0 || value > 0xFF00 {
                #expect((refusal(starts) == nil) == (Oracle.events(starts) != nil), "\(value)")
                #expect((refusal(continues) == nil) == (Oracle.events(continues) != nil), "\(value)")
            }
        }
    }
}
