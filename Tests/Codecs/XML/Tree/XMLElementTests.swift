import Buffers
import Testing
import XMLCodec

@Suite struct XMLElementTests {
    private let source = Bytes(
        """
        <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:t" xmlns="urn:t">
          <xs:element name="a" type="b"/>
          <xs:element xmlns:q='urn:q' name="c" type="q:d" q:e='&lt;f'>one<x xmlns=''/>two</xs:element>
        </xs:schema>
        """)

    @Test func `a document becomes a tree`() throws {
        let schema = try XMLElement.read(source)
        let xs = "http://www.w3.org/2001/XMLSchema"
        #expect(schema.name == QualifiedName(xs, "schema"))
        #expect(schema.attribute("targetNamespace") == "urn:t")
        #expect(schema.children(xs, "element").map { $0.attribute("name") } == ["a", "c"])
        let second = try #require(schema.children(xs, "element").last)
        #expect(second.text == "onetwo")
        #expect(second.attribute(QualifiedName("urn:q", "e")) == "<f")
        #expect(second.position.description == "3:3")
        #expect(String(source[second.range]).hasSuffix("two</xs:element>"))
        #expect(second.firstChild("", "x")?.prefixes[""] == nil)
    }

    @Test func `names in values resolve where they stand`() throws {
        let schema = try XMLElement.read(source)
        #expect(schema.children[0].resolve("b") == QualifiedName("urn:t", "b"))
        #expect(schema.children[1].resolve("q:d") == QualifiedName("urn:q", "d"))
        #expect(schema.children[1].children[0].resolve("b") == QualifiedName("", "b"))
        for value in ["q:d", "", ":", "q:", ":d", "a:b:c"] { #expect(schema.resolve(value) == nil) }
    }

    @Test func `other encodings and a document type are read`() throws {
        let text = "<?xml version='1.0' encoding='ISO-8859-1'?><!DOCTYPE a SYSTEM 'x.dtd'><a>"
        let root = try XMLElement.read(Bytes([UInt8](text.utf8) + [0xFC] + [UInt8]("</a>".utf8)))
        #expect(root.text == "\u{FC}")
    }

    @Test func `what is not well-formed or too large throws`() {
        #expect(throws: XMLError(.mismatchedTag, at: 3)) { try XMLElement.read(Bytes("<a></b>")) }
        #expect(throws: XMLError(.tooLarge, at: 3)) {
            try XMLElement.read(Bytes("<a/>"), limits: XMLLimits(documentBytes: 3))
        }
    }
}
