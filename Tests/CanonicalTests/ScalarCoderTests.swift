import Buffers
import Canonical
import Testing

@Suite struct ScalarCoderTests {
    /// What `text` becomes: the node's kind and text, or the rule that it breaks. From the source and from the side area.
    static func read(_ text: String, _ kind: ScalarKind, _ facets: Facets = Facets(), isLenient: Bool = false) -> String
    {
        let coder = ScalarCoder(ScalarType(kind, facets: facets), isLenient: isLenient)
        let padded = Bytes("<<" + text + ">>")
        var builder = DocumentBuilder(source: padded)
        var side = DocumentBuilder()
        side.side.append(contentsOf: padded.array)
        let range = 2..<padded.count - 2
        let results = (
            Result { () throws(ScalarViolation) in try coder.append(.source(range), field: 0, to: &builder) },
            Result { () throws(ScalarViolation) in try coder.append(.side(range), field: 0, to: &side) }
        )
        if case .failure(let violation) = results.0 {
            #expect(builder.nextIndex == 0)
            guard case .failure = results.1 else { return "differs" }
            return "!" + violation.rule.rawValue
        }
        let first = describe(builder.finish())
        return first == describe(side.finish()) ? first : "differs"
    }

    static func describe(_ document: Document, _ index: Int = 0) -> String {
        let node = document.nodes[index]
        return switch node.kind {
        case .true, .false: "\(node.kind)"
        case .list: "[" + document.children(of: index).map { describe(document, $0) }.joined(separator: ",") + "]"
        default: "\(node.kind) \(String(decoding: document.text(of: node)))"
        }
    }

    @Test(arguments: [
        ("1", ScalarKind.int(bits: 32), "number 1"), ("+1", .int(bits: 32), "number 1"),
        ("007", .int(bits: 32), "number 7"), (" 12\n", .int(bits: 32), "number 12"),
        ("-0", .int(bits: 32), "number -0"),
        ("000", .int(bits: 32), "number 0"), ("-00", .int(bits: 32), "number -0"),
        ("2147483647", .int(bits: 32), "number 2147483647"), ("2147483648", .int(bits: 32), "!maximum"),
        ("-2147483648", .int(bits: 32), "number -2147483648"), ("-2147483649", .int(bits: 32), "!minimum"),
        ("128", .int(bits: 8), "!maximum"), ("-128", .int(bits: 8), "number -128"),
        ("255", .unsigned(bits: 8), "number 255"), ("-1", .unsigned(bits: 8), "!minimum"),
        ("-0", .unsigned(bits: 8), "number -0"), ("4294967295", .unsigned(bits: 32), "number 4294967295"),
        ("4294967296", .unsigned(bits: 32), "!maximum"),
        ("9223372036854775807", .long, "number 9223372036854775807"), ("9223372036854775808", .long, "!maximum"),
        ("-9223372036854775808", .long, "number -9223372036854775808"), ("-9223372036854775809", .long, "!minimum"),
        ("18446744073709551615", .unsignedLong, "number 18446744073709551615"),
        ("18446744073709551616", .unsignedLong, "!maximum"),
        ("1.0", .integer, "!type"), ("1e2", .integer, "!type"), ("", .integer, "!type"), ("+", .integer, "!type"),
        ("1 2", .integer, "!type"), ("0x1", .integer, "!type"), ("١", .integer, "!type"),
        (".5", .decimal, "number 0.5"), ("-.5", .decimal, "number -0.5"), ("3.", .decimal, "number 3"),
        ("10.50", .decimal, "number 10.50"), ("007.50", .decimal, "number 7.50"), ("00.5", .decimal, "number 0.5"),
        (".", .decimal, "!type"), ("1e2", .decimal, "!type"), ("1.2.3", .decimal, "!type"), ("-", .decimal, "!type"),
        ("1e400", .float(bits: 64), "number 1e400"), ("1.E+05", .float(bits: 64), "number 1E+05"),
        ("INF", .float(bits: 64), "string INF"), ("-INF", .float(bits: 32), "string -INF"),
        ("NaN", .float(bits: 32), "string NaN"), ("+INF", .float(bits: 64), "!type"),
        ("nan", .float(bits: 64), "!type"),
        ("1e", .float(bits: 64), "!type"), ("1e+", .float(bits: 64), "!type"), ("e5", .float(bits: 64), "!type"),
        ("true", .boolean, "true"), ("1", .boolean, "true"), (" 0 ", .boolean, "false"), ("false", .boolean, "false"),
        ("TRUE", .boolean, "!type"), ("yes", .boolean, "!type"),
        (" a  b\n", .string, "string  a  b\n"), ("", .string, "string "), (" a  b\n", .uri, "string a b"),
        ("{urn:x}a", .qualifiedName, "string {urn:x}a"), ("a:b", .qualifiedName, "!type"),
        ("{urn:x}", .qualifiedName, "!type"), ("", .qualifiedName, "!type"),
    ])
    func `text becomes the value of its kind`(_ text: String, _ kind: ScalarKind, _ expected: String) {
        #expect(ScalarCoderTests.read(text, kind) == expected)
    }
}
