import Buffers
import Canonical
import Testing
import XMLCodec

/// Tape to XML.
@Suite struct EncodingTests {
    @Test func `elements stand in the order of the schema, whatever order JSON has (trap 2)`() throws {
        let codec = Codec { builder in
            let base = builder.add(.named("Base", [.element("first", .int)]))
            let derived = builder.add(
                .named(
                    "Derived", [.element("first", .int), .element("second", .int, .many), .attribute("z")], base: base))
            return [
                .attribute("id"), .element("a", .text), .element("b", .message(derived)), .element("c", .text, .many),
            ]
        }
        let shape: Shape = [
            "c": ["3", "4"], "b": ["second": [1, 2], "@z": "0", "first": 0], "@id": "9", "a": "1",
        ]
        #expect(
            try codec.content(shape) == """
                <ns1:a>1</ns1:a><ns1:b z="0"><ns1:first>0</ns1:first><ns1:second>1</ns1:second><ns1:second>2</ns1:second>\
                </ns1:b><ns1:c>3</ns1:c><ns1:c>4</ns1:c>
                """)
        #expect(try codec.rootTag(shape) == "<ns1:root id=\"9\">")
    }

    @Test func `local elements without a namespace are never captured (trap 6)`() throws {
        let codec = Codec([.element("local", .text, namespace: ""), .element("other", .text, namespace: "urn:x")])
        let written = try codec.encode(["other": "2", "local": "1"])
        #expect(
            written == """
                <ns1:root xmlns:ns1="urn:shop" xmlns:ns2="urn:x"><local>1</local><ns2:other>2</ns2:other></ns1:root>
                """)
    }

    @Test func `prefixes are those of the schema documents where they are fit`() {
        var builder = Schema.Builder()
        let id = builder.add(.named("Root", [.element("a", .text, namespace: "urn:x")]))
        let globals = XMLGlobals(prefixes: [("shop", tns), ("xsi", "urn:x"), ("ns1", "urn:y")])
        let plan = XMLPlan(builder.build(), globals: globals)
        let root = plan.root(QualifiedName(tns, "root"), type: .message(id))
        #expect(String(root.declarations) == " xmlns:shop=\"urn:shop\" xmlns:ns2=\"urn:x\"")
    }

    @Test func `null is nil where it may be, left out where it need not be, refused elsewhere (trap 3)`() throws {
        let codec = Codec([
            .element("a", .text, nillable: true), .element("b", .text, .optional), .element("c", .text),
        ])
        #expect(try codec.content(["a": nil, "b": nil, "c": "x"]) == "<ns1:a xsi:nil=\"true\"/><ns1:c>x</ns1:c>")
        #expect { try codec.encode(["a": nil, "c": nil]) } throws: { error in
            let violation = (error as? Failure)?.violations.first
            return violation?.pointer == "/c" && violation?.rule == "nillable"
        }
    }

    @Test func `objects that are nil keep their attributes`() throws {
        let codec = Codec { builder in
            let child = builder.add(.named("Child", [.attribute("id"), .element("x", .text)]))
            return [.element("b", .message(child), nillable: true)]
        }
        #expect(try codec.content(["b": ["$nil": true, "@id": "7"]]) == "<ns1:b id=\"7\" xsi:nil=\"true\"/>")
        #expect(try codec.content(["b": nil]) == "<ns1:b xsi:nil=\"true\"/>")
    }

    @Test func `values are escaped where they stand`() throws {
        let codec = Codec([.attribute("a"), .element("t", .text)])
        let shape: Shape = ["@a": "\"<&>\n'", "t": "<b>&amp;]]>\r"]
        #expect(try codec.rootTag(shape) == "<ns1:root a=\"&quot;&lt;&amp;&gt;&#10;'\">")
        #expect(try codec.content(shape) == "<ns1:t>&lt;b&gt;&amp;amp;]]&gt;&#13;</ns1:t>")
        #expect(try codec.decode(document: codec.encode(shape)) == shape)
    }

    @Test func `characters that XML does not have are refused by pointer (trap 20)`() {
        let list = ValueType.scalar(ScalarType(.list(of: ScalarType(.string))))
        let codec = Codec { builder in
            let child = builder.add(.named("Child", [.attribute("b"), .element("x~/y", .text, .many)]))
            return [.element("c", .message(child), .many), .element("l", list, .optional)]
        }
        let cases: [(Shape, String)] = [
            (["c": [["x~/y": ["ok", "a\u{1}b"]]]], "/c/0/x~0~1y/1"), (["c": [[:], ["@b": "\u{FFFE}"]]], "/c/1/@b"),
            (["l": ["a", "\u{0}"]], "/l"),
        ]
        for (shape, pointer) in cases {
            #expect { try codec.encode(shape) } throws: { error in
                let failure = error as? Failure
                return failure?.code == .invalidArgument && failure?.violations.first?.pointer == pointer
                    && failure?.violations.first?.rule == "character"
            }
        }
    }

    @Test func `qualified names are written with a prefix in scope`() throws {
        let names = ValueType.scalar(ScalarType(.list(of: ScalarType(.qualifiedName))))
        let codec = Codec { builder in
            let code = builder.add(.named("Code", [.attribute("q", .name), .content(.name)]))
            return [
                .element("q", .name, .many), .element("l", names, .optional), .element("c", .message(code), .optional),
            ]
        }
        let shape: Shape = [
            "q": ["{urn:shop}a", "{urn:new}b", "plain", "{urn:other}c"], "l": ["{urn:new}a", "{urn:other}b"],
            "c": ["@q": "{urn:new}d", "$": "{urn:other}e"],
        ]
        let written = try codec.encode(shape)
        #expect(written.contains("<ns1:q>ns1:a</ns1:q><ns1:q xmlns:_1=\"urn:new\">_1:b</ns1:q><ns1:q>plain</ns1:q>"))
        #expect(written.contains(">_1:a _2:b</ns1:l>"))
        #expect(try codec.decode(document: written) == shape)
        #expect(throws: Failure.self) { try codec.encode(["q": ["{urn:new}a b"]]) }
    }

    @Test func `attribute wildcards take names, not declarations`() throws {
        let codec = Codec([.attribute("id"), .attributeWildcard(), .element("a", .text, .optional)])
        let shape: Shape = ["@id": "1", "@*": ["{urn:x}b": "2", "c": "3"]]
        #expect(try codec.decode(document: codec.encode(shape)) == shape)
        for name in ["id", "xmlns", "xmlns:a", "{http://www.w3.org/2001/XMLSchema-instance}nil", "a b", ""] {
            #expect(throws: Failure.self, "\(name)") { try codec.encode(["@*": .member(name, "x")]) }
        }
    }

    @Test func `a root can be simple, nil or nothing`() throws {
        let schema = Schema.Builder().build()
        let simple = Codec(schema, .int, isNillable: true)
        #expect(try simple.decode(" 5 ") == 5)
        #expect(
            try simple.encode(5) == """
                <ns1:root xmlns:ns1="urn:shop" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">5</ns1:root>
                """)
        #expect(try simple.decode(document: simple.encode(nil)) == nil)
        #expect(simple.violations("x") == [" type"])
        #expect(try Codec(schema, .nothing).encode(nil).hasPrefix("<ns1:root"))
        #expect(try Codec(schema, .any).decode("text") == "text")
    }

    @Test func `bytes and lists have their lexical text`() throws {
        let list = ValueType.scalar(ScalarType(.list(of: ScalarType(.string))))
        let codec = Codec([
            .element("b", .scalar(ScalarType(.bytes(.base64)))),
            .element("h", .scalar(ScalarType(.bytes(.hexadecimal)))),
            .element("l", list),
        ])
        let shape: Shape = ["b": "AQI=", "h": "AQI=", "l": ["a", "<b>"]]
        #expect(try codec.content(shape) == "<ns1:b>AQI=</ns1:b><ns1:h>0102</ns1:h><ns1:l>a &lt;b&gt;</ns1:l>")
    }

    @Test func `items of a list that are not one word are refused`() throws {
        let codec = Codec([.element("l", .scalar(ScalarType(.list(of: ScalarType(.string)))))])
        for item in ["a b", "", "a\n"] {
            #expect { try codec.encode(["l": ["x", .string(item)]]) } throws: { error in
                (error as? Failure)?.violations.first?.pointer == "/l/1"
            }
        }
    }

    @Test func `what fails writes nothing`() {
        let codec = Codec([.element("a", .text), .element("b", .text)])
        var out = ByteWriter()
        out.append("before")
        let document = (["a": "1", "b": "\u{1}"] as Shape).document(as: codec.type, in: codec.schema)
        #expect(throws: Failure.self) { try codec.coder.encode(document, into: &out) }
        #expect(String(out.finish()) == "before")
    }

    @Test func `fields that stand elsewhere are not written`() throws {
        var annotations = Annotations()
        annotations[XMLNode.self] = XMLNode.elsewhere
        let codec = Codec(
            [
                Field(name: "$headers", type: .any, annotations: annotations), .element("a", .text, .optional),
                .element("b", .text, .optional),
            ], rules: [.choice(1, 2)])
        #expect(try codec.content(["$headers": ["x": "y"], "a": "1"]) == "<ns1:a>1</ns1:a>")
        #expect(try codec.decode("<t:b>1</t:b>") == ["b": "1"])
    }

    @Test func `content can be written without its element`() throws {
        let codec = Codec([.element("a", .text), .element("b", .text)])
        var out = ByteWriter()
        let document = (["b": "2", "a": "1"] as Shape).document(as: codec.type, in: codec.schema)
        try codec.coder.root.encodeContent(document, into: &out)
        #expect(String(out.finish()) == "<ns1:a>1</ns1:a><ns1:b>2</ns1:b>")
    }

    @Test func `fields without a word about XML are unqualified elements`() throws {
        var builder = Schema.Builder()
        let id = builder.add(
            MessageType(name: "Plain", fields: [Field(name: "a b", type: .text), Field(name: "1", type: .int)]))
        let codec = Codec(builder.build(), .message(id))
        let shape: Shape = ["a b": "x", "1": 2]
        #expect(try codec.content(shape) == "<a_x0020_b>x</a_x0020_b><_x0031_>2</_x0031_>")
        #expect(try codec.decode(document: codec.encode(shape)) == shape)
    }
}
