import Buffers
import Testing
import XMLCodec

@Suite struct XMLTokenizerTests {
    @Test func `a known namespace has its number and an unknown one has one of its own`() throws {
        let table = NamespaceTable(["urn:a", "urn:b", "urn:a"])
        #expect(table.count == 6)
        let reader = TokenReader(
            "<p:x xmlns:p='urn:b' xmlns:q='urn:new' q:y='1' z='2'><q:w xmlns:r='urn:new' r:v=''/></p:x>", table)
        #expect(try reader.token == .startElement)
        #expect(reader.namespace == table.id(of: "urn:b"))
        #expect(reader.isElement(NamespaceID(rawValue: 5), "x"))
        let unknown = reader.attributeNamespace(0)
        #expect(unknown.rawValue >= 6)
        #expect(reader.attributeNamespace(1) == .none)
        #expect(reader.namespaceName(unknown) == "urn:new")
        #expect(try reader.token == .startElement)
        #expect(reader.namespace == unknown)
        #expect(reader.attributeNamespace(0) == unknown)
    }

    @Test func `text and values that need no care are ranges of the document`() throws {
        let reader = TokenReader("<a k='v' l='&lt;'>text<b>x&amp;y</b><c> \n</c></a>")
        try reader.skip(1)
        #expect(reader.attributeValueRange(0) == 6..<7)
        #expect(reader.attributeValueRange(1) == nil)
        #expect(reader.attributeValue(1) == "<")
        #expect(reader.attributeIndex(.none, "l") == 1)
        #expect(reader.attributeIndex(.xml, "l") == nil)
        #expect(try reader.token == .text)
        #expect(reader.textRange == 18..<22)
        #expect(!reader.isBlankText)
        try reader.skip(2)
        #expect(reader.textRange == nil)
        #expect(reader.text == "x&y")
        try reader.skip(3)
        #expect(reader.isBlankText)
    }

    @Test func `prefixes resolve as they are in scope, up to the end tag itself`() throws {
        let reader = TokenReader("<a xmlns='u' xmlns:p='v'><b xmlns:p='w' xmlns=''>p:x</b>p:y</a>")
        try reader.skip(1)
        #expect(reader.namespace(forPrefix: "") == "u")
        #expect(reader.namespace(forPrefix: "p") == "v")
        #expect(reader.namespace(forPrefix: "q") == nil)
        #expect(reader.namespace(forPrefix: "xml") == "http://www.w3.org/XML/1998/namespace")
        for _ in 0..<3 {
            try reader.skip(1)
            #expect(reader.namespace(forPrefix: "p") == "w")
            #expect(reader.namespace(forPrefix: "") == "")
        }
        #expect(try reader.token == .text)
        #expect(reader.namespace(forPrefix: "p") == "v")
        #expect(reader.prefixes == ["": "u", "p": "v", "xml": "http://www.w3.org/XML/1998/namespace"])
    }

    @Test func `a skipped element is given as it stands`() throws {
        let reader = TokenReader("<a><b x='1'><c/>t<d>&amp;</d></b><e/><f/></a>")
        try reader.skip(2)
        #expect(try reader.skipElement() == "<b x='1'><c/>t<d>&amp;</d></b>")
        #expect(reader.depth == 1)
        try reader.skip(1)
        #expect(try reader.skipElement() == "<e/>")
        #expect(try reader.token == .startElement)
        #expect(reader.localName == "f")
    }

    @Test func `depth counts open elements and ranges cover tokens`() throws {
        let reader = TokenReader("<a><b/>t</a>")
        var seen: [String] = []
        while try reader.token != .end { seen.append("\(reader.depth) \(reader.range)") }
        #expect(seen == ["1 0..<3", "2 3..<7", "1 7..<7", "1 7..<8", "0 8..<12"])
        #expect(try reader.token == .end)
    }

    @Test func `a place is a line and a column of characters`() throws {
        let document = "<a>\n  <\u{FC}\u{FC}/><b></c></a>"
        let reader = TokenReader(document)
        try reader.skip(3)
        #expect(reader.position == "2:3")
        try reader.skip(2)
        #expect(reader.position == "2:8")
        let error = #expect(throws: XMLError.self) { try reader.token }
        #expect(error?.position(in: Bytes(document)).description == "2:11")
        #expect(error?.reason == .mismatchedTag)
    }

    @Test func `an error is final until the tokenizer is reset`() throws {
        let reader = TokenReader("<a></b><c/></a>")
        try reader.skip(1)
        let first = #expect(throws: XMLError.self) { try reader.token }
        let second = #expect(throws: XMLError.self) { try reader.token }
        #expect(first == second)
        reader.reset(to: "<p:a xmlns:p='u'>&amp;</p:a>")
        #expect(try reader.token == .startElement)
        #expect(try reader.token == .text)
        reader.reset(to: "<p:a/>")
        #expect(throws: XMLError(.undeclaredPrefix, at: 1)) { try reader.token }
    }

    /// For ThreadSanitizer, which sees the memory that they share.
    @Test func `several threads may read one document`() async throws {
        let document = Bytes(Documents.message)
        let expected = try events(document)
        await withTaskGroup(of: [String]?.self) { readers in
            for _ in 0..<8 { readers.addTask { try? events(document) } }
            for await lines in readers { #expect(lines == expected) }
        }
    }

    @Test func `every reason has a token and a sentence of its own`() {
        let reasons = XMLError.Reason.allCases
        #expect(Set(reasons.map { XMLError($0, at: 0).message }).count == reasons.count)
        #expect(reasons.allSatisfy { $0.rawValue.hasPrefix("xml.") })
    }
}
