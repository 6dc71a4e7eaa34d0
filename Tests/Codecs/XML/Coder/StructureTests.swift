import Buffers
import Canonical
import Testing
import XMLCodec

/// Groups, derivation, wildcards and open types, both ways.
@Suite struct StructureTests {
    // MARK: Groups (R15, trap 8)

    /// `header, (a | b)*, trailer`
    private static let choice = Codec { builder in
        let branch = builder.add(
            MessageType(
                name: "Items", fields: [.element("a", .text, .optional), .element("b", .int, .optional)],
                rules: [.choice(0, 1)]))
        return [.element("header", .text, .optional), .group(branch), .element("trailer", .text, .optional)]
    }

    @Test func `a repeating choice keeps the order of its branches`() throws {
        let shape: Shape = [
            "header": "h", "$items": [["a": "1"], ["b": 2], ["a": "3"], ["a": "4"]], "trailer": "t",
        ]
        let xml = "<t:header>h</t:header><t:a>1</t:a><t:b>2</t:b><t:a>3</t:a><t:a>4</t:a><t:trailer>t</t:trailer>"
        #expect(try Self.choice.decode(xml) == shape)
        #expect(try Self.choice.content(shape) == xml.replacing("t:", with: "ns1:"))
        #expect(try Self.choice.decode("<t:header>h</t:header>") == ["header": "h"])
    }

    @Test func `a repeating sequence begins anew where it begins anew`() throws {
        let codec = Codec { builder in
            let pair = builder.add(
                MessageType(
                    name: "Pair",
                    fields: [
                        .element("email", .text), .element("key", .text, .optional), .element("note", .text, .many),
                    ]))
            return [.group(pair, named: "pairs")]
        }
        let xml =
            "<t:email>1</t:email><t:key>a</t:key><t:email>2</t:email><t:email>3</t:email><t:note>x</t:note><t:note>y</t:note>"
        let shape: Shape = [
            "pairs": [["email": "1", "key": "a"], ["email": "2"], ["email": "3", "note": ["x", "y"]]]
        ]
        #expect(try codec.decode(xml) == shape)
        #expect(try codec.content(shape) == xml.replacing("t:", with: "ns1:"))
        #expect(codec.violations("<t:key>a</t:key>") == ["/pairs/0/email required"])
    }

    @Test func `groups nest, and a choice inside a sequence splits it`() throws {
        let codec = Codec { builder in
            let inner = builder.add(
                MessageType(
                    name: "Inner", fields: [.element("x", .text, .optional), .element("y", .text, .optional)],
                    rules: [.choice(0, 1)]))
            let outer = builder.add(
                MessageType(
                    name: "Outer",
                    fields: [
                        .element("k", .text), .group(inner, named: "in"), .element("p", .text, .optional),
                        .element("q", .text, .optional),
                    ], rules: [.choice(2, 3, isRequired: false)]))
            return [.group(outer, named: "out"), .element("end", .text, .optional)]
        }
        let xml = "<t:k>1</t:k><t:x/><t:y/><t:p/><t:k>2</t:k><t:y/><t:q/><t:end/>"
        let shape: Shape = [
            "out": [["k": "1", "in": [["x": ""], ["y": ""]], "p": ""], ["k": "2", "in": [["y": ""]], "q": ""]],
            "end": "",
        ]
        #expect(try codec.decode(xml) == shape)
        let text = try codec.content(shape)
        #expect(try codec.decode(document: codec.encode(shape)) == shape, "\(text)")
        #expect(codec.violations("<t:k/><t:p/><t:q/>") == ["/out/1/k required"])
    }

