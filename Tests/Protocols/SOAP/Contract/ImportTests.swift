import Buffers
import Canonical
import SOAP
import Testing

/// Documents that a contract is spread over (trap 16).
@Suite struct ImportTests {
    private func schema(_ body: String, namespace: String = "urn:o") -> String {
        WSDL.schema(
            body, namespace: namespace,
            attributes: #"xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:o="urn:o" elementFormDefault="qualified""#)
    }

    private func reading(_ imports: String, type: String = "o:T", documents: [String: String]) throws -> Reading {
        try Reading(
            schema: #"\#(imports)<xs:element name="In" type="\#(type)" xmlns:o="urn:o"/>"#, documents: documents)
    }

    private let type =
        #"<xs:complexType name="T"><xs:sequence><xs:element name="a" type="xs:int"/></xs:sequence></xs:complexType>"#

    @Test(arguments: [
        ("other.xsd", "dir/other.xsd"), ("./x/../other.xsd", "dir/other.xsd"), ("../up.xsd", "up.xsd"),
        ("/abs/a.xsd", "/abs/a.xsd"), ("file:///abs/a.xsd", "/abs/a.xsd"), ("a%20b.xsd", "dir/a b.xsd"),
        ("sub\\w.xsd", "dir/sub/w.xsd"), ("other.xsd#part", "dir/other.xsd"),
    ])
    func `a location is relative to the document that names it`(location: String, path: String) throws {
        let reading = try reading(
            #"<xs:import namespace="urn:o" schemaLocation="\#(location)"/>"#, documents: [path: schema(type)])
        #expect(reading.findings.isEmpty)
        #expect(reading.input() == "T\n  a: int32 <{urn:o}a>")
    }

    @Test func `an imported document's own imports are relative to itself`() throws {
        let reading = try reading(
            #"<xs:import namespace="urn:o" schemaLocation="sub/one.xsd"/>"#,
            documents: [
                "dir/sub/one.xsd": schema(#"<xs:include schemaLocation="two.xsd"/>"#), "dir/sub/two.xsd": schema(type),
                "dir/two.xsd": schema(""),
            ])
        #expect(reading.input() == "T\n  a: int32 <{urn:o}a>")
    }

    @Test func `documents that import each other are read once`() throws {
        let reading = try reading(
            #"<xs:import namespace="urn:o" schemaLocation="one.xsd"/>"#,
            documents: [
                "dir/one.xsd": schema(
                    #"<xs:include schemaLocation="two.xsd"/><xs:import namespace="urn:t" schemaLocation="main.wsdl"/>"#),
                "dir/two.xsd": schema(
                    #"<xs:include schemaLocation="one.xsd"/><xs:include schemaLocation="two.xsd"/>"# + type),
            ])
        #expect(reading.findings.isEmpty)
        #expect(reading.input() == "T\n  a: int32 <{urn:o}a>")
    }

    @Test func `a document under the wrong namespace is read as its own`() throws {
        let reading = try reading(
            #"<xs:import namespace="urn:o" schemaLocation="one.xsd"/>"#,
            documents: ["dir/one.xsd": schema(type, namespace: "urn:real")])
        #expect(reading.rules == ["xsd.namespace-mismatch"])
        #expect(reading.findings.first?.severity == .warning)
        #expect(reading.input() == "T\n  a: int32 <{urn:real}a>")
    }

    @Test func `a missing document matters only to who needs it`() throws {
        let imports = #"<xs:import namespace="urn:o" schemaLocation="gone.xsd"/>"#
        let unneeded = try reading(imports, type: "xs:int", documents: [:])
        #expect(unneeded.rules == ["wsdl.missing-import"])
        #expect(unneeded.contract.operations.count == 1)
        let needed = try reading(imports, documents: [:])
        #expect(needed.rules == ["wsdl.missing-import", "xsd.undefined-type", "wsdl.no-operations"])
        #expect(needed.findings.contains { $0.message.contains("gone.xsd") && $0.rule == "xsd.undefined-type" })
    }

    @Test func `addresses on the network are never asked for`() throws {
        let reading = try reading(
            #"<xs:import namespace="urn:o" schemaLocation="http://example.com/o.xsd"/>"#,
            documents: ["http://example.com/o.xsd": schema(type), "dir/http://example.com/o.xsd": schema(type)])
        #expect(reading.rules.contains("wsdl.missing-import"))
        #expect(reading.contract.operations.isEmpty)
    }

    @Test func `an imported document that cannot be read is a finding in it`() throws {
        let reading = try reading(
            #"<xs:import namespace="urn:o" schemaLocation="bad.xsd"/>"#, type: "xs:int",
            documents: ["dir/bad.xsd": "<xs:schema\n  <"])
        let finding = try #require(reading.findings.first)
        #expect(finding.location?.file == "dir/bad.xsd" && finding.location?.line == 2)
        #expect(reading.contract.operations.count == 1)
    }

    @Test func `a redefinition builds on what it redefines`() throws {
        let reading = try Reading(
            schema: """
                <xs:redefine schemaLocation="base.xsd"><xs:complexType name="T"><xs:complexContent>
                <xs:extension base="tns:T"><xs:sequence><xs:element name="b" type="xs:int"/></xs:sequence></xs:extension>
                </xs:complexContent></xs:complexType></xs:redefine><xs:element name="In" type="tns:T"/>
                """, documents: ["dir/base.xsd": schema(type, namespace: "urn:t")])
        #expect(reading.input() == "T : T.redefined\n  a: int32 <{urn:t}a>\n  b: int32 <{urn:t}b>")
    }

    @Test func `a WSDL may be spread over several documents`() throws {
        let abstract = WSDL.definitions(
            """
            <wsdl:import namespace="urn:t" location="types.xsd"/><wsdl:import namespace="urn:t" location="../main.wsdl"/>
            <wsdl:message name="In"><wsdl:part name="body" element="tns:In"/></wsdl:message>
            <wsdl:portType name="P"><wsdl:operation name="Do"><wsdl:input message="tns:In"/></wsdl:operation></wsdl:portType>
            """)
        let reading = try Reading(
            WSDL.definitions(
                #"<wsdl:import namespace="urn:t" location="sub/abstract.wsdl"/>"# + WSDL.binding(operations: ["Do"])
                    + WSDL.service()),
            documents: [
                "dir/sub/abstract.wsdl": abstract,
                "dir/sub/types.xsd": schema(#"<xs:element name="In" type="xs:int"/>"#, namespace: "urn:t"),
            ])
        #expect(reading.findings.isEmpty)
        #expect(reading.input() == "int32")
    }

    @Test func `a chain of documents without end stops at the limit`() throws {
        struct Endless: DocumentLoader {
            func load(_ path: String) -> Bytes? {
                let number = Int(path.filter(\.isNumber)) ?? 0
                return Bytes(
                    """
                    <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:t">
                    <xs:include schemaLocation="n\(number + 1).xsd"/></xs:schema>
                    """)
            }
        }
        let wsdl = WSDL.document(
            types: WSDL.schema(#"<xs:include schemaLocation="n1.xsd"/><xs:element name="In" type="xs:int"/>"#),
            input: "tns:In")
        let (contract, findings) = try WSDLReader().read(Bytes(wsdl), named: "main.wsdl", loader: Endless())
        #expect(contract.operations.count == 1)
        #expect(findings.contains { $0.rule == "wsdl.too-large" })
    }
}
