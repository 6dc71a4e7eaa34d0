import Canonical
import SOAP
import Testing

/// How content models become fields and rules (TRANSLATION R2, R5, R12, R15; traps 1, 2, 8).
@Suite struct ContentModelTests {
    private func input(_ content: String, more: String = "") throws -> String? {
        try Reading(schema: #"<xs:element name="In"><xs:complexType>\#(content)</xs:complexType></xs:element>\#(more)"#)
            .input()
    }

    @Test func `an element is an array exactly when the schema lets it repeat`() throws {
        let text = try input(
            """
            <xs:sequence><xs:element name="one" type="xs:int"/><xs:element name="maybe" type="xs:int" minOccurs="0"/>
            <xs:element name="many" type="xs:int" minOccurs="0" maxOccurs="unbounded"/>
            <xs:element name="few" type="xs:int" minOccurs="2" maxOccurs="3"/>
            <xs:element name="never" type="xs:int" minOccurs="0" maxOccurs="0"/></xs:sequence>
            """)
        #expect(
            text == """
                In
                  one: int32 <{urn:t}one>
                  maybe: int32? <{urn:t}maybe>
                  many: int32[0..*] <{urn:t}many>
                  few: int32[2..3] <{urn:t}few>
                """)
    }

    @Test func `fields stand in the order of the content model with attributes first`() throws {
        let text = try input(
            """
            <xs:sequence><xs:element name="z" type="xs:int"/><xs:sequence><xs:element name="b" type="xs:int"/>
            <xs:group ref="tns:G"/></xs:sequence><xs:element name="a" type="xs:int"/></xs:sequence>
            <xs:attribute name="x" type="xs:int"/>
            """, more: #"<xs:group name="G"><xs:sequence><xs:element name="g" type="xs:int"/></xs:sequence></xs:group>"#
        )
        #expect(
            text == """
                In
                  @x: int32? @x
                  z: int32 <{urn:t}z>
                  b: int32 <{urn:t}b>
                  g: int32 <{urn:t}g>
                  a: int32 <{urn:t}a>
                """)
    }

    @Test func `a choice makes its fields optional and one of them required`() throws {
        let text = try input(
            """
            <xs:choice><xs:element name="a" type="xs:int"/><xs:sequence><xs:element name="b" type="xs:int"/>
            <xs:element name="c" type="xs:int" minOccurs="0"/></xs:sequence></xs:choice>
            """)
        #expect(
            text == """
                In
                  a: int32? <{urn:t}a>
                  b: int32? <{urn:t}b>
                  c: int32? <{urn:t}c>
                  one of (a) | (b, c?)
                """)
    }

    @Test(arguments: [
        #"<xs:choice minOccurs="0"><xs:element name="a" type="xs:int"/><xs:element name="b" type="xs:int"/></xs:choice>"#,
        """
        <xs:choice><xs:element name="a" type="xs:int" minOccurs="0"/><xs:element name="b" type="xs:int"/></xs:choice>
        """,
    ])
    func `a choice that may be left out requires nothing`(content: String) throws {
        let text = try #require(try input(content))
        #expect(text.contains("at most one of"))
        #expect(!text.contains("\n  one of"))
    }

    @Test func `an optional sequence stands together`() throws {
        let text = try input(
            """
            <xs:sequence><xs:element name="a" type="xs:int"/><xs:sequence minOccurs="0">
            <xs:element name="b" type="xs:int"/><xs:element name="c" type="xs:int"/></xs:sequence></xs:sequence>
            """)
        #expect(
            text == """
                In
                  a: int32 <{urn:t}a>
                  b: int32? <{urn:t}b>
                  c: int32? <{urn:t}c>
                  together (b, c)
                """)
    }

    @Test func `the elements of all may stand in any order`() throws {
        let text = try input(
            #"<xs:all><xs:element name="b" type="xs:int"/><xs:element name="a" type="xs:int" minOccurs="0"/></xs:all>"#)
        #expect(text == "In (any order)\n  b: int32 <{urn:t}b>\n  a: int32? <{urn:t}a>")
    }

    @Test func `a repeating choice is an array of branch objects`() throws {
        let reading = try Reading(
            schema: """
                <xs:element name="In"><xs:complexType><xs:choice maxOccurs="unbounded"><xs:element name="a" type="xs:int"/>
                <xs:element name="b" type="xs:string" maxOccurs="unbounded"/></xs:choice></xs:complexType></xs:element>
                """)
        #expect(reading.input() == "In\n  $items: In.items[1..*] group")
        #expect(
            reading.types.text(named: "In.items") == """
                In.items
                  a: int32? <{urn:t}a>
                  b: string? <{urn:t}b>
                  one of (a) | (b)
                """)
    }

    @Test func `a repeating named group is an array under its name`() throws {
        let reading = try Reading(
            schema: """
                <xs:group name="Pair"><xs:sequence><xs:element name="email" type="xs:string"/>
                <xs:element name="key" type="xs:string" minOccurs="0"/></xs:sequence></xs:group>
                <xs:element name="In"><xs:complexType><xs:sequence><xs:group ref="tns:Pair" minOccurs="0" maxOccurs="9"/>
                <xs:element name="end" type="xs:int"/></xs:sequence></xs:complexType></xs:element>
                """)
        #expect(reading.input() == "In\n  Pair: In.Pair[0..9] group\n  end: int32 <{urn:t}end>")
        #expect(
            reading.types.text(named: "In.Pair")
                == "In.Pair\n  email: string <{urn:t}email>\n  key: string? <{urn:t}key>")
    }

    @Test(arguments: [
        #"<xs:sequence maxOccurs="unbounded"><xs:element name="a" type="xs:int"/></xs:sequence>"#,
        #"<xs:choice maxOccurs="unbounded"><xs:element name="a" type="xs:int"/></xs:choice>"#,
        #"<xs:sequence><xs:sequence maxOccurs="unbounded"><xs:sequence><xs:element name="a" type="xs:int"/></xs:sequence></xs:sequence></xs:sequence>"#,
    ])
    func `a repeating group of one element is a plain array`(content: String) throws {
        #expect(try input(content) == "In\n  a: int32[1..*] <{urn:t}a>")
    }

    @Test func `the same element next to itself is one array`() throws {
        let text = try input(
            #"<xs:sequence><xs:element name="a" type="xs:int"/><xs:element name="a" type="xs:int" minOccurs="0"/></xs:sequence>"#
        )
        #expect(text == "In\n  a: int32[1..2] <{urn:t}a>")
    }

    @Test func `the same element in branches of a choice is one property`() throws {
        let text = try input(
            """
            <xs:choice><xs:sequence><xs:element name="id" type="xs:int"/><xs:element name="a" type="xs:int"/></xs:sequence>
            <xs:sequence><xs:element name="id" type="xs:int"/><xs:element name="b" type="xs:int"/></xs:sequence></xs:choice>
            """)
        #expect(
            text == """
                In
                  id: int32 <{urn:t}id>
                  a: int32? <{urn:t}a>
                  b: int32? <{urn:t}b>
                  at most one of (a) | (b)
                """)
    }

    @Test func `wildcards are arrays of anything`() throws {
        let text = try input(
            """
            <xs:sequence><xs:element name="a" type="xs:int"/><xs:any namespace="##other" processContents="lax" minOccurs="0"/>
            <xs:any namespace="##local urn:x" processContents="skip" maxOccurs="unbounded"/></xs:sequence>
            <xs:anyAttribute processContents="lax"/>
            """)
        #expect(
            text == """
                In
                  @*: any? anyAttribute any lax
                  a: int32 <{urn:t}a>
                  $any: any[0..1] any other than urn:t lax
                  $any2: any[1..*] any among ["", "urn:x"] skip
                """)
    }

    @Test func `names that clash take the prefix of the schema`() throws {
        let other = WSDL.schema(
            #"<xs:element name="id" type="xs:int"/>"#, namespace: "urn:o", attributes: #"xmlns:o="urn:o""#)
        let third = WSDL.schema(#"<xs:element name="id" type="xs:int"/>"#, namespace: "urn:p")
        let own = WSDL.schema(
            """
            <xs:import namespace="urn:o"/><xs:import namespace="urn:p"/><xs:element name="In"><xs:complexType><xs:sequence>
            <xs:element name="id" type="xs:int"/><xs:element ref="o:id"/>
            <xs:element xmlns:p="urn:p" ref="p:id"/></xs:sequence>
            <xs:attribute name="id" type="xs:int"/></xs:complexType></xs:element>
            """, attributes: #"elementFormDefault="qualified" xmlns:o="urn:o""#)
        let reading = try Reading(WSDL.document(types: own + other + third, input: "tns:In"))
        #expect(
            reading.input() == """
                In
                  @id: int32? @id
                  id: int32 <{urn:t}id>
                  o:id: int32 <{urn:o}id>
                  ns1:id: int32 <{urn:p}id>
                """)
    }

    @Test func `content whose order an array cannot keep refuses the operation`() throws {
        let reading = try Reading(
            schema: """
                <xs:element name="In"><xs:complexType><xs:sequence><xs:element name="a" type="xs:int"/>
                <xs:element name="b" type="xs:int"/><xs:element name="a" type="xs:int"/></xs:sequence></xs:complexType>
                </xs:element>
                """)
        #expect(reading.contract.operations.isEmpty)
        #expect(reading.rules == ["xsd.interleaved-element", "wsdl.no-operations"])
    }
}