    @Test func `a wildcard can be a branch of a repeating choice`() throws {
        let codec = Codec { builder in
            let branch = builder.add(
                MessageType(
                    name: "Items",
                    fields: [.element("a", .text, .optional), .wildcard(.other(than: tns), .lax, .optional)],
                    rules: [.choice(0, 1)]))
            return [.group(branch), .element("end", .text)]
        }
        let xml = "<x:o>1</x:o><t:a>2</t:a><x:p>3</x:p><x:q>4</x:q><t:end>5</t:end>"
        let shape: Shape = [
            "$items": [
                ["$any": ["{urn:x}o": "1"]], ["a": "2"], ["$any": ["{urn:x}p": "3"]], ["$any": ["{urn:x}q": "4"]],
            ], "end": "5",
        ]
        #expect(try codec.decode(xml) == shape)
        #expect(try codec.decode(document: codec.encode(shape)) == shape)
        #expect(codec.violations("<t:b/><t:end/>") == [" unknown"])
    }

    // MARK: Derivation (R14)

    private static let family = Codec(options: .request) { builder in
        let shape = builder.add(.named("Shape", [.element("id", .int)], isAbstract: true))
        let circle = builder.add(.named("Circle", [.element("id", .int), .element("r", .int)], base: shape))
        _ = builder.add(
            .named("Ring", [.element("id", .int), .element("r", .int), .element("hole", .int)], base: circle))
        let plain = builder.add(.named("Plain", [.element("v", .text, .optional)]))
        return [
            .element("shape", .message(shape), .many), .element("circle", .message(circle), .optional),
            .element("plain", .message(plain), .optional),
        ]
    }

    @Test func `xsi type says which derived type it is`() throws {
        let xml = """
            <t:shape xsi:type='t:Circle'><t:id>1</t:id><t:r>2</t:r></t:shape>\
            <t:shape xmlns:q='urn:shop' xsi:type=' q:Ring '><t:id>1</t:id><t:r>2</t:r><t:hole>1</t:hole></t:shape>\
            <t:circle><t:id>1</t:id><t:r>2</t:r></t:circle>
            """
        let shape: Shape = [
            "shape": [["@type": "Circle", "id": 1, "r": 2], ["@type": "Ring", "id": 1, "r": 2, "hole": 1]],
            "circle": ["@type": "Circle", "id": 1, "r": 2],
        ]
        #expect(try Self.family.decode(xml) == shape)
        let written = try Self.family.encode(shape)
        #expect(written.contains("<ns1:shape xsi:type=\"ns1:Ring\"><ns1:id>1</ns1:id>"))
        #expect(written.contains("<ns1:circle><ns1:id>"))
        #expect(try Self.family.decode(document: written) == shape)
    }

