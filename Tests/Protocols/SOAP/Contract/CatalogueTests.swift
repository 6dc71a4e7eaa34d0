import Buffers
import Canonical
import Testing
import XMLCodec

@testable import SOAP

/// Schemas that contracts refer to and never bring along (trap 16).
@Suite struct CatalogueTests {
    private static let names: [(prefix: String, name: String)] = [
        ("http://www.w3.org/2001/XMLSchema", "schema"),
        ("http://schemas.xmlsoap.org/soap/envelope/", "Fault"),
        ("http://www.w3.org/2003/05/soap-envelope", "Fault"),
        ("http://schemas.xmlsoap.org/soap/encoding/", "Array"),
        ("http://schemas.xmlsoap.org/soap/encoding/", "int"),
        ("http://www.w3.org/2003/05/soap-encoding", "Array"),
        ("http://schemas.xmlsoap.org/ws/2004/08/addressing", "EndpointReference"),
        ("http://www.w3.org/2005/08/addressing", "EndpointReference"),
        ("http://www.w3.org/2005/08/addressing", "RelatesTo"),
        ("http://www.w3.org/2006/05/addressing/wsdl", "UsingAddressing"),
        ("http://www.w3.org/2000/09/xmldsig#", "Signature"),
        ("http://www.w3.org/2001/04/xmlenc#", "EncryptedData"),
        ("http://www.w3.org/2004/08/xop/include", "Include"),
        ("http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd", "Timestamp"),
        ("http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd", "Security"),
        ("http://docs.oasis-open.org/wss/oasis-wss-wssecurity-secext-1.1.xsd", "SignatureConfirmation"),
        ("http://schemas.xmlsoap.org/ws/2004/09/policy", "Policy"),
        ("http://www.w3.org/ns/ws-policy", "Policy"),
    ]

    @Test(arguments: names)
    func `a standard element is known without any document`(namespace: String, name: String) throws {
        let reading = try Reading(
            schema: """
                <xs:import namespace="\(namespace)" schemaLocation="http://example.com/x.xsd"/>
                <xs:element name="In"><xs:complexType><xs:sequence><xs:element ref="std:\(name)" xmlns:std="\(namespace)"/>
                </xs:sequence></xs:complexType></xs:element>
                """)
        #expect(reading.findings.isEmpty)
        #expect(reading.contract.operations.count == 1)
    }

    @Test(arguments: [
        ("http://www.w3.org/XML/1998/namespace", "lang"), ("http://www.w3.org/2005/05/xmlmime", "contentType"),
        ("http://schemas.xmlsoap.org/soap/envelope/", "mustUnderstand"),
        ("http://schemas.xmlsoap.org/soap/encoding/", "arrayType"),
    ])
    func `a standard attribute is known without any document`(namespace: String, name: String) throws {
        let prefix = namespace.hasSuffix("1998/namespace") ? "xml" : "std"
        let declaration = prefix == "xml" ? "" : #"xmlns:std="\#(namespace)""#
        let reading = try Reading(
            schema: """
                <xs:element name="In"><xs:complexType><xs:attribute ref="\(prefix):\(name)" \(declaration)/></xs:complexType>
                </xs:element>
                """)
        #expect(reading.findings.isEmpty)
        #expect(reading.contract.operations.count == 1)
    }

    @Test func `every standard schema is well-formed and complete`() throws {
        for namespace in StandardSchemas.namespaces {
            let text = try #require(StandardSchemas.text(of: namespace))
            let root = try ContractTree.read(Bytes(text))
            let findings = Findings()
            let schemas = SchemaSet(findings: findings)
            let mapper = TypeMapper(schemas: schemas)
            let document = ContractDocument(root: root, file: namespace)
            schemas.add(document)
            for (name, component) in schemas[.element] { _ = try mapper.element(name, from: component) }
            for (name, component) in schemas[.type] { _ = try mapper.type(name, from: component) }
            mapper.finish()
            for index in 0..<mapper.builder.count {
                let defect = mapper.defect(at: MessageID(index))
                #expect(defect == nil, "\(namespace): \(defect?.message ?? "")")
            }
            #expect(findings.diagnostics.isEmpty)
        }
    }

    @Test func `an array of SOAP's encoding holds anything`() throws {
        let reading = try Reading(
            schema: """
                <xs:element name="In" type="tns:Numbers"/><xs:complexType name="Numbers"><xs:complexContent>
                <xs:restriction base="enc:Array" xmlns:enc="http://schemas.xmlsoap.org/soap/encoding/">
                <xs:attribute ref="enc:arrayType"/></xs:restriction></xs:complexContent></xs:complexType>
                """)
        #expect(try #require(reading.input()).contains("$any: any[0..*]"))
    }
}
