import Canonical
import SOAP
import Testing
import XMLCodec

/// Extension, restriction, simple content and what types share (TRANSLATION R3, R4, R6, R14, R17; traps 2, 3, 7, 11).
@Suite struct DerivationTests {
    @Test func `an extension begins with the fields of its base`() throws {
        let reading = try Reading(
            schema: """
                <xs:element name="In" type="tns:Leaf"/>
                <xs:complexType name="Leaf"><xs:complexContent><xs:extension base="tns:Middle"><xs:sequence>
                    <xs:element name="c" type="xs:int"/></xs:sequence></xs:extension></xs:complexContent></xs:complexType>
                <xs:complexType name="Middle"><xs:complexContent><xs:extension base="tns:Root"><xs:choice>
                    <xs:element name="b1" type="xs:int"/><xs:element name="b2" type="xs:int"/></xs:choice>
                    <xs:attribute name="y" type="xs:int"/></xs:extension></xs:complexContent></xs:complexType>
                <xs:complexType name="Root" abstract="true"><xs:sequence><xs:element name="a" type="xs:int"/></xs:sequence>
                    <xs:attribute name="x" type="xs:int" use="required"/></xs:complexType>
                """)
        #expect(
            reading.input() == """
                Leaf : Middle
                  @x: int32 @x
                  a: int32 <{urn:t}a>
                  @y: int32? @y
                  b1: int32? <{urn:t}b1>
                  b2: int32? <{urn:t}b2>
                  c: int32 <{urn:t}c>
                  one of (b1) | (b2)
                """)
        let root = try #require(reading.contract.schema.messages.first { $0.name == "Root" })
        #expect(root.isAbstract && root.isPolymorphic)
        #expect(root.annotations[XMLTypeName.self]?.name == QualifiedName("urn:t", "Root"))
        #expect(Set(root.derived.map { reading.contract.schema[$0].name }) == ["Leaf", "Middle"])
    }

    @Test func `a restriction says its content anew and keeps the attributes`() throws {
        let reading = try Reading(
            schema: """
                <xs:element name="In" type="tns:Less"/>
                <xs:complexType name="More"><xs:sequence><xs:element name="a" type="xs:int" minOccurs="0"/>
                    <xs:element name="b" type="xs:int" minOccurs="0"/></xs:sequence><xs:attribute name="x" type="xs:int"/>
                    <xs:attribute name="y" type="xs:int"/><xs:attribute name="z" type="xs:int"/></xs:complexType>
                <xs:complexType name="Less"><xs:complexContent><xs:restriction base="tns:More"><xs:sequence>
                    <xs:element name="b" type="xs:int"/></xs:sequence><xs:attribute name="y" type="xs:int" use="required"/>
                    <xs:attribute name="z" use="prohibited"/></xs:restriction></xs:complexContent></xs:complexType>
                """)
        #expect(
            reading.input() == """
                Less : More
                  @x: int32? @x
                  @y: int32 @y
                  b: int32 <{urn:t}b>
                """)
    }

    @Test func `simple content with attributes is an object with the text under a dollar`() throws {
        let reading = try Reading(
            schema: """
                <xs:element name="In"><xs:complexType><xs:sequence><xs:element name="price" type="tns:Price"/>
                <xs:element name="limited" type="tns:Limited"/><xs:element name="plain" type="tns:Plain"/></xs:sequence>
                </xs:complexType></xs:element>
                <xs:complexType name="Price"><xs:simpleContent><xs:extension base="xs:decimal">
                    <xs:attribute name="currency" type="xs:string" default="EUR"/></xs:extension></xs:simpleContent>
                </xs:complexType>
                <xs:complexType name="Limited"><xs:simpleContent><xs:restriction base="tns:Price">
                    <xs:maxInclusive value="9"/></xs:restriction></xs:simpleContent></xs:complexType>
                <xs:complexType name="Plain"><xs:simpleContent><xs:extension base="xs:int"/></xs:simpleContent>
                </xs:complexType>
                """)
        #expect(
            reading.types.text(named: "Price") == "Price\n  @currency: string? default=EUR @currency\n  $: decimal text"
        )
        #expect(
            reading.types.text(named: "Limited")
                == "Limited : Price\n  @currency: string? default=EUR @currency\n  $: decimal{<= 9} text")
        #expect(try #require(reading.input()).contains("plain: int32 <{urn:t}plain>"))
    }

    @Test func `nil default and fixed are kept`() throws {
        let reading = try Reading(
            schema: """
                <xs:element name="In" nillable="true"><xs:complexType><xs:sequence>
                <xs:element name="a" type="xs:int" nillable="true"/><xs:element name="b" type="xs:int" default="7"/>
                <xs:element name="c" type="xs:int" nillable="true" minOccurs="0" maxOccurs="unbounded"/></xs:sequence>
                <xs:attribute name="v" type="xs:string" fixed="1.0"/></xs:complexType></xs:element>
                """)
        #expect(
            reading.input() == """
                In
                  @v: string? fixed=1.0 @v
                  a: int32 nillable <{urn:t}a>
                  b: int32 default=7 <{urn:t}b>
                  c: int32[0..*] nillable <{urn:t}c>
                """)
        #expect(reading.binding()?.request.isNillable == true)
    }

    @Test func `attributes keep their form and their prefix`() throws {
        let reading = try Reading(
            schema: """
                <xs:element name="In"><xs:complexType><xs:attribute ref="xml:lang"/><xs:attribute ref="tns:g" use="required"/>
                <xs:attributeGroup ref="tns:Common"/></xs:complexType></xs:element>
                <xs:attribute name="g" type="xs:int"/>
                <xs:attributeGroup name="Common"><xs:attribute name="local"/>
                    <xs:attribute name="form" form="qualified" type="xs:int"/></xs:attributeGroup>
                """)
        #expect(
            reading.input() == """
                In
                  @xml:lang: string{collapse, /[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*/}? @{http://www.w3.org/XML/1998/namespace}lang
                  @tns:g: int32 @{urn:t}g
                  @local: string? @local
                  @tns:form: int32? @{urn:t}form
                """)
    }

    @Test func `a recursive type refers to itself`() throws {
        let reading = try Reading(
            schema: """
                <xs:element name="In" type="tns:Tree"/><xs:complexType name="Tree"><xs:sequence>
                <xs:element name="child" type="tns:Tree" minOccurs="0" maxOccurs="unbounded"/></xs:sequence></xs:complexType>
                """)
        #expect(reading.input() == "Tree\n  child: Tree[0..*] <{urn:t}child>")
        #expect(reading.contract.schema.messages.count == 1)
    }

    @Test func `an anonymous type is named after its path and a global one is shared`() throws {
        let reading = try Reading(
            schema: """
                <xs:element name="In"><xs:complexType><xs:sequence><xs:element name="order"><xs:complexType><xs:sequence>
                <xs:element name="to" type="tns:Address"/><xs:element name="from" type="tns:Address"/></xs:sequence>
                </xs:complexType></xs:element></xs:sequence></xs:complexType></xs:element>
                <xs:complexType name="Address"/>
                """)
        #expect(reading.input() == "In\n  order: In.order <{urn:t}order>")
        #expect(
            reading.types.text(named: "In.order")
                == "In.order\n  to: Address <{urn:t}to>\n  from: Address <{urn:t}from>")
    }

    @Test func `types of one name are numbered in the order of the documents`() throws {
        let schemas = (1...8).map { number in
            WSDL.schema(
                """
                <xs:complexType name="T"><xs:sequence><xs:element name="f\(number)" type="xs:int"/></xs:sequence>
                </xs:complexType>
                """, namespace: "urn:n\(number)")
        }
        let main = WSDL.schema(#"<xs:element name="In" type="xs:int"/>"#)
        let reading = try Reading(WSDL.document(types: schemas.joined() + main, input: "tns:In"))
        #expect(reading.contract.schema.messages.map(\.name) == ["T", "T2", "T3", "T4", "T5", "T6", "T7", "T8"])
        #expect(reading.contract.schema.messages.map { $0.fields[0].name } == (1...8).map { "f\($0)" })
    }

    @Test func `anything is any`() throws {
        let reading = try Reading(
            schema: """
                <xs:element name="In"><xs:complexType><xs:sequence><xs:element name="a" type="xs:anyType"/>
                <xs:element name="b"/><xs:element name="c"><xs:complexType mixed="true"><xs:sequence><xs:any/></xs:sequence>
                </xs:complexType></xs:element></xs:sequence></xs:complexType></xs:element>
                """)
        #expect(reading.input() == "In\n  a: any <{urn:t}a>\n  b: any <{urn:t}b>\n  c: any <{urn:t}c>")
    }

    @Test func `mixed content without elements is text`() throws {
        let reading = try Reading(
            schema: """
                <xs:element name="In"><xs:complexType mixed="true"><xs:attribute name="a" type="xs:int"/></xs:complexType>
                </xs:element>
                """)
        #expect(reading.input() == "In\n  @a: int32? @a\n  $: string text")
    }
}
