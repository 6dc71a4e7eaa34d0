import Canonical
import SOAP
import Testing
import XMLCodec

/// How bindings become operations (TRANSLATION R1 and B.2; traps 15, 17, 19).
@Suite struct OperationTests {
    private let elements = WSDL.schema(
        """
        <xs:element name="Get"><xs:complexType><xs:sequence><xs:element name="id" type="xs:int"/></xs:sequence>
        </xs:complexType></xs:element>
        <xs:element name="GetResponse"><xs:complexType><xs:sequence><xs:element name="name" type="xs:string"/></xs:sequence>
        </xs:complexType></xs:element>
        <xs:element name="Text" type="xs:string"/><xs:element name="Token" type="xs:token" nillable="true"/>
        <xs:element name="Gone"><xs:complexType><xs:sequence><xs:element name="why" type="xs:string"/></xs:sequence>
        </xs:complexType></xs:element>
        """)

    private let messages = """
        <wsdl:message name="In"><wsdl:part name="body" element="tns:Get"/></wsdl:message>
        <wsdl:message name="Out"><wsdl:part name="body" element="tns:GetResponse"/></wsdl:message>
        <wsdl:message name="Fault"><wsdl:part name="fault" element="tns:Gone"/></wsdl:message>
        <wsdl:message name="Plain"><wsdl:part name="body" element="tns:Text"/></wsdl:message>
        <wsdl:message name="Auth"><wsdl:part name="token" element="tns:Token"/></wsdl:message>
        <wsdl:message name="Nothing"/>
        """

    private func read(_ body: String) throws -> Reading {
        try Reading(WSDL.definitions("<wsdl:types>\(elements)</wsdl:types>\(messages)\(body)"))
    }

    private func portType(_ operations: String, name: String = "P") -> String {
        #"<wsdl:portType name="\#(name)">\#(operations)</wsdl:portType>"#
    }

    private let get = """
        <wsdl:operation name="Do"><wsdl:documentation>Gets  it.</wsdl:documentation><wsdl:input message="tns:In"/>
        <wsdl:output message="tns:Out"/><wsdl:fault name="gone" message="tns:Fault"/></wsdl:operation>
        """

    @Test func `the body is the content of the message's element`() throws {
        let reading = try read(portType(get) + WSDL.binding(operations: ["Do"]) + WSDL.service())
        #expect(reading.findings.isEmpty)
        let operation = try #require(reading.contract.operations.first)
        #expect(operation.service == "P" && operation.documentation == "Gets  it." && operation.effect == .mutating)
        #expect(reading.input() == "Get\n  id: int32 <{urn:t}id>")
        #expect(reading.output() == "GetResponse\n  name: string <{urn:t}name>")
        let binding = try #require(reading.binding())
        #expect(binding.versions == [.v11] && binding.action == "urn:Do")
        #expect(binding.request.element == QualifiedName("urn:t", "Get"))
        #expect(binding.response?.element == QualifiedName("urn:t", "GetResponse"))
        let fault = try #require(operation.faults.first)
        #expect(fault.name == "gone" && reading.types.name(of: fault.type) == "Gone")
        #expect(fault.annotations[SOAPFaultElement.self]?.element == QualifiedName("urn:t", "Gone"))
        #expect(reading.contract.name == "T" && reading.contract.namespace == "urn:t")
    }

    @Test func `a bare simple element is a plain value and an empty message nothing`() throws {
        let operation = """
            <wsdl:operation name="Do"><wsdl:input message="tns:Plain"/><wsdl:output message="tns:Nothing"/></wsdl:operation>
            """
        let reading = try read(portType(operation) + WSDL.binding(operations: ["Do"]) + WSDL.service())
        #expect(reading.input() == "string")
        #expect(reading.output() == "nothing")
        let response = try #require(reading.binding()?.response)
        #expect(response.element == nil)
    }

    @Test func `an operation without output is one-way`() throws {
        let operation = #"<wsdl:operation name="Do"><wsdl:input message="tns:In"/></wsdl:operation>"#
        let reading = try read(portType(operation) + WSDL.binding(operations: ["Do"]) + WSDL.service())
        #expect(reading.contract.operations.first?.interaction == .oneWay)
        #expect(reading.binding()?.response == nil)
        #expect(reading.output() == "nothing")
    }

