import Buffers
import Canonical
import JSONCodec
import Testing

@Suite struct SyntaxTests {
    static let anything = JSONCoder(.any, schema: Schema.Builder().build())

    static func reason(_ bytes: [UInt8]) -> String? {
        do {
            _ = try anything.decode(Bytes(bytes))
            return nil
        } catch {
            return error.reason
        }
    }

    static func reason(_ text: String) -> String? {
        reason(Array(text.utf8))
    }

    static func rewritten(_ text: String) throws -> String {
        var out = ByteWriter()
        try anything.encode(try anything.decode(Bytes(text)), into: &out)
        return String(out.finish())
    }

    @Test(.enabled(if: !JSONTestSuite.cases.isEmpty))
    func `the JSON test suite is judged as it says`() {
        var options = JSONOptions()
        options.acceptsDuplicateNames = true
        let lax = JSONCoder(.any, schema: Schema.Builder().build(), options: options)
        var counts = (yes: 0, no: 0)
        for item in JSONTestSuite.cases {
            switch item.name.first {
            case "y":
                counts.yes += 1
                #expect(throws: Never.self, "\(item.name)") { try lax.decode(item.bytes) }
            case "n":
                counts.no += 1
                #expect(throws: Failure.self, "\(item.name)") { try lax.decode(item.bytes) }
            default: _ = try? lax.decode(item.bytes)
            }
        }
        #expect(counts == (95, 188))
    }

    @Test(arguments: [
        "", " ", "\u{FEFF}{}", "{", "[", "\"", "\"a", "{\"a\"", "{\"a\":", "{\"a\":1", "[1", "[1,", "[1,]",
        "{\"a\":1,}", "{,}", "[,1]",
        "1 2", "{} x", "nul", "nulll", "tru", "TRUE", "+1", "01", "-", "-01", "1.", ".5", "1.e1", "1e", "1e+", "0x1",
        "NaN",
        "Infinity", "'a'", "{a:1}", "\"\t\"", "\"\u{0}\"", "\"\\x\"", "\"\\u12\"", "\"\\u12G4\"", "\"\\ud800\"",
        "\"\\udc00\"",
        "\"\\ud800\\u0041\"", "\"\\ud800x\"", "[1 2]", "{\"a\" 1}", "{\"a\":1 \"b\":2}", "//", "[1]]", "{\"a\":1]",
        "\u{0B}1",
    ])
    func `what RFC 8259 does not allow is refused`(_ text: String) {
        #expect(SyntaxTests.reason(text) == "json.syntax")
    }

    @Test(
        arguments: [
            [0x80], [0xC0, 0x80], [0xC1, 0xBF], [0xE0, 0x9F, 0xBF], [0xED, 0xA0, 0x80], [0xF0, 0x8F, 0xBF, 0xBF],
            [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xE2, 0x82], [0xFF], [0xC3],
        ] as [[UInt8]])
    func `ill-formed UTF-8 is refused`(_ bytes: [UInt8]) {
        #expect(SyntaxTests.reason([0x22] + bytes + [0x22]) == "json.syntax")
        #expect(SyntaxTests.reason([0x22] + bytes + Array("aaaaaaaaaaaaaaaa\"".utf8)) == "json.syntax")
    }

    @Test(arguments: [
        ("\"\\u0041\\n\\/\\\"\"", "\"A\\n/\\\"\""), ("\"\\ud83d\\ude00\"", "\"😀\""), ("\"\\u00e9\\u20ac\"", "\"é€\""),
        ("\"\\u0000\\u001f\"", "\"\\u0000\\u001F\""), (" [ 1 , 2 ] ", "[1,2]"), ("{ \"a\" : { } }", "{\"a\":{}}"),
        ("1e400", "1e400"), ("-0", "-0"), ("-0.0e-0", "-0.0e-0"), ("9007199254740993", "9007199254740993"),
        ("\"é€😀é€😀é€😀 and more text that is longer\"", "\"é€😀é€😀é€😀 and more text that is longer\""),
        ("{\"\\u0061\":null,\"\":[]}", "{\"a\":null,\"\":[]}"), ("[true,false,null]", "[true,false,null]"),
    ])
    func `any JSON is kept to the digit`(_ text: String, _ expected: String) throws {
        #expect(try SyntaxTests.rewritten(text) == expected)
    }

    @Test func `a number may have four hundred digits`() throws {
        let digits = String(repeating: "1234567890", count: 40)
        #expect(try SyntaxTests.rewritten(digits + "." + digits) == digits + "." + digits)
    }

    @Test(arguments: ["{\"a\":1,\"a\":2}", "{\"a\":1,\"\\u0061\":2}", "{\"x\":[{\"b\":1,\"c\":2,\"b\":3}]}"])
    func `a name that occurs twice is refused`(_ text: String) {
        #expect(SyntaxTests.reason(text) == "request.invalid")
    }

    @Test func `duplicates are found among many names`() {
        let names = (0..<1000).map { "\"n\($0)\":\($0)" }
        #expect(SyntaxTests.reason("{" + names.joined(separator: ",") + "}") == nil)
        #expect(SyntaxTests.reason("{" + (names + ["\"n500\":0"]).joined(separator: ",") + "}") == "request.invalid")
    }

    @Test func `nesting ends at the limit, not in a crash`() {
        func nested(_ depth: Int) -> String {
            String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        }
        #expect(SyntaxTests.reason(nested(64)) == nil)
        #expect(SyntaxTests.reason(nested(65)) == "json.depth")
        #expect(SyntaxTests.reason(String(repeating: "[", count: 100_000)) == "json.depth")
        #expect(SyntaxTests.reason(String(repeating: "{\"a\":", count: 100_000)) == "json.depth")
    }

    @Test func `a syntax error names its line and column`() {
        do {
            _ = try SyntaxTests.anything.decode(Bytes("{\n  \"a\": 1,\n  \"b\": x\n}"))
            Issue.record("was read")
        } catch {
            #expect(error.message == "The JSON is malformed at line 3, column 8 (byte 19): a value is expected.")
        }
    }

    @Test func `text that ends anywhere too early is refused`() {
        let whole = Array("{\"a\":[1,-2.5e3,\"x\\u00e9\\ud83d\\ude00é\",true,false,null,{\"b\":{}}]}".utf8)
        #expect(SyntaxTests.reason(whole) == nil)
        for end in whole.indices { #expect(SyntaxTests.reason(Array(whole[..<end])) == "json.syntax") }
    }

    @Test func `bytes changed anywhere never trap`() {
        let whole = Array("{\"a\":[1,-2.5e3,\"x\\u00e9\\ud83d\\ude00é\",true,false,null,{\"b\":{}}]}".utf8)
        for place in whole.indices {
            for byte: UInt8 in [0, 0x20, 0x22, 0x2C, 0x30, 0x3A, 0x5B, 0x5C, 0x5D, 0x7B, 0x7D, 0x80, 0xC3, 0xF0, 0xFF] {
                var changed = whole
                changed[place] = byte
                _ = SyntaxTests.reason(changed)
            }
        }
    }
}
