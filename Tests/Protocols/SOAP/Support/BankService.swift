import Buffers
import Canonical
import SOAP

/// A WSDL with one operation of every kind, and the calls of its operations.
enum BankService {
    static let contract: Contract = {
        guard let (contract, _) = try? WSDLReader().read(Bytes(wsdl), named: "bank.wsdl", loader: MemoryLoader()) else {
            preconditionFailure("the bank's WSDL is right")
        }
        return contract
    }()

    static func operation(_ name: String) -> Operation {
        guard let operation = contract.operation(named: name) else { preconditionFailure("no operation \(name)") }
        return operation
    }

    private static let wsdl = """
        <wsdl:definitions name="Bank" targetNamespace="urn:bank" xmlns:wsdl="http://schemas.xmlsoap.org/wsdl/"
          xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/" xmlns:xs="http://www.w3.org/2001/XMLSchema"
          xmlns:tns="urn:bank">
        <wsdl:types><xs:schema targetNamespace="urn:bank" elementFormDefault="qualified">
          <xs:element name="Get"><xs:complexType><xs:sequence>
            <xs:element name="id" type="xs:int"/><xs:element name="note" type="xs:string" minOccurs="0"/>
          </xs:sequence></xs:complexType></xs:element>
          <xs:element name="GetResponse"><xs:complexType><xs:sequence>
            <xs:element name="owner" type="xs:string"/>
          </xs:sequence></xs:complexType></xs:element>
          <xs:element name="PayResponse"><xs:complexType/></xs:element>
          <xs:element name="Missing"><xs:complexType><xs:sequence>
            <xs:element name="id" type="xs:int"/></xs:sequence></xs:complexType></xs:element>
          <xs:element name="Session"><xs:complexType><xs:sequence>
            <xs:element name="token" type="xs:string"/></xs:sequence></xs:complexType></xs:element>
          <xs:element name="left" type="xs:int"/><xs:element name="right" type="xs:string"/>
        </xs:schema></wsdl:types>
        \(message("Get", "body", "element", "tns:Get"))\(message("GetResponse", "body", "element", "tns:GetResponse"))
        \(message("PayResponse", "body", "element", "tns:PayResponse"))
        \(message("Missing", "fault", "element", "tns:Missing"))\(message("Session", "session", "element", "tns:Session"))
        <wsdl:message name="Nothing"/>
        <wsdl:message name="Pair"><wsdl:part name="l" element="tns:left"/><wsdl:part name="r" element="tns:right"/>
        </wsdl:message>
        \(message("Add", "x", "type", "xs:int"))\(message("Sum", "sum", "type", "xs:int"))
        <wsdl:portType name="Accounts">
          \(operation("Get", input: "Get", output: "GetResponse", fault: "Missing"))
          \(operation("Pay", input: "Get", output: "PayResponse"))\(operation("Reset", input: "Nothing", output: "Nothing"))
          \(operation("Split", input: "Pair", output: "Pair"))
          <wsdl:operation name="Notify"><wsdl:input message="tns:Get"/></wsdl:operation>
        </wsdl:portType>
        <wsdl:portType name="Sums">\(operation("Add", input: "Add", output: "Sum"))</wsdl:portType>
        <wsdl:binding name="AccountsBinding" type="tns:Accounts">
          <soap:binding style="document" transport="http://schemas.xmlsoap.org/soap/http"/>
          \(bound("Get", header: #"<soap:header message="tns:Session" part="session" use="literal"/>"#, fault: "Missing"))
          \(bound("Pay", action: ""))\(bound("Reset"))\(bound("Split"))\(bound("Notify", isOneWay: true))
        </wsdl:binding>
        <wsdl:binding name="SumsBinding" type="tns:Sums">
          <soap:binding style="rpc" transport="http://schemas.xmlsoap.org/soap/http"/>
          \(bound("Add", body: #"<soap:body use="literal" namespace="urn:sums"/>"#))
        </wsdl:binding>
        <wsdl:service name="Bank">
          <wsdl:port name="A" binding="tns:AccountsBinding"><soap:address location="http://h/"/></wsdl:port>
          <wsdl:port name="S" binding="tns:SumsBinding"><soap:address location="http://h/"/></wsdl:port>
        </wsdl:service></wsdl:definitions>
        """

    private static func message(_ name: String, _ part: String, _ kind: String, _ type: String) -> String {
        #"<wsdl:message name="\#(name)"><wsdl:part name="\#(part)" \#(kind)="\#(type)"/></wsdl:message>"#
    }

    private static func operation(_ name: String, input: String, output: String, fault: String? = nil) -> String {
        let faults = fault.map { #"<wsdl:fault name="\#($0)" message="tns:\#($0)"/>"# } ?? ""
        return """
            <wsdl:operation name="\(name)"><wsdl:input message="tns:\(input)"/><wsdl:output message="tns:\(output)"/>\(faults)
            </wsdl:operation>
            """
    }

    private static func bound(
        _ name: String, action: String? = nil, body: String = #"<soap:body use="literal"/>"#, header: String = "",
        fault: String? = nil, isOneWay: Bool = false
    ) -> String {
        let faults =
            fault.map { #"<wsdl:fault name="\#($0)"><soap:fault name="\#($0)" use="literal"/></wsdl:fault>"# } ?? ""
        return """
            <wsdl:operation name="\(name)"><soap:operation soapAction="\(action ?? "urn:bank#\(name)")"/>
            <wsdl:input>\(body)\(header)</wsdl:input>\(isOneWay ? "" : "<wsdl:output>\(body)</wsdl:output>")\(faults)
            </wsdl:operation>
            """
    }
}