    @Test func `rpc has one property per part inside the operation's name`() throws {
        let wsdl = WSDL.definitions(
            """
            <wsdl:types>\(elements)</wsdl:types>
            <wsdl:message name="In"><wsdl:part name="a" type="xs:int"/><wsdl:part name="b" type="xs:string"/></wsdl:message>
            <wsdl:message name="Out"><wsdl:part name="sum" type="xs:long"/></wsdl:message>
            """
                + portType(
                    """
                    <wsdl:operation name="Do"><wsdl:input message="tns:In"/><wsdl:output message="tns:Out"/></wsdl:operation>
                    """) + WSDL.binding(style: "rpc", operations: ["Do"], body: #"namespace="urn:rpc""#)
                + WSDL.service())
        let reading = try Reading(wsdl)
        #expect(reading.input() == "Do\n  a: int32 <a>\n  b: string <b>")
        #expect(reading.output() == "DoResponse\n  sum: long <sum>")
        #expect(reading.binding()?.request.element == QualifiedName("urn:rpc", "Do"))
        #expect(reading.binding()?.response?.element == QualifiedName("urn:rpc", "DoResponse"))
    }

    @Test func `rpc without a namespace takes the WSDL's`() throws {
        let reading = try read(
            portType(#"<wsdl:operation name="Do"><wsdl:input message="tns:Nothing"/></wsdl:operation>"#)
                + WSDL.binding(style: "rpc", operations: ["Do"]) + WSDL.service())
        #expect(reading.rules == ["wsdl.rpc-namespace"])
        #expect(reading.binding()?.request.element == QualifiedName("urn:t", "Do"))
        #expect(reading.input() == "Do")
    }

    @Test func `several bindings of one port type are one set of operations`() throws {
        let reading = try read(
            portType(get) + WSDL.binding("B1", operations: ["Do"])
                + WSDL.binding("B2", version: "soap12", operations: ["Do"])
                + WSDL.service([
                    ("B1", "soap", "https://one/"), ("B2", "soap12", "http://two/"), ("B2", "soap12", "https://two/"),
                ]))
        #expect(reading.contract.operations.count == 1)
        #expect(reading.binding()?.versions == [.v11, .v12])
        #expect(reading.contract.endpoints == ["https://two/", "http://two/", "https://one/"])
        let ports = try #require(reading.contract.annotations[SOAPPorts.self]?.ports)
        #expect(ports.map(\.version) == [.v11, .v12, .v12])
        #expect(ports.map(\.operations) == [["Do"], ["Do"], ["Do"]])
    }

    @Test func `a binding to something else than SOAP is noted and left out`() throws {
        let http = """
            <wsdl:binding name="H" type="tns:P"><http:binding xmlns:http="http://schemas.xmlsoap.org/wsdl/http/" verb="GET"/>
            <wsdl:operation name="Do"/></wsdl:binding>
            """
        let reading = try read(
            portType(get) + WSDL.binding(operations: ["Do"]) + http
                + WSDL.service([("H", "soap", "http://h/"), ("B", "soap", "http://b/")]))
        #expect(reading.rules == ["wsdl.other-binding"])
        #expect(reading.findings.first?.severity == .note)
        #expect(reading.contract.endpoints == ["http://b/"])
        let ports = try #require(reading.contract.annotations[SOAPPorts.self]?.ports)
        #expect(ports.map(\.binding) == [.http, .soap(.v11)])
        #expect(ports.map(\.refused) == [["Do"], []])
    }

    @Test func `operations of several port types keep the port type's name`() throws {
        let reading = try read(
            portType(get) + portType(get, name: "Q") + WSDL.binding("B", operations: ["Do"])
                + WSDL.binding("C", type: "tns:Q", operations: ["Do"])
                + WSDL.service([("B", "soap", "http://b/"), ("C", "soap", "http://c/")]))
        #expect(reading.contract.operations.map { "\($0.service).\($0.name)" } == ["P.Do", "Q.Do"])
        #expect(reading.contract.operation(named: "Q.Do")?.service == "Q")
    }

    @Test func `overloads are told apart by the names of their inputs`() throws {
        let operations = """
            <wsdl:operation name="Do"><wsdl:input name="ById" message="tns:In"/></wsdl:operation>
            <wsdl:operation name="Do"><wsdl:input name="ByText" message="tns:Plain"/></wsdl:operation>
            """
        let binding = """
            <wsdl:binding name="B" type="tns:P"><soap:binding transport="http://schemas.xmlsoap.org/soap/http"/>
            <wsdl:operation name="Do"><wsdl:input name="ByText"><soap:body use="literal"/></wsdl:input></wsdl:operation>
            <wsdl:operation name="Do"><wsdl:input name="ById"><soap:body use="literal"/></wsdl:input></wsdl:operation>
            </wsdl:binding>
            """
        let reading = try read(portType(operations) + binding + WSDL.service())
        #expect(reading.contract.operations.map(\.name) == ["Do_ByText", "Do_ById"])
        #expect(reading.input(of: "Do_ByText") == "string")
    }

    @Test func `declared headers are a field of the message`() throws {
        let binding = """
            <wsdl:binding name="B" type="tns:P"><soap:binding transport="http://schemas.xmlsoap.org/soap/http"/>
            <wsdl:operation name="Do"><wsdl:input><soap:header message="tns:Auth" part="token" use="literal"/>
            <soap:body use="literal"/></wsdl:input><wsdl:output><soap:body use="literal"/></wsdl:output></wsdl:operation>
            </wsdl:binding>
            """
        let reading = try read(portType(get) + binding + WSDL.service())
        #expect(
            reading.input() == """
                DoMessage
                  id: int32 <{urn:t}id>
                  $headers: DoHeaders? elsewhere
                """)
        #expect(
            reading.types.text(named: "DoHeaders") == "DoHeaders\n  Token: string{collapse}? nillable <{urn:t}Token>")
        #expect(reading.output() == "GetResponse\n  name: string <{urn:t}name>")
    }

