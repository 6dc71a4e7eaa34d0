import Buffers
import Canonical
import JSONCodec
import SOAP
import Testing
import XMLCodec

/// Text between elements (TRANSLATION R13, trap 11).
@Suite struct MixedContentTests {
    private static let note = """
        <xs:element name="In" type="tns:Note"/>
        <xs:complexType name="Note" mixed="true">
          <xs:choice minOccurs="0" maxOccurs="unbounded">
            <xs:element name="b" type="xs:string"/><xs:element name="count" type="xs:int"/>
            <xs:element name="inner" type="tns:Note"/>
          </xs:choice>
          <xs:attribute name="lang" type="xs:string"/>
        </xs:complexType>
        """
    private static let letter = """
        <xs:element name="In" type="tns:Letter"/>
        <xs:complexType name="Letter" mixed="true"><xs:sequence>
          <xs:element name="name" type="xs:string"/><xs:element name="order" type="xs:int" minOccurs="0"/>
        </xs:sequence></xs:complexType>
        """

    /// Both forms of messages of the element `In`.
    private struct Forms {
        let json: JSONCoder
        let xml: XMLCoder

        init(_ schema: String) throws {
            let contract = try Reading(schema: schema).contract
            let type = try #require(contract.operations.first).input
            let root = SOAPPlan(contract).xml.root(QualifiedName("urn:t", "In"), type: type, isNillable: false)
            json = JSONCoder(type, schema: contract.schema)
            xml = XMLCoder(root, options: XMLOptions(validation: .strict))
        }

        func json(of document: Bytes) throws -> Bytes {
            var out = ByteWriter()
            try json.encode(try xml.decode(document), into: &out)
            return out.finish()
        }

        func xml(of text: Bytes) throws -> Bytes {
            var out = ByteWriter()
            try xml.encode(try json.decode(text), into: &out)
            return out.finish()
        }
    }

