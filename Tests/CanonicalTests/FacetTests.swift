import Buffers
import Canonical
import Testing

@Suite struct FacetTests {
    private func read(_ text: String, _ kind: ScalarKind, _ change: (inout Facets) -> Void) -> String {
        var facets = Facets()
        change(&facets)
        return ScalarCoderTests.read(text, kind, facets)
    }

    private struct Exactly: PatternMatcher {
        let text: String

        func matches(_ text: RawSpan) -> Bool { String(decoding: text) == self.text }
    }

    @Test(arguments: [
        ("éé", "string éé"), ("é", "!minLength"), ("", "!minLength"), ("ééé", "string ééé"), ("éééé", "!maxLength"),
        ("abcd", "!maxLength"), ("😀😀", "string 😀😀"),
        ("😀", "!minLength"),
    ])
    func `length is counted in characters`(_ text: String, _ expected: String) {
        let result = read(text, .string) { facets in
            facets.minimumLength = 2
            facets.maximumLength = 3
        }
        #expect(result == expected)
    }

    @Test func `length of bytes is counted in bytes, of lists in items`() {
        #expect(read("AQID", .bytes(.base64)) { $0.length = 3 } == "bytes AQID")
        #expect(read("AQI=", .bytes(.base64)) { $0.length = 3 } == "!length")
        #expect(read("0aFf", .bytes(.hexadecimal)) { $0.length = 2 } == "bytes 0AFF")
        #expect(
            read("1 2 3", .list(of: ScalarType(.integer))) { $0.maximumLength = 3 } == "[number 1,number 2,number 3]")
        #expect(read("1 2 3 4", .list(of: ScalarType(.integer))) { $0.maximumLength = 3 } == "!maxLength")
    }

    @Test(arguments: [
        ("0.1", "number 0.1"), ("0.10", "number 0.10"), ("0.0999999999999999999999", "!minimum"),
        ("100", "!exclusiveMaximum"), ("100.000", "!exclusiveMaximum"),
        ("99.99999999999999999999", "number 99.99999999999999999999"), ("-5", "!minimum"), ("+.1", "number 0.1"),
        ("99", "number 99"), ("1", "number 1"), ("0", "!minimum"),
    ])
    func `bounds are exact`(_ text: String, _ expected: String) {
        let result = read(text, .decimal) { facets in
            facets.minimum = Facets.Bound("0.1")
            facets.maximum = Facets.Bound("1e2", isExclusive: true)
        }
        #expect(result == expected)
    }

    @Test(arguments: [
        ("0", "number 0"), ("-0", "number -0"), ("-0.5", "!minimum"), ("-1", "!minimum"), ("10", "number 10"),
        ("10.0", "number 10.0"), ("10.5", "!maximum"), ("9.5", "number 9.5"),
    ])
    func `bounds that are whole numbers are exact too`(_ text: String, _ expected: String) {
        let result = read(text, .decimal) { facets in
            facets.minimum = Facets.Bound("0")
            facets.maximum = Facets.Bound("10")
        }
        #expect(result == expected)
    }

    @Test(arguments: [
        ("1e2", "number 1e2"), ("1.01E2", "!maximum"), ("INF", "!maximum"), ("-INF", "string -INF"),
        ("NaN", "!maximum"), ("0.1e3", "number 0.1e3"), ("10000e-3", "number 10000e-3"),
        ("-1e999999999999", "number -1e999999999999"), ("1e-999999999999", "number 1e-999999999999"),
        ("1e999999999999", "!maximum"),
    ])
    func `bounds hold for floats`(_ text: String, _ expected: String) {
        #expect(read(text, .float(bits: 64)) { $0.maximum = Facets.Bound("100") } == expected)
    }

    @Test(arguments: [
        ("12.34", "number 12.34"), ("123.4", "number 123.4"), ("123.45", "!totalDigits"), ("1.234", "!fractionDigits"),
        ("1.230", "number 1.230"), ("0001.2", "number 1.2"),
        ("00001234", "number 1234"), ("12345", "!totalDigits"), ("0.01", "number 0.01"), ("1200", "number 1200"),
    ])
    func `digits that say nothing are not counted`(_ text: String, _ expected: String) {
        let result = read(text, .decimal) { facets in
            facets.totalDigits = 4
            facets.fractionDigits = 2
        }
        #expect(result == expected)
    }

    @Test func `enumerations compare values`() {
        func allow(_ literals: String...) -> (inout Facets) -> Void {
            { $0.enumeration = literals.map { Facets.EnumerationValue($0) } }
        }
        #expect(read("1.50", .decimal, allow("1.5")) == "number 1.50")
        #expect(read("1.51", .decimal, allow("1.5")) == "!enum")
        #expect(read("1", .integer, allow("1", "2")) == "number 1")
        #expect(read("3", .integer, allow("1", "2")) == "!enum")
        #expect(read("NaN", .float(bits: 64), allow("NaN")) == "string NaN")
        #expect(read("100", .float(bits: 64), allow("1e2")) == "number 100")
        #expect(read("1", .boolean, allow("true")) == "true")
        #expect(read("0", .boolean, allow("true")) == "!enum")
        #expect(read("a", .string, allow("a", "b")) == "string a")
        #expect(read("A", .string, allow("a", "b")) == "!enum")
        #expect(read(" 0aff ", .bytes(.hexadecimal), allow("0AFF")) == "bytes 0AFF")
        #expect(read("AQ ID", .bytes(.base64), allow("AQID")) == "bytes AQID")
        #expect(read("aqid", .bytes(.base64), allow("AQID")) == "!enum")
        #expect(read("a  b", .list(of: ScalarType(.uri)), allow("a b")) == "[string a,string b]")
    }

    @Test func `patterns see the text after white space, before it is made canonical`() {
        #expect(
            read(" +1 ", .integer) { $0.patterns = [.init(source: "", matcher: Exactly(text: "+1"))] } == "number 1")
        #expect(read("1", .integer) { $0.patterns = [.init(source: "", matcher: Exactly(text: "+1"))] } == "!pattern")
        #expect(read("x", .string) { $0.patterns = [.init(source: "", matcher: Exactly(text: "y"))] } == "!pattern")
    }

    @Test(arguments: [
        (Facets.Whitespace.preserve, " a\t b\n", "string  a\t b\n"), (.replace, " a\t b\n", "string  a  b "),
        (.collapse, " a\t b\n", "string a b"), (.collapse, " ", "string "),
    ])
    func `white space is as the facet says`(_ whitespace: Facets.Whitespace, _ text: String, _ expected: String) {
        #expect(read(text, .string) { $0.whitespace = whitespace } == expected)
    }

    @Test(arguments: [
        ("AQID", "bytes AQID"), ("AQ==", "bytes AQ=="), ("A Q I\nD", "bytes AQID"), ("", "bytes "), ("AQI", "!type"),
        ("AR==", "!type"), ("AQID=", "!type"), ("A", "!type"), ("A===", "!type"),
        ("AQ=I", "!type"), ("-_-_", "!type"), ("====", "!type"), ("AQIé", "!type"),
    ])
    func `base64 is made canonical`(_ text: String, _ expected: String) {
        #expect(ScalarCoderTests.read(text, .bytes(.base64)) == expected)
    }

    @Test(arguments: [
        ("-_-_", "bytes +/+/"), ("AQI", "bytes AQI="), ("AQ", "bytes AQ=="), ("AQI=", "bytes AQI="), ("A", "!type"),
        ("AQ=", "!type"),
    ])
    func `lenient base64 may be URL-safe and unpadded`(_ text: String, _ expected: String) {
        #expect(ScalarCoderTests.read(text, .bytes(.base64), isLenient: true) == expected)
    }

    @Test(arguments: [
        ("5", "number 5"), ("x", "string x"), ("true", "true"), ("1 2", "[number 1,number 2]"), ("", "[]"),
        (" 7 ", "number 7"),
    ])
    func `a union's first member that takes the text decides`(_ text: String, _ expected: String) {
        let short = ScalarType(.int(bits: 8))
        let numbers = ScalarType(.list(of: short))
        let union = ScalarKind.union(of: [short, ScalarType(.boolean), numbers, ScalarType(.string)])
        #expect(ScalarCoderTests.read(text, union) == expected)
    }

    @Test func `a list that breaks a rule leaves no node`() {
        #expect(ScalarCoderTests.read("1 x", .list(of: ScalarType(.integer))) == "!type")
        #expect(ScalarCoderTests.read(" 1\n\t2 ", .list(of: ScalarType(.integer))) == "[number 1,number 2]")
    }

    @Test func `what is written lexically is what was read`() throws {
        let cases: [(ScalarKind, String)] = [
            (.boolean, "true"), (.decimal, "10.50"), (.list(of: ScalarType(.integer)), "1 2 3"),
            (.bytes(.hexadecimal), "0AFF"), (.bytes(.base64), "AQID"), (.string, " a<b "),
        ]
        for (kind, text) in cases {
            let coder = ScalarCoder(ScalarType(kind))
            var builder = DocumentBuilder(source: Bytes(text))
            try coder.append(.source(0..<text.utf8.count), field: 0, to: &builder)
            var out = ByteWriter()
            coder.writeLexical(0, of: builder.finish(), into: &out)
            #expect(String(out.finish()) == text)
        }
    }

    @Test func `bytes change their text form with the type`() {
        var builder = DocumentBuilder()
        builder.side = Array("AQL/".utf8)
        builder.sideText(.bytes, 0..<4, flags: .isBase64, field: 0)
        let document = builder.finish()
        var out = ByteWriter()
        ScalarCoder(ScalarType(.bytes(.hexadecimal))).writeLexical(0, of: document, into: &out)
        ScalarCoder(ScalarType(.bytes(.base64))).writeLexical(0, of: document, into: &out)
        #expect(String(out.finish()) == "0102FFAQL/")
    }

    @Test func `numbers are shown so that no digit is lost`() {
        func form(
            _ kind: ScalarKind, _ policy: NumberPolicy = NumberPolicy(), _ change: (inout Facets) -> Void = { _ in }
        ) -> JSONForm {
            var facets = Facets()
            change(&facets)
            return ScalarCoder(ScalarType(kind, facets: facets)).jsonForm(policy)
        }
        #expect(form(.int(bits: 32)) == .number)
        #expect(form(.long) == .string)
        #expect(form(.unsignedLong) == .string)
        #expect(form(.decimal) == .string)
        #expect(form(.float(bits: 64)) == .number)
        #expect(form(.integer) { $0.totalDigits = 15 } == .number)
        #expect(form(.integer) { $0.totalDigits = 16 } == .string)
        #expect(form(.long) { ($0.minimum, $0.maximum) = (.init("0"), .init("9007199254740991")) } == .number)
        #expect(form(.long) { ($0.minimum, $0.maximum) = (.init("0"), .init("9007199254740992")) } == .string)
        #expect(form(.long, NumberPolicy(wideIntegers: .number)) == .number)
        #expect(form(.decimal, NumberPolicy(decimals: .number)) == .number)
    }

    @Test func `a violation says what is allowed`() {
        var facets = Facets()
        facets.maximum = Facets.Bound("10")
        let coder = ScalarCoder(ScalarType(.int(bits: 32), facets: facets))
        var builder = DocumentBuilder(source: Bytes("11"))
        do {
            try coder.append(.source(0..<2), field: 0, to: &builder)
            Issue.record("was taken")
        } catch {
            let expected = Violation(pointer: "/a", rule: "maximum", detail: "must not be greater than 10")
            #expect(error.violation(at: "/a") == expected)
        }
    }
}