    @Test func `a part that is a header is not in the body`() throws {
        let wsdl = """
            <wsdl:message name="Both"><wsdl:part name="token" element="tns:Token"/><wsdl:part name="body" element="tns:Get"/>
            </wsdl:message>
            """
            + portType(#"<wsdl:operation name="Do"><wsdl:input message="tns:Both"/></wsdl:operation>"#) + """
                <wsdl:binding name="B" type="tns:P"><soap:binding transport="http://schemas.xmlsoap.org/soap/http"/>
                <wsdl:operation name="Do"><wsdl:input><soap:header message="tns:Both" part="token" use="literal"/>
                <soap:body use="literal"/></wsdl:input></wsdl:operation></wsdl:binding>
                """ + WSDL.service()
        let reading = try read(wsdl)
        #expect(reading.binding()?.request.element == QualifiedName("urn:t", "Get"))
        #expect(reading.input() == "DoMessage\n  id: int32 <{urn:t}id>\n  $headers: DoHeaders? elsewhere")
    }

    @Test func `that the fault of a header is not read is told`() throws {
        let binding = """
            <wsdl:binding name="B" type="tns:P"><soap:binding transport="http://schemas.xmlsoap.org/soap/http"/>
            <wsdl:operation name="Do"><wsdl:input><soap:header message="tns:Auth" part="token" use="literal">
            <soap:headerfault message="tns:Auth" part="token" use="literal"/></soap:header>
            <soap:body use="literal"/></wsdl:input><wsdl:output><soap:body use="literal"/></wsdl:output></wsdl:operation>
            </wsdl:binding>
            """
        let reading = try read(portType(get) + binding + WSDL.service())
        #expect(reading.rules == ["wsdl.header-fault"])
        #expect(reading.findings.first?.severity == .note)
        #expect(reading.contract.operations.count == 1)
    }

    @Test func `several element parts stand in the body side by side`() throws {
        let wsdl = """
            <wsdl:message name="Two"><wsdl:part name="a" element="tns:Get"/><wsdl:part name="b" element="tns:Text"/>
            </wsdl:message>
            """
            + portType(#"<wsdl:operation name="Do"><wsdl:input message="tns:Two"/></wsdl:operation>"#)
            + WSDL.binding(operations: ["Do"]) + WSDL.service()
        let reading = try read(wsdl)
        let body = try #require(reading.binding()?.request)
        #expect(body.element == nil)
        #expect(reading.input() == "Do\n  Get: Get <{urn:t}Get>\n  Text: string <{urn:t}Text>")
    }

    @Test func `a description without services still serves its bindings`() throws {
        let reading = try read(portType(get) + WSDL.binding(operations: ["Do"]))
        #expect(reading.contract.operations.count == 1)
        #expect(reading.contract.endpoints.isEmpty)
    }

    @Test func `global elements and prefixes are known`() throws {
        let reading = try read(portType(get) + WSDL.binding(operations: ["Do"]) + WSDL.service())
        let globals = try #require(reading.contract.annotations[XMLGlobals.self])
        #expect(Set(globals.elements.keys.map(\.local)) == ["Get", "GetResponse", "Text", "Token", "Gone"])
        #expect(globals.elements[QualifiedName("urn:t", "Token")]?.isNillable == true)
        #expect(globals.prefixes.contains { $0.prefix == "tns" && $0.namespace == "urn:t" })
    }
}
