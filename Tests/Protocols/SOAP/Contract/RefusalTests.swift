import Canonical
import SOAP
import Testing

/// What cannot be carried refuses the operation that needs it, with the place and the rule (trap 24).
@Suite struct RefusalTests {
    /// A WSDL with an operation `Good` and an operation `Bad` whose input is the element `tns:Bad` of `schema`.
    private func read(_ schema: String, binding: String? = nil) throws -> Reading {
        let types = WSDL.schema(schema + #"<xs:element name="Good" type="xs:int"/>"#)
        return try Reading(
            WSDL.definitions(
                """
                <wsdl:types>\(types)</wsdl:types>
                <wsdl:message name="Good"><wsdl:part name="body" element="tns:Good"/></wsdl:message>
                <wsdl:message name="Bad"><wsdl:part name="body" element="tns:Bad"/></wsdl:message>
                <wsdl:portType name="P"><wsdl:operation name="Good"><wsdl:input message="tns:Good"/></wsdl:operation>
                <wsdl:operation name="Bad"><wsdl:input message="tns:Bad"/></wsdl:operation></wsdl:portType>
                \(binding ?? WSDL.binding(operations: ["Good", "Bad"]))\(WSDL.service())
                """))
    }

    @Test(arguments: [
        (
            "xsd.substitution-group",
            """
            <xs:element name="Bad"><xs:complexType><xs:sequence><xs:element ref="tns:Head"/></xs:sequence></xs:complexType>
            </xs:element><xs:element name="Head" type="xs:int"/>
            <xs:element name="Member" type="xs:int" substitutionGroup="tns:Head"/>
            """
        ),
        (
            "xsd.undefined-type",
            """
            <xs:element name="Bad"><xs:complexType><xs:sequence><xs:element name="deep" type="tns:Inner"/></xs:sequence>
            </xs:complexType></xs:element><xs:complexType name="Inner"><xs:sequence>
            <xs:element name="x" type="tns:Missing"/></xs:sequence></xs:complexType>
            """
        ),
        ("xsd.undefined-type", #"<xs:element name="Bad" type="xs:inttt"/>"#),
        ("xsd.undeclared-prefix", #"<xs:element name="Bad" type="nope:T"/>"#),
        ("xsd.undefined-element", ""),
        (
            "xsd.undefined-group",
            """
            <xs:element name="Bad"><xs:complexType><xs:attributeGroup ref="tns:Missing"/></xs:complexType></xs:element>
            """
        ),
        (
            "xsd.circular-group",
            """
            <xs:element name="Bad"><xs:complexType><xs:group ref="tns:G"/></xs:complexType></xs:element>
            <xs:group name="G"><xs:sequence><xs:group ref="tns:G" minOccurs="0"/></xs:sequence></xs:group>
            """
        ),
        (
            "xsd.circular-type",
            """
            <xs:element name="Bad" type="tns:A"/><xs:complexType name="A"><xs:complexContent><xs:extension base="tns:B"/>
            </xs:complexContent></xs:complexType><xs:complexType name="B"><xs:complexContent><xs:extension base="tns:A"/>
            </xs:complexContent></xs:complexType>
            """
        ),
        (
            "xsd.circular-type",
            """
            <xs:element name="Bad" type="tns:U"/><xs:simpleType name="U"><xs:union memberTypes="xs:int tns:U"/></xs:simpleType>
            """
        ),
        (
            "xsd.inconsistent-element",
            """
            <xs:element name="Bad"><xs:complexType><xs:choice><xs:element name="a" type="xs:int"/>
            <xs:element name="a" type="xs:string"/></xs:choice></xs:complexType></xs:element>
            """
        ),
        (
            "xsd.not-simple",
            """
            <xs:element name="Bad"><xs:complexType><xs:attribute name="a" type="tns:C"/></xs:complexType></xs:element>
            <xs:complexType name="C"/>
            """
        ),
    ])
    func `a construct that cannot be carried refuses only its operation`(rule: String, schema: String) throws {
        let reading = try read(schema)
        #expect(reading.contract.operations.map(\.name) == ["Good"])
        let finding = try #require(
            reading.findings.first { $0.rule == rule && $0.message.contains("'Bad' is not served") })
        #expect(finding.severity == .warning)
        #expect(finding.location?.file == "dir/main.wsdl" && (finding.location?.line ?? 0) > 0)
        let port = try #require(reading.contract.annotations[SOAPPorts.self]?.ports.first)
        #expect(port.operations == ["Good"] && port.refused == ["Bad"])
    }

    @Test func `rules over several elements and fixed text beside attributes are not checked, and that is told`() throws
    {
        let reading = try read(
            """
            <xs:element name="Bad"><xs:complexType><xs:sequence>
            <xs:element name="row" maxOccurs="unbounded" type="xs:int"/>
            <xs:element name="price" fixed="1"><xs:complexType><xs:simpleContent><xs:extension base="xs:int">
            <xs:attribute name="unit"/></xs:extension></xs:simpleContent></xs:complexType></xs:element>
            </xs:sequence></xs:complexType>
            <xs:key name="k"><xs:selector xpath="row"/><xs:field xpath="."/></xs:key>
            <xs:unique name="u"><xs:selector xpath="row"/><xs:field xpath="."/></xs:unique>
            <xs:keyref name="r" refer="k"><xs:selector xpath="row"/><xs:field xpath="."/></xs:keyref></xs:element>
            """)
        #expect(
            reading.rules.sorted()
                == ["xsd.fixed", "xsd.identity-constraint", "xsd.identity-constraint", "xsd.identity-constraint"])
        #expect(reading.findings.allSatisfy { $0.severity == .note && $0.location?.file == "dir/main.wsdl" })
        #expect(reading.contract.operations.count == 2)
    }

    @Test func `a defect of a type nobody needs is no finding`() throws {
        let reading = try read(
            """
            <xs:element name="Bad" type="xs:int"/><xs:element name="Unused" type="tns:Missing"/>
            <xs:complexType name="AlsoUnused"><xs:attributeGroup ref="tns:Missing"/></xs:complexType>
            """)
        #expect(reading.findings.isEmpty)
        #expect(reading.contract.operations.count == 2)
    }

    @Test func `encoded use refuses the operation and counts it`() throws {
        let reading = try read(
            #"<xs:element name="Bad" type="xs:int"/>"#,
            binding: """
                <wsdl:binding name="B" type="tns:P"><soap:binding style="rpc" transport="http://schemas.xmlsoap.org/soap/http"/>
                <wsdl:operation name="Good"><soap:operation style="document"/><wsdl:input><soap:body use="literal"/></wsdl:input>
                </wsdl:operation>
                <wsdl:operation name="Bad"><wsdl:input><soap:body use="encoded"/></wsdl:input></wsdl:operation></wsdl:binding>
                """)
        #expect(reading.rules == ["wsdl.rpc-encoded"])
        #expect(reading.contract.annotations[SOAPPorts.self]?.ports.first?.refused == ["Bad"])
    }

    @Test func `attachments refuse the operation`() throws {
        let reading = try read(
            #"<xs:element name="Bad" type="xs:int"/>"#,
            binding: """
                <wsdl:binding name="B" type="tns:P" xmlns:mime="http://schemas.xmlsoap.org/wsdl/mime/">
                <soap:binding transport="http://schemas.xmlsoap.org/soap/http"/>
                <wsdl:operation name="Good"><wsdl:input><mime:multipartRelated><mime:part><soap:body use="literal"/></mime:part>
                </mime:multipartRelated></wsdl:input></wsdl:operation>
                <wsdl:operation name="Bad"><wsdl:input><mime:multipartRelated><mime:part><soap:body use="literal"/></mime:part>
                <mime:part><mime:content part="p" type="image/png"/></mime:part></mime:multipartRelated></wsdl:input>
                </wsdl:operation></wsdl:binding>
                """)
        #expect(reading.rules == ["wsdl.mime"])
        #expect(reading.contract.operations.map(\.name) == ["Good"])
    }

    @Test(arguments: [
        #"<wsdl:output message="tns:Good"/>"#, #"<wsdl:output message="tns:Good"/><wsdl:input message="tns:Good"/>"#,
    ])
    func `an exchange that the server begins is refused`(messages: String) throws {
        let reading = try Reading(
            WSDL.definitions(
                """
                <wsdl:types>\(WSDL.schema(#"<xs:element name="Good" type="xs:int"/>"#))</wsdl:types>
                <wsdl:message name="Good"><wsdl:part name="body" element="tns:Good"/></wsdl:message>
                <wsdl:portType name="P"><wsdl:operation name="Do">\(messages)</wsdl:operation></wsdl:portType>
                \(WSDL.binding(operations: ["Do"]))\(WSDL.service())
                """))
        #expect(reading.rules == ["wsdl.server-initiated", "wsdl.no-operations"])
    }

    @Test func `a derived type that cannot be carried leaves its base alone`() throws {
        let reading = try read(
            """
            <xs:element name="Bad" type="tns:Base"/><xs:complexType name="Base"><xs:sequence>
            <xs:element name="a" type="xs:int"/></xs:sequence></xs:complexType>
            <xs:complexType name="Derived"><xs:complexContent><xs:extension base="tns:Base"><xs:sequence>
            <xs:element name="b" type="tns:Missing"/></xs:sequence></xs:extension></xs:complexContent></xs:complexType>
            """)
        #expect(reading.contract.operations.map(\.name) == ["Good", "Bad"])
        #expect(reading.rules == ["xsd.undefined-type"])
        #expect(reading.findings.first?.message.contains("'Derived' is not offered") == true)
    }

    @Test(arguments: [
        ("<html/>", "wsdl.not-wsdl"), ("", "xml.truncated"), ("hello", "xml.outside_root"),
        (#"<description xmlns="http://www.w3.org/ns/wsdl"/>"#, "wsdl.version"),
        ("<definitions/>", "wsdl.not-wsdl"),
    ])
    func `what is no WSDL is an error with its place`(text: String, rule: String) {
        do {
            _ = try Reading(text)
            Issue.record("it was read")
        } catch {
            #expect(error.diagnostics.map(\.rule) == [rule])
            #expect(error.diagnostics.first?.location?.file == "dir/main.wsdl")
        }
    }
}
