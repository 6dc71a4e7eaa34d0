import Buffers
import Canonical
import Testing
import XMLCodec

/// XML to tape, rule by rule of docs/translation.md.
@Suite struct DecodingTests {
    // MARK: Arrays (trap 1), nil (trap 3), numbers (trap 4)

    @Test func `one item of a repeated element is an array of one`() throws {
        let codec = Codec([.element("line", .text, .many)])
        #expect(try codec.decode("<t:line>a</t:line>") == ["line": ["a"]])
        #expect(try codec.decode("<t:line>a</t:line><t:line>b</t:line>") == ["line": ["a", "b"]])
        #expect(try codec.decode("") == [:])
    }

    @Test func `nil is null, empty is empty by type, absent is absent`() throws {
        let codec = Codec { builder in
            let child = builder.add(.named("Child", [.element("x", .text, .optional)]))
            return [
                .element("a", .text, .optional, nillable: true),
                .element("b", .message(child), .optional, nillable: true),
            ]
        }
        #expect(try codec.decode("<t:a xsi:nil='true'/><t:b xsi:nil='1'/>") == ["a": nil, "b": nil])
        #expect(try codec.decode("<t:a xsi:nil=' true '></t:a>") == ["a": nil])
        #expect(try codec.decode("<t:a xsi:nil='false'>x</t:a>") == ["a": "x"])
        #expect(try codec.decode("<t:a/><t:b/>") == ["a": "", "b": [:]])
        #expect(try codec.decode("<t:b></t:b>") == ["b": [:]])
        #expect(try codec.decode("") == [:])
    }

    @Test func `nil with attributes keeps them`() throws {
        let codec = Codec { builder in
            let child = builder.add(.named("Child", [.attribute("id"), .element("x", .text)]))
            return [.element("b", .message(child), nillable: true)]
        }
        #expect(try codec.decode("<t:b xsi:nil='true' id='7'/>") == ["b": ["$nil": true, "@id": "7"]])
        #expect(codec.violations("<t:b xsi:nil='true' id='7'><t:x>1</t:x></t:b>") == ["/b content"])
    }

    @Test func `digits of numbers are kept`() throws {
        let codec = Codec([.element("n", .decimal), .element("i", .scalar(ScalarType(.integer)))])
        let shape = try codec.decode("<t:n>17.500</t:n><t:i>123456789012345678901234567890</t:i>")
        #expect(shape == ["n": .number("17.500"), "i": .number("123456789012345678901234567890")])
        #expect(try codec.decode("<t:n> .5 </t:n><t:i>+1</t:i>") == ["n": .number("0.5"), "i": 1])
    }

    @Test func `dates stay as they are written`() throws {
        let codec = Codec([.element("d", .date), .element("t", .dateTime)])
        let shape = try codec.decode("<t:d>2015-03-26+01:00</t:d><t:t>\n 2015-03-26T10:00:00 </t:t>")
        #expect(shape == ["d": "2015-03-26+01:00", "t": "2015-03-26T10:00:00"])
    }

    @Test func `booleans read 1 and 0, white space first`() throws {
        let codec = Codec([.element("b", .boolean, .many)])
        let shape = try codec.decode("<t:b>1</t:b><t:b> false\n</t:b><t:b>0</t:b><t:b>true</t:b>")
        #expect(shape == ["b": [true, false, false, true]])
        #expect(codec.violations("<t:b>TRUE</t:b>") == ["/b/0 type"])
    }