    @Test func `every element is a field of its own, whatever group it stands in`() throws {
        #expect(
            try Reading(schema: Self.note).input() == """
                Note mixed (any order)
                  @lang: string? @lang
                  b: string[0..*] <{urn:t}b>
                  count: int32[0..*] <{urn:t}count>
                  inner: Note[0..*] <{urn:t}inner>
                """)
        #expect(
            try Reading(schema: Self.letter).input() == """
                Letter mixed
                  name: string <{urn:t}name>
                  order: int32? <{urn:t}order>
                """)
    }

    @Test(arguments: [
        ("", #"{"$mixed":[]}"#), ("plain", #"{"$mixed":["plain"]}"#),
        ("a <b>b</b> c <count>1</count><b/>\n", #"{"$mixed":["a ",{"b":"b"}," c ",{"count":1},{"b":""},"\n"]}"#),
        ("<inner lang='x'>y</inner>", #"{"$mixed":[{"inner":{"@lang":"x","$mixed":["y"]}}]}"#),
        ("1 &lt; 2<!-- no --> &amp; <![CDATA[<3>]]>", #"{"$mixed":["1 < 2 & <3>"]}"#),
    ])
    func `text and elements keep their order`(_ content: String, _ expected: String) throws {
        let forms = try Forms(Self.note)
        let json = try forms.json(of: Bytes("<In xmlns='urn:t'>\(content)</In>"))
        #expect(String(json) == expected)
        #expect(try String(forms.json(of: forms.xml(of: json))) == expected)
    }

    @Test(arguments: [
        (#"{"$mixed":["a",{"order":1}]}"#, ["/name required"]),
        (#"{"$mixed":[{"name":"a"},"b",{"name":"c"}]}"#, ["/$mixed/2/name duplicate"]),
        (#"{"$mixed":[{"name":"a"}],"order":1}"#, ["/order unknown"]),
        (#"{"$mixed":[{"name":"a"},{"nome":"a"}]}"#, ["/$mixed/1/nome type"]),
    ])
    func `what is no content is named with its place`(_ text: String, _ expected: [String]) throws {
        let forms = try Forms(Self.letter)
        let failure = #expect(throws: Failure.self) { try forms.json.decode(Bytes(text)) }
        #expect(failure?.violations.map { "\($0.pointer) \($0.rule)" } == expected)
    }

    @Test(arguments: [
        (#"{"@lang":"x","$mixed":["a","\u0001"]}"#, "/$mixed/1"),
        (#"{"@lang":"x","$mixed":["a",{"inner":{"$mixed":[{"b":""},{"b":"\u0001"}]}}]}"#, "/$mixed/1/inner/$mixed/1/b"),
        (#"{"@lang":"\u0001","$mixed":[]}"#, "/@lang"),
    ])
    func `what XML cannot carry is named with its place`(_ text: String, _ pointer: String) throws {
        let forms = try Forms(Self.note)
        let failure = #expect(throws: Failure.self) { try forms.xml(of: Bytes(text)) }
        #expect(failure?.violations.map(\.pointer) == [pointer])
    }

    @Test(arguments: [
        (#"{"@lang":"x","$mixed":["a",{"b":"c"},"d",{"inner":{"$mixed":["e"]}}]}"#, nil),
        (#"{"$mixed":["a",{"c":1}]}"#, "/$mixed/1/c"), (#"{"$mixed":["a",[1]]}"#, "/$mixed/1"),
        (#"{"$mixed":"a"}"#, "/$mixed"),
    ])
    func `a value without a type is written by the same rule`(_ text: String, _ pointer: String?) throws {
        let forms = try Forms(Self.note)
        let untyped = try JSONCoder(.any, schema: Schema.Builder().build()).decode(Bytes(text))
        var out = ByteWriter()
        do throws(Failure) {
            try forms.xml.encode(untyped, into: &out)
            #expect(pointer == nil)
        } catch {
            #expect(error.violations.map(\.pointer) == [pointer])
        }
        if pointer == nil { #expect(try String(forms.json(of: out.finish())) == text) }
    }

    @Test func `elements that nobody declares keep their places, too`() throws {
        let forms = try Forms(
            """
            <xs:element name="In"><xs:complexType mixed="true"><xs:sequence>
              <xs:any minOccurs="0" maxOccurs="unbounded" processContents="lax"/>
            </xs:sequence><xs:attribute name="dialect" type="xs:anyURI"/></xs:complexType></xs:element>
            """)
        let json = try forms.json(
            of: Bytes("<In xmlns='urn:t' dialect='urn:d'>a<x:b xmlns:x='urn:x'>c</x:b> d<x:e xmlns:x='urn:x'/></In>"))
        #expect(
            String(json)
                == #"{"@dialect":"urn:d","$mixed":["a",{"$any":{"{urn:x}b":"c"}}," d",{"$any":{"{urn:x}e":""}}]}"#)
        #expect(try forms.json(of: forms.xml(of: json)) == json)
    }

    @Test func `an extension of mixed content is mixed`() throws {
        let schema = """
            <xs:element name="In" type="tns:Signed"/>\(Self.letter.dropFirst(Self.letter.prefix { $0 != ">" }.count + 1))
            <xs:complexType name="Signed"><xs:complexContent mixed="true"><xs:extension base="tns:Letter"><xs:sequence>
              <xs:element name="name" type="xs:string"/></xs:sequence></xs:extension></xs:complexContent></xs:complexType>
            <xs:complexType name="Text" mixed="true"><xs:attribute name="a"/></xs:complexType>
            <xs:complexType name="Rich" mixed="true"><xs:complexContent><xs:extension base="tns:Text"><xs:sequence>
              <xs:element name="b" type="xs:int"/></xs:sequence></xs:extension></xs:complexContent></xs:complexType>
            """
        let reading = try Reading(schema: schema)
        // The same element again: only JSON's objects cannot tell where it stands.
        #expect(
            reading.input() == """
                Signed mixed : Letter (any order)
                  name: string[2..2] <{urn:t}name>
                  order: int32? <{urn:t}order>
                """)
        let rich = try Reading(schema: schema.replacing("tns:Signed\"/>", with: "tns:Rich\"/>"))
        #expect(rich.input() == "Rich mixed : Text\n  @a: string? @a\n  b: int32 <{urn:t}b>")
    }
}
