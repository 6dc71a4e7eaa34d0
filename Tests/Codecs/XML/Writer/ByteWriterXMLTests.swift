import Buffers
import Testing
import XMLCodec

@Suite struct ByteWriterXMLTests {
    private func text(_ bytes: [UInt8]) throws(XMLError) -> String {
        var out = ByteWriter()
        try out.appendXMLText(bytes.span.bytes)
        return String(out.finish())
    }

    private func attribute(_ value: String) throws(XMLError) -> String {
        var out = ByteWriter()
        try out.appendXMLAttributeValue(Array(value.utf8).span.bytes)
        return String(out.finish())
    }

    @Test func `what markup would swallow is escaped`() throws {
        #expect(try text(Array("a<b>&\"'\t\n\r]]>".utf8)) == "a&lt;b&gt;&amp;\"'\t\n&#13;]]&gt;")
        #expect(try attribute("a<b>&\"'\t\n\r") == "a&lt;b&gt;&amp;&quot;'&#9;&#10;&#13;")
        #expect(try text([]) == "")
    }

    @Test func `text and values come back as they were written`() throws {
        var random = SplitMix(seed: 7)
        let pieces = [
            "a", "longer piece of text", "<", ">", "&", "\"", "'", "\t", "\n", "\r", "\r\n", "\u{E9}", "\u{1F600}",
            "]]>",
        ]
        for _ in 0..<500 {
            let value = (0..<random.below(12)).map { _ in pieces[random.below(pieces.count)] }.joined()
            var out = ByteWriter()
            out.appendXMLDeclaration()
            let tag = XMLTag(prefix: "p", name: "a", attributes: " xmlns:p=\"urn:p\" b=\"")
            out.append(tag.start)
            try out.appendXMLAttributeValue(Bytes(value).span)
            out.append("\">")
            try out.appendXMLText(Bytes(value).span)
            out.append(tag.end)
            let expected = ["<{urn:p}a", "@{}b=" + value] + (value.isEmpty ? [] : ["'" + value]) + [">"]
            #expect(try events(out.finish()) == expected)
        }
    }

    @Test func `what XML cannot hold is refused at its place`() {
        for padding in 0..<10 {
            let head = [UInt8](repeating: 0x20, count: padding)
            for byte in UInt8(0)..<0x20 where ![9, 10, 13].contains(byte) {
                #expect(throws: XMLError(.character, at: padding)) { try text(head + [byte, 0x41]) }
            }
            #expect(throws: XMLError(.character, at: padding)) { try text(head + [0xEF, 0xBF, 0xBE]) }
            #expect(throws: XMLError(.character, at: padding)) { try text(head + [0xEF, 0xBF, 0xBF]) }
            #expect(throws: XMLError(.encoding, at: padding)) { try text(head + [0xED, 0xA0, 0x80]) }
            #expect(throws: XMLError(.encoding, at: padding)) { try text(head + [0xC3]) }
        }
    }

    @Test func `tags are made once`() {
        let tag = XMLTag(name: "a")
        #expect([tag.start, tag.end, tag.empty].map { String($0) } == ["<a", "</a>", "<a/>"])
        #expect(String(XMLTag(prefix: "p", name: "a", attributes: " b=\"\"").empty) == "<p:a b=\"\"/>")
    }
}
