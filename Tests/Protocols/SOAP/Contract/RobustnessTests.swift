import Buffers
import Canonical
import SOAP
import Testing

/// Documents made to crash or to hang a reader.
@Suite struct RobustnessTests {
    private let whole = WSDL.document(
        types: WSDL.schema(
            """
            <xs:element name="In"><xs:complexType><xs:complexContent><xs:extension base="tns:B"><xs:choice maxOccurs="9">
            <xs:element name="a" type="tns:E"/><xs:any/></xs:choice><xs:attribute name="x" type="xs:int"/></xs:extension>
            </xs:complexContent></xs:complexType></xs:element><xs:complexType name="B"/>
            <xs:simpleType name="E"><xs:restriction base="xs:string"><xs:pattern value="[a-z]{2}"/></xs:restriction>
            </xs:simpleType>
            """), input: "tns:In")

    @Test func `a file that ends anywhere is an error or a contract`() {
        let bytes = Array(whole.utf8)
        for length in stride(from: 0, to: bytes.count, by: 7) {
            #expect(throws: ContractError.self) {
                try WSDLReader().read(Bytes(Array(bytes[..<length])), named: "cut.wsdl", loader: MemoryLoader())
            }
        }
    }

    @Test func `a file without one of its lines is an error or a contract`() {
        let lines = whole.split(separator: ">").map { $0 + ">" }
        for index in lines.indices {
            var rest = lines
            rest.remove(at: index)
            _ = try? Reading(rest.joined())
        }
    }

    @Test func `a file without one of its attributes is an error or a contract`() {
        let words = whole.split(separator: " ")
        for index in words.indices {
            var rest = words
            rest.remove(at: index)
            _ = try? Reading(rest.joined(separator: " "))
        }
    }

    @Test func `groups that double at every level are refused`() throws {
        let groups = (1...40).map {
            """
            <xs:group name="G\($0)"><xs:sequence><xs:group ref="tns:G\($0 - 1)"/><xs:group ref="tns:G\($0 - 1)"/></xs:sequence>
            </xs:group>
            """
        }.joined()
        let reading = try Reading(
            schema: """
                <xs:element name="In"><xs:complexType><xs:group ref="tns:G40"/></xs:complexType></xs:element>
                <xs:group name="G0"><xs:sequence><xs:any/></xs:sequence></xs:group>\(groups)
                """)
        #expect(reading.rules.contains("xsd.too-large"))
    }

    @Test func `a chain of groups deeper than any stack is refused`() throws {
        let groups = (1...5000).map {
            #"<xs:group name="G\#($0)"><xs:sequence><xs:group ref="tns:G\#($0 - 1)"/></xs:sequence></xs:group>"#
        }.joined()
        let reading = try Reading(
            schema: #"<xs:element name="In"><xs:complexType><xs:group ref="tns:G5000"/></xs:complexType></xs:element>"#
                + groups)
        #expect(reading.rules.contains("xsd.too-large"))
    }

    @Test func `a chain of derivations deeper than any stack is refused`() throws {
        let types = (1...5000).map {
            """
            <xs:complexType name="T\($0)"><xs:complexContent><xs:extension base="tns:T\($0 - 1)"/></xs:complexContent>
            </xs:complexType>
            """
        }.joined()
        let reading = try Reading(
            schema: #"<xs:element name="In" type="tns:T5000"/><xs:complexType name="T0"/>"# + types)
        #expect(reading.rules.contains("xsd.too-deep"))
        let simple = (1...5000).map {
            #"<xs:simpleType name="S\#($0)"><xs:list itemType="tns:S\#($0 - 1)"/></xs:simpleType>"#
        }.joined()
        #expect(
            try Reading(schema: #"<xs:element name="In" type="tns:S5000"/>"# + simple).rules.contains("xsd.too-deep"))
    }

    @Test func `a chain of attribute groups or substitutions ends`() throws {
        let groups = (1...5000).map {
            #"<xs:attributeGroup name="G\#($0)"><xs:attributeGroup ref="tns:G\#($0 - 1)"/></xs:attributeGroup>"#
        }.joined()
        let reading = try Reading(
            schema: """
                <xs:element name="In"><xs:complexType><xs:attributeGroup ref="tns:G5000"/></xs:complexType></xs:element>
                <xs:element name="A" substitutionGroup="tns:B"/><xs:element name="B" substitutionGroup="tns:A"/>\(groups)
                """)
        #expect(!reading.findings.isEmpty)
    }

    @Test(arguments: ["-1", "x", "99999999999999999999999", "", "1.5"])
    func `a strange number of occurrences is survived`(number: String) throws {
        let reading = try Reading(
            schema: """
                <xs:element name="In"><xs:complexType><xs:sequence minOccurs="\(number)" maxOccurs="\(number)">
                <xs:element name="a" minOccurs="\(number)" maxOccurs="\(number)"/><xs:element name="b"/></xs:sequence>
                </xs:complexType></xs:element>
                """)
        #expect(reading.contract.operations.count == 1)
    }
}