    @Test func `types that are not derived are refused, and abstract ones need one that is`() {
        #expect(Self.family.violations("<t:shape><t:id>1</t:id></t:shape>") == ["/shape/0 type"])
        #expect(
            Self.family.violations("<t:circle xsi:type='t:Shape'><t:id>1</t:id><t:r>1</t:r></t:circle>")
                == ["/circle type"])
        #expect(Self.family.violations("<t:plain xsi:type='t:Circle'/>") == ["/plain type"])
        #expect(Self.family.violations("<t:plain xsi:type='nobody:Circle'/>") == ["/plain type"])
        #expect(Self.family.violations("<t:plain xsi:type='t:Plain'/>") == [])
        #expect { try Self.family.encode(["plain": ["@type": "Circle", "id": 1]]) } throws: {
            ($0 as? Failure)?.violations.first?.pointer == "/plain"
        }
        #expect { try Self.family.encode(["shape": [["@type": "Shape", "id": 1]]]) } throws: {
            ($0 as? Failure)?.violations.first?.pointer == "/shape/0"
        }
    }

    // MARK: Wildcards (R12, trap 10)

    private static func open(_ process: XMLWildcard.Process = .lax) -> Codec {
        var builder = Schema.Builder()
        let known = builder.add(.named("Known", [.attribute("n"), .element("v", .int)]))
        let root = builder.add(.named("Root", [.element("a", .text, .optional), .wildcard(.any, process)]))
        let globals = XMLGlobals(elements: [
            QualifiedName("urn:g", "known"): XMLGlobals.Element(type: .message(known), isNillable: false),
            QualifiedName("urn:g", "count"): XMLGlobals.Element(type: .int, isNillable: true),
        ])
        return Codec(builder.build(), .message(root), globals: globals)
    }

    @Test func `a wildcard types what is declared and keeps what is not`() throws {
        let xml = """
            <t:a>1</t:a><g:known xmlns:g='urn:g' n='1'><t:v>5</t:v></g:known><g:count xmlns:g='urn:g'>7</g:count>\
            <x:leaf>text</x:leaf><x:tree at='1' x:b='2'>one<x:leaf/>two</x:tree><plain/>
            """
        let shape: Shape = [
            "a": "1",
            "$any": [
                ["{urn:g}known": ["@type": "Known", "@n": "1", "v": 5]], ["{urn:g}count": 7], ["{urn:x}leaf": "text"],
                [
                    "{urn:x}tree": [
                        "$name": "{urn:x}tree", "@at": "1", "@{urn:x}b": "2",
                        "$children": ["one", ["$name": "{urn:x}leaf"], "two"],
                    ]
                ], ["plain": ""],
            ],
        ]
        let codec = Self.open()
        #expect(try codec.decode(xml) == shape)
        let written = try codec.encode(shape)
        #expect(Oracle.events(Bytes(written)) == Oracle.events(Bytes(Codec.document(xml))))
        // As JSON sends it back: without types.
        let untyped = try codec.encode([
            "a": "1", "$any": [["{urn:g}known": ["v": 5, "@n": "1"]], ["{urn:g}count": nil]],
        ])
        #expect(
            try codec.decode(document: untyped) == [
                "a": "1", "$any": [["{urn:g}known": ["@type": "Known", "@n": "1", "v": 5]], ["{urn:g}count": nil]],
            ])
        #expect(Self.open(.strict).violations("<x:leaf/>") == ["/$any/0 unknown"])
        #expect(
            try Self.open(.skip).decode("<g:count xmlns:g='urn:g'>7</g:count>") == ["$any": [["{urn:g}count": "7"]]])
    }

    @Test func `generic XML comes back as it was`() throws {
        let codec = Self.open(.skip)
        let documents = [
            "<x:a/>", "<x:a>&lt;&amp;</x:a>", "<x:a> </x:a>", "<x:a><x:b/></x:a>", "<x:a xsi:nil='true'/>",
            "<x:a xsi:nil='true' b='c'/>", "<x:a xsi:type='t:Unknown'>v</x:a>", "<x:a type='t'>v</x:a>",
            "<x:a b='&#9;&quot;'>1<b xmlns='urn:d' c=''>2<d xmlns=''/></b>3</x:a>", "<x:a xml:lang='en'>v</x:a>",
            "<x:a xsi:type='xs:int'>5</x:a>", "<x:a xsi:type='xs:string' xsi:nil='true'/>",
            "<x:a xsi:type='t:Known' n='1'><t:v>5</t:v></x:a>", "<x:a xsi:type='xs:QName'>x:b</x:a>",
            "<a><b>t</b> <c>u</c></a>",
            "<a><y:b xmlns:y='urn:y'><z:c xmlns:z='urn:z' y:d=''/></y:b><y:e xmlns:y='urn:y'/></a>",
        ]
        for content in documents {
            let document = Codec.document(content)
            let shape = try codec.decode(document: document)
            let written = try codec.encode(shape)
            let events = try #require(Oracle.events(Bytes(written)), "\(content) became \(written)")
            #expect(values(events) == values(Oracle.events(Bytes(document)) ?? []), "\(content) became \(written)")
            #expect(try codec.decode(document: written) == shape)
        }
    }

    /// Events with prefixes in values of `xsi:type` cut off: they may change.
    private func values(_ events: [String]) -> [String] {
        events.map { line in
            guard
                line.hasPrefix("@{http://www.w3.org/2001/XMLSchema-instance}type=") || line == "'x:b" || line == "'_1:b"
            else { return line }
            return line.split(separator: ":").last.map(String.init) ?? line
        }
    }

    @Test func `names in a message cannot become markup`() throws {
        let codec = Self.open(.skip)
        let bad = [
            "a b", "a/", "a>", "{urn:x", "{urn:x}", "", "1", "a:b", "{http://www.w3.org/2000/xmlns/}a",
        ]
        for name in bad {
            #expect(throws: Failure.self, "\(name)") { try codec.encode(["$any": [.member(name, "v")]]) }
            #expect(throws: Failure.self, "\(name)") {
                try codec.encode(["$any": [["x": .member("@" + name, "v")]]])
            }
        }
        for name in ["xmlns", "{http://www.w3.org/2000/xmlns/}a", "xmlns:a"] {
            #expect(throws: Failure.self, "\(name)") {
                try codec.encode(["$any": [["x": .member("@" + name, "v")]]])
            }
        }
        #expect(throws: Failure.self) { try codec.encode(["$any": [["x": ["unknown": "v"]]]]) }
        #expect(throws: Failure.self) {
            try codec.encode(["$any": [["x": ["@xml:lang": "a", "@{http://www.w3.org/XML/1998/namespace}lang": "b"]]]])
        }
        let evil = try codec.encode(["$any": [["{urn:\"><evil/>&}a": "<b>"]]])
        #expect(evil.contains("<_1:a xmlns:_1=\"urn:&quot;&gt;&lt;evil/&gt;&amp;\">&lt;b&gt;</_1:a>"))
    }

    @Test func `names in full cannot make a message grow without end`() {
        let namespace = String(repeating: "n", count: 15_000)
        let items = String(repeating: "<p:a/>", count: 2000)
        let source = Codec.document("<x xmlns:p='urn:\(namespace)'>\(items)</x>")
        #expect { try Self.open().decode(document: source) } throws: { ($0 as? Failure)?.reason == "xml.too_large" }
    }

    @Test func `an open type is typed by xsi type, else text, else generic`() throws {
        let codec = Codec { builder in
            _ = builder.add(.named("Known", [.element("v", .int)]))
            return [.element("o", .any, .many, nillable: true)]
        }
        let xml = """
            <t:o>text</t:o><t:o xsi:type='t:Known'><t:v>1</t:v></t:o><t:o xsi:type='xs:int'>5</t:o>\
            <t:o xsi:nil='true'/><t:o><x:b/></t:o><t:o/>
            """
        let shape: Shape = [
            "o": [
                "text", ["@type": "Known", "v": 1], ["@type": "{http://www.w3.org/2001/XMLSchema}int", "$": 5], nil,
                ["$name": "{urn:shop}o", "$children": [["$name": "{urn:x}b"]]], "",
            ]
        ]
        #expect(try codec.decode(xml) == shape)
        #expect(try codec.decode(document: codec.encode(shape)) == shape)
        #expect(
            try codec.decode(document: codec.encode(["o": [1, true, ["$": "x", "@a": "b"]]])) == [
                "o": ["1", "true", ["$name": "{urn:shop}o", "@a": "b", "$children": ["x"]]]
            ])
        #expect(throws: Failure.self) { try codec.encode(["o": [["@type": "Nobody"]]]) }
    }

    @Test func `mixed content keeps text and elements in order`() throws {
        let codec = Codec([.element("b", .text, .many), .element("i", .text, .many)], isMixed: true)
        let document = Codec.document("one <t:i>two</t:i> three <t:b>four</t:b>\n<t:i>five</t:i>")
        var out = ByteWriter()
        try codec.coder.encode(try codec.coder.decode(Bytes(document)), into: &out)
        #expect(Oracle.events(out.finish()) == Oracle.events(Bytes(document)))
    }
}