    @Test func `strings keep white space and CDATA, tokens collapse it`() throws {
        let codec = Codec([.element("s", .text), .element("k", .token)])
        #expect(
            try codec.decode("<t:s> a<![CDATA[<b>]]>&amp; \n</t:s><t:k> a \t b\n</t:k>")
                == ["s": " a<b>& \n", "k": "a b"])
    }

    // MARK: Attributes and text (R3, R4, trap 11)

    @Test func `attributes are members with an at sign, and text beside them is a dollar`() throws {
        let codec = Codec { builder in
            let price = builder.add(.named("Price", [.attribute("currency", .text, .required), .content(.decimal)]))
            return [.element("price", .message(price))]
        }
        #expect(
            try codec.decode("<t:price currency='EUR'>9.90</t:price>")
                == ["price": ["@currency": "EUR", "$": .number("9.90")]])
        #expect(codec.violations("<t:price>1</t:price>") == ["/price/@currency required"])
        #expect(codec.violations("<t:price currency='x'>a</t:price>") == ["/price/$ type"])
        #expect(codec.violations("<t:price currency='x' other='y'>1</t:price>") == ["/price unknown"])
    }

    @Test func `an attribute wildcard gathers the others`() throws {
        let codec = Codec([.attribute("id"), .attributeWildcard(.other(than: tns)), .element("a", .text, .optional)])
        let attributes = " id='1' x:b='2' xml:lang='en' xsi:schemaLocation='u v'"
        #expect(
            try codec.decode("", attributes: attributes) == [
                "@id": "1", "@*": ["{urn:x}b": "2", "{http://www.w3.org/XML/1998/namespace}lang": "en"],
            ])
        #expect(codec.violations("", attributes: " t:c=''") == [" unknown"])
        #expect(try codec.decode("", attributes: " id='1'") == ["@id": "1"])
    }

    @Test func `qualified names lose their prefix, not their namespace`() throws {
        let names = ValueType.scalar(ScalarType(.list(of: ScalarType(.qualifiedName))))
        let codec = Codec([.element("q", .name, .many), .element("l", names, .optional), .attribute("a", .name)])
        #expect(
            try codec.decode("<t:q>x:y</t:q><t:q> z </t:q><t:q xmlns='urn:d'>w</t:q>", attributes: " a='t:b'")
                == ["@a": "{urn:shop}b", "q": ["{urn:x}y", "z", "{urn:d}w"]])
        #expect(try codec.decode("<t:l> x:a\n b </t:l>") == ["l": ["{urn:x}a", "b"]])
        #expect(codec.violations("<t:q>nobody:y</t:q>") == ["/q/0 type"])
    }

    @Test func `lists are arrays, unions are their first member that fits`() throws {
        let list = ScalarType(.list(of: ScalarType(.int(bits: 32))))
        let union = ScalarType(.union(of: [ScalarType(.int(bits: 32)), ScalarType(.string)]))
        let codec = Codec([.element("l", .scalar(list)), .element("u", .scalar(union), .many)])
        #expect(try codec.decode("<t:l>1 2\n3</t:l><t:u>7</t:u><t:u>x</t:u>") == ["l": [1, 2, 3], "u": [7, "x"]])
        #expect(try codec.decode("<t:l/>") == ["l": []])
    }

    @Test func `an empty element has its default`() throws {
        let codec = Codec([
            .element("n", .int, default: "5"), .element("s", .text, .optional, default: "none"),
            .element("f", .int, .optional, fixed: "3"),
        ])
        #expect(try codec.decode("<t:n/><t:s></t:s>") == ["n": 5, "s": "none"])
        #expect(try codec.decode("<t:n>1</t:n><t:f/>") == ["n": 1, "f": 3])
        #expect(codec.violations("<t:n>1</t:n><t:f>4</t:f>") == ["/f enum"])
        #expect(try codec.decode("<t:n>1</t:n><t:f> 03 </t:f>") == ["n": 1, "f": 3])
    }

    // MARK: Names (trap 6, trap 12)

    @Test func `elements are known by namespace and name`() throws {
        let codec = Codec([
            .element("a", .text, .optional), .element("b", .text, .optional, namespace: ""),
            Field(
                name: "x:a", type: .text, cardinality: .optional,
                annotations: Field.element("a", .text, namespace: "urn:x").annotations),
        ])
        #expect(try codec.decode("<t:a>1</t:a><b>2</b><x:a>3</x:a>") == ["a": "1", "b": "2", "x:a": "3"])
        #expect(codec.violations("<a>1</a>") == [" unknown"])
        #expect(codec.violations("<t:b>1</t:b>") == [" unknown"])
        #expect(
            try codec.decode(document: "<root xmlns='urn:shop'><a>1</a><b xmlns=''>2</b></root>")
                == ["a": "1", "b": "2"])
    }

    @Test func `names of every length are told apart`() throws {
        var names: Set<String> = []
        for length in [0, 5, 6, 7, 8, 14, 15, 16, 39, 299] {
            let rest = String(repeating: "n", count: length)
            names.formUnion(["n" + rest, "m" + rest, rest.isEmpty ? "o" : rest + "m"])
        }
        let distinct = names.sorted()
        let codec = Codec(distinct.map { Field.element($0, .text, .optional) })
        for name in distinct {
            #expect(try codec.decode("<t:\(name)>v</t:\(name)>") == .member(name, "v"))
        }
        let all = distinct.map { "<t:\($0)>\($0)</t:\($0)>" }.joined()
        #expect(try codec.decode(all) == Shape.object(distinct.map { ($0, Shape.string($0)) }))
    }

    // MARK: Strictness (R18, R19)

    @Test func `what must be there and is not is named`() {
        let codec = Codec([
            .element("a", .text), .element("b", .int, .repeated(minimum: 2, maximum: 3)),
            .element("c", .text, .optional),
        ])
        #expect(codec.violations("") == ["/a required", "/b required"])
        #expect(codec.violations("<t:a/><t:b>1</t:b>") == ["/b minItems"])
        #expect(codec.violations("<t:a/><t:b>1</t:b><t:b>x</t:b>") == ["/b/1 type"])
        #expect(codec.violations("<t:a/><t:a/><t:b>1</t:b><t:b>1</t:b>") == [" maxItems"])
        #expect(codec.violations("<t:a/>text<t:b>1</t:b><t:b>1</t:b>") == [" content"])
        #expect(codec.violations("<t:a><t:b/></t:a><t:b>1</t:b><t:b>1</t:b>") == ["/a content"])
        #expect(codec.violations("<t:a xsi:nil='true'/><t:b>1</t:b><t:b>1</t:b>") == ["/a nillable"])
    }

    @Test func `strict readers want the order of the schema, others do not`() throws {
        let fields: [Field] = [.element("a", .text), .element("b", .text), .element("c", .text, .optional)]
        #expect(Codec(fields).violations("<t:b>2</t:b><t:a>1</t:a>") == [" order"])
        let lenient = Codec(fields, options: .response)
        #expect(try lenient.decode("<t:b>2</t:b><t:a>1</t:a>") == ["a": "1", "b": "2"])
        let all = Codec(fields, isUnordered: true)
        #expect(try all.decode("<t:c>3</t:c><t:b>2</t:b><t:a>1</t:a>") == ["a": "1", "b": "2", "c": "3"])
    }

    @Test func `a choice has one branch`() throws {
        let codec = Codec(
            [.element("a", .text, .optional), .element("b", .text, .optional)], rules: [.choice(0, 1)])
        #expect(try codec.decode("<t:b>1</t:b>") == ["b": "1"])
        #expect(codec.violations("") == [" oneOf"])
        #expect(codec.violations("<t:a/><t:b/>") == [" oneOf"])
    }

    @Test func `lenient readers keep the shape of values that break a rule`() throws {
        var facets = Facets()
        facets.maximumLength = 2
        facets.maximum = Facets.Bound("5")
        let number = ValueType.scalar(ScalarType(.int(bits: 8), facets: facets))
        let codec = Codec([.element("n", number), .element("m", number)], options: .response)
        #expect(try codec.decode("<t:n>1000</t:n><t:m>much</t:m>") == ["n": 1000, "m": "much"])
        var options = XMLOptions.response
        options.validation = .log
        var report = XMLReport(options)
        let strict = Codec([.element("n", number), .element("m", number)], options: options)
        let document = try strict.coder.decode(Bytes(Codec.document("<t:n>1000</t:n><t:m>much</t:m>")), report: &report)
        let found = report.violations(in: document, of: strict.schema)
        #expect(found.map { "\($0.pointer) \($0.rule)" } == ["/n maximum", "/m type"])
    }

    @Test func `failures of upstreams are theirs`() {
        var options = XMLOptions.response
        options.validation = .strict
        let codec = Codec([.element("a", .int)], options: options)
        #expect { try codec.decode("<t:a>x</t:a>") } throws: { error in
            guard let failure = error as? Failure else { return false }
            return failure.code == .internal && failure.reason == "response.invalid" && failure.origin == .upstream
        }
        #expect { try codec.decode(document: "<a") } throws: { ($0 as? Failure)?.reason == "xml.truncated" }
        #expect { try codec.decode(document: "<a/>") } throws: { ($0 as? Failure)?.reason == "xml.root" }
    }

    @Test func `more than 64 fields change nothing`() throws {
        let fields = (0..<200).map { Field.element("f\($0)", .int, $0 % 50 == 0 ? .required : .optional) }
        let codec = Codec(fields)
        let content = [0, 50, 63, 64, 100, 150, 199].map { "<t:f\($0)>\($0)</t:f\($0)>" }.joined()
        #expect(
            try codec.decode(content) == .object([0, 50, 63, 64, 100, 150, 199].map { ("f\($0)", .number("\($0)")) }))
        #expect(codec.violations("<t:f0>1</t:f0><t:f50>1</t:f50><t:f100>1</t:f100>") == ["/f150 required"])
        #expect(
            codec.violations(content + "<t:f199>1</t:f199>") == [" maxItems"])
    }
}
