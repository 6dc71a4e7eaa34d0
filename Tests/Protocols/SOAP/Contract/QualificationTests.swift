import Canonical
import SOAP
import Testing

/// Which namespace a local declaration is in (trap 6).
@Suite struct QualificationTests {
    private let fields = """
        <xs:element name="In"><xs:complexType><xs:sequence><xs:element name="a" type="xs:int"/>
        <xs:element name="b" type="xs:int" form="qualified"/><xs:element name="c" type="xs:int" form="unqualified"/>
        </xs:sequence></xs:complexType></xs:element>
        """

    @Test func `the form of a declaration goes before the default of its document`() throws {
        #expect(
            try Reading(schema: fields).input()
                == "In\n  a: int32 <{urn:t}a>\n  b: int32 <{urn:t}b>\n  c: int32 <c>")
        #expect(
            try Reading(schema: fields, attributes: "").input()
                == "In\n  a: int32 <a>\n  b: int32 <{urn:t}b>\n  c: int32 <c>")
    }

    @Test func `each document has its own default`() throws {
        let included = WSDL.schema(
            #"<xs:complexType name="Base"><xs:sequence><xs:element name="a" type="xs:int"/></xs:sequence></xs:complexType>"#,
            attributes: #"xmlns:xs="http://www.w3.org/2001/XMLSchema""#)
        let reading = try Reading(
            schema: """
                <xs:include schemaLocation="base.xsd"/><xs:element name="In"><xs:complexType><xs:complexContent>
                <xs:extension base="tns:Base"><xs:sequence><xs:element name="b" type="xs:int"/></xs:sequence></xs:extension>
                </xs:complexContent></xs:complexType></xs:element>
                """, documents: ["dir/base.xsd": included])
        #expect(reading.findings.isEmpty)
        #expect(reading.input() == "In\n  a: int32 <a>\n  b: int32 <{urn:t}b>")
    }

    @Test func `an included document without a namespace takes the includer's`() throws {
        let chameleon = """
            <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" elementFormDefault="qualified">
            <xs:complexType name="Base"><xs:sequence><xs:element name="x" type="Code"/></xs:sequence></xs:complexType>
            <xs:simpleType name="Code"><xs:restriction base="xs:int"/></xs:simpleType></xs:schema>
            """
        let reading = try Reading(
            schema: #"<xs:include schemaLocation="c.xsd"/><xs:element name="In" type="tns:Base"/>"#,
            documents: ["dir/c.xsd": chameleon])
        #expect(reading.findings.isEmpty)
        #expect(reading.input() == "Base\n  x: Code=int32 <{urn:t}x>")
    }
}
