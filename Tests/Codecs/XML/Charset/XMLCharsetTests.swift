import Buffers
import Glibc
import Testing
import XMLCodec

@Suite struct XMLCharsetTests {
    private func utf16(_ text: String, isBigEndian: Bool, mark: Bool = true) -> Bytes {
        Bytes(
            ((mark ? "\u{FEFF}" : "") + text).utf16.flatMap { unit -> [UInt8] in
                let halves = [UInt8(unit >> 8), UInt8(unit & 0xFF)]
                return isBigEndian ? halves : halves.reversed()
            })
    }

    private func decoded(_ source: Bytes, _ charset: String = "") throws -> String {
        String(try XMLCharset.utf8(source, charset: Bytes(charset).span))
    }

    @Test func `UTF-8 comes back as it is, without its mark`() throws {
        let source = Bytes("<?xml version='1.0' encoding='utf-8'?><a>\u{FC}</a>")
        #expect(try XMLCharset.utf8(source).slab === source.slab)
        #expect(try decoded(Bytes("\u{FEFF}<a/>")) == "<a/>")
        #expect(try decoded(Bytes("<a/>"), "UTF-8") == "<a/>")
    }

    @Test func `UTF-16 is known by its mark, its name, or its looks`() throws {
        let text = "<?xml version='1.0' encoding='UTF-16'?><a>\u{FC}\u{20AC}\u{1F600}</a>"
        for isBigEndian in [false, true] {
            #expect(try decoded(utf16(text, isBigEndian: isBigEndian)) == text)
            #expect(try decoded(utf16(text, isBigEndian: isBigEndian), "utf-16") == text)
            #expect(try decoded(utf16(text, isBigEndian: isBigEndian, mark: false)) == text)
            let name = isBigEndian ? "UTF-16BE" : "utf-16le"
            #expect(try decoded(utf16(text, isBigEndian: isBigEndian, mark: false), name) == text)
            #expect(try decoded(utf16(text, isBigEndian: isBigEndian, mark: false), "utf-16") == text)
        }
    }

    @Test func `UTF-16 with half characters is refused`() {
        let whole = utf16("<a>\u{1F600}</a>", isBigEndian: false)
        #expect(throws: XMLError(.encoding, at: whole.count - 1)) { try XMLCharset.utf8(whole[0..<(whole.count - 1)]) }
        #expect(throws: XMLError(.encoding, at: 8)) { try XMLCharset.utf8(whole[0..<10]) }
        #expect(throws: XMLError(.encoding, at: 2)) {
            try XMLCharset.utf8(Bytes([0xFF, 0xFE, 0x00, 0xDC, 0x3C, 0x00]))
        }
    }

    @Test func `a mark goes before the charset, the charset before the declaration`() throws {
        #expect(try decoded(Bytes("\u{FEFF}<a>\u{FC}</a>"), "iso-8859-1") == "<a>\u{FC}</a>")
        let declared = Bytes(
            [UInt8]("<?xml version='1.0' encoding='ISO-8859-1'?><a>".utf8) + [0xE4] + [UInt8]("</a>".utf8))
        #expect(try decoded(declared).hasSuffix("<a>\u{E4}</a>"))
        #expect(try decoded(declared, "windows-1251").hasSuffix("<a>\u{434}</a>"))
        #expect(try XMLCharset.utf8(declared, charset: Bytes("utf-8").span).slab === declared.slab)
    }

    @Test func `pure ASCII is not copied, whatever it is called`() throws {
        for name in ["us-ascii", "ISO-8859-1", "iso-8859-15", "Windows-1252", "cp1250"] {
            let source = Bytes("<?xml version=\"1.0\" encoding=\"\(name)\"?><a/>")
            #expect(try XMLCharset.utf8(source).slab === source.slab)
        }
        #expect(throws: XMLError(.encoding, at: 3)) {
            try XMLCharset.utf8(Bytes([0x3C, 0x61, 0x3E, 0xE4]), charset: Bytes("us-ascii").span)
        }
    }

    @Test(arguments: ["UTF-7", "utf-32", "shift_jis", "windows-1259", "cp12", "x"])
    func `an unknown charset is refused`(name: String) {
        #expect(throws: XMLError(.charset, at: 0)) { try XMLCharset.utf8(Bytes("<a/>"), charset: Bytes(name).span) }
        let declared = Bytes("<?xml version='1.0' encoding='\(name)'?><a/>")
        #expect(throws: XMLError(.charset, at: 30)) { try XMLCharset.utf8(declared) }
    }

    @Test func `a declaration of UTF-16 in plain bytes is a lie`() {
        let declared = Bytes("<?xml version='1.0' encoding='utf-16'?><a/>")
        #expect(throws: XMLError(.encoding, at: 30)) { try XMLCharset.utf8(declared) }
        #expect(throws: XMLError(.charset, at: 0)) { try XMLCharset.utf8(Bytes([0xFF, 0xFE, 0, 0, 0x3C, 0, 0, 0])) }
    }

    @Test(arguments: ["iso-8859-1", "iso-8859-2", "iso-8859-15"] + (1250...1258).map { "windows-\($0)" })
    func `every byte means what iconv says`(name: String) {
        let converter = iconv_open("UTF-8", name.replacing("windows-", with: "CP"))
        defer { iconv_close(converter) }
        for byte in UInt8(0x80)...0xFF {
            let expected = converted(byte, converter)
            let ours = try? XMLCharset.utf8(Bytes([byte]), charset: Bytes(name).span).array
            #expect(ours == expected, "\(name) \(byte)")
        }
    }

    private func converted(_ byte: UInt8, _ converter: iconv_t?) -> [UInt8]? {
        var input = [CChar(bitPattern: byte)]
        var output = [CChar](repeating: 0, count: 8)
        var inputLeft = 1
        var outputLeft = output.count
        let result = input.withUnsafeMutableBufferPointer { source in
            output.withUnsafeMutableBufferPointer { target -> Int in
                var from = source.baseAddress
                var to = target.baseAddress
                _ = iconv(converter, nil, nil, nil, nil)
                let count = iconv(converter, &from, &inputLeft, &to, &outputLeft)
                // Some sets hold a letter back in case an accent follows.
                return Int(count) == -1 ? -1 : Int(iconv(converter, nil, nil, &to, &outputLeft))
            }
        }
        guard result != -1 else { return nil }
        return output.prefix(output.count - outputLeft).map { UInt8(bitPattern: $0) }
    }
}
