import Buffers
import Canonical
import Testing
import XMLCodec

/// What the schema has no place for (TRANSLATION R18).
@Suite struct UnknownTests {
    private let fields: [Field] = [.element("a", .text), .element("b", .text, .optional)]
    private let strange = "<x:new>1<x:in/></x:new><t:a>1</t:a><t:a>2</t:a>"

    private func options(
        _ unknown: XMLOptions.Unknown, _ validation: XMLOptions.Validation = .off
    ) -> XMLOptions {
        XMLOptions(validation: validation, unknown: unknown, origin: .upstream)
    }

    @Test func `elements are kept under $any, attributes under @*`() throws {
        let codec = Codec(fields, options: options(.keep))
        #expect(
            try codec.decode(strange, attributes: " x:more='y' plain='z'") == [
                "a": "1", "@*": ["{urn:x}more": "y", "plain": "z"],
                "$any": [
                    ["{urn:x}new": ["$name": "{urn:x}new", "$children": ["1", ["$name": "{urn:x}in"]]]],
                    ["{urn:shop}a": "2"],
                ],
            ])
    }

    @Test func `elements that the contract declares elsewhere are typed`() throws {
        var globals = XMLGlobals()
        globals.elements[QualifiedName("urn:x", "n")] = .init(type: .int, isNillable: false)
        let codec = Codec(fields, options: options(.keep), globals: globals)
        #expect(try codec.decode("<t:a>1</t:a><x:n>07</x:n>") == ["a": "1", "$any": [["{urn:x}n": 7]]])
    }

    @Test func `what a wildcard has place for is the wildcard's, whatever it admits`() throws {
        let codec = Codec(fields + [.wildcard(.among(["urn:y"]))], options: options(.keep))
        #expect(
            try codec.decode("<t:a>1</t:a><x:b>2</x:b><t:a>3</t:a>")
                == ["a": "1", "$any": [["{urn:x}b": "2"], ["{urn:shop}a": "3"]]])
    }

    @Test func `what was kept is written again`() throws {
        let codec = Codec(fields, options: options(.keep))
        let source = Codec.document("<t:a>1</t:a><x:new x:i='j'>2</x:new>", " x:more='y'")
        var out = ByteWriter()
        try codec.coder.encode(try codec.coder.decode(Bytes(source)), into: &out)
        let again = try codec.decode(document: String(out.finish()))
        #expect(try codec.decode(document: source) == again)
    }

    @Test func `a plain value cannot keep anything`() throws {
        let codec = Codec([.element("a", .text), .element("n", .int)], options: options(.keep))
        var report = XMLReport(options(.keep))
        let source = Codec.document("<t:a x:i='1'>1</t:a>text<t:n>2<x:b/></t:n>")
        let document = try codec.coder.decode(Bytes(source), report: &report)
        #expect(Shape(document, as: codec.declared, in: codec.schema) == ["a": "1", "n": 2])
        #expect(report.ignored == 3)
    }

    @Test func `ignoring leaves out and counts`() throws {
        var report = XMLReport(options(.ignore))
        let codec = Codec(fields, options: options(.ignore))
        let document = try codec.coder.decode(Bytes(Codec.document(strange, " more=''")), report: &report)
        #expect(Shape(document, as: codec.declared, in: codec.schema) == ["a": "1"])
        #expect(report.ignored == 3 && report.unknown == 3 && report.isClean)
    }

    @Test func `rejecting refuses what is unknown and nothing else`() throws {
        let codec = Codec(fields, options: options(.reject))
        #expect(codec.violations(strange, attributes: " more=''") == [" unknown", " unknown", " maxItems"])
        #expect(codec.violations("<t:a>1</t:a>text") == [" content"])
        #expect(try codec.decode("<t:b>2</t:b>") == ["b": "2"])
    }

    @Test func `strict readers may still tolerate what a newer service adds`() throws {
        let codec = Codec(fields, options: options(.keep, .strict))
        #expect(try codec.decode("<t:a>1</t:a><x:new>2</x:new>") == ["a": "1", "$any": [["{urn:x}new": "2"]]])
        #expect(codec.violations("<x:new>2</x:new>") == ["/a required"])
    }

    @Test func `logging tells of it and lets it pass`() throws {
        var report = XMLReport(options(.keep, .log))
        let codec = Codec(fields, options: options(.keep, .log))
        let document = try codec.coder.decode(Bytes(Codec.document("<t:a>1</t:a><x:new>2</x:new>")), report: &report)
        #expect(report.violations(in: document, of: codec.schema).map(\.rule) == ["unknown"])
    }

    @Test func `a message full of it is refused though not all of it is told`() {
        var options = options(.reject, .log)
        options.maximumViolations = 1
        let codec = Codec(fields, options: options)
        #expect(codec.violations("<t:b>1</t:b><x:new/>") == [" unknown"])
        #expect(codec.violations("<t:b>1</t:b><t:a/><x:new/>") == [" order"])
    }

    @Test func `attributes of another layer are nobody's affair`() throws {
        var options = options(.reject, .strict)
        options.foreignNamespaces = [try #require(Codec(fields).coder.root.plan.namespaces.id(of: tns))]
        let codec = Codec(fields, options: options)
        #expect(try codec.decode("<t:a t:i='1'>1</t:a>", attributes: " t:j=''") == ["a": "1"])
    }
}
