/// A WSDL with a port type for each list of operations, each of which takes one number.
enum SmallContract {
    static func wsdl(_ portTypes: [(name: String, operations: [String])]) -> String {
        let operations = portTypes.flatMap(\.operations)
        let elements = Set(operations).sorted().map {
            #"<xs:element name="\#($0)"><xs:complexType><xs:sequence><xs:element name="x" type="xs:int"/></xs:sequence></xs:complexType></xs:element>"#
        }
        let messages = Set(operations).sorted().map {
            #"<wsdl:message name="\#($0)"><wsdl:part name="body" element="tns:\#($0)"/></wsdl:message>"#
        }
        let ports = portTypes.map { #"<wsdl:port name="\#($0.name)" binding="tns:\#($0.name)"/>"# }
        return """
            <wsdl:definitions name="T" targetNamespace="urn:t" xmlns:wsdl="http://schemas.xmlsoap.org/wsdl/"
              xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tns="urn:t">
            <wsdl:types><xs:schema targetNamespace="urn:t">\(elements.joined())</xs:schema></wsdl:types>\(messages.joined())
            \(portTypes.map(portType).joined())<wsdl:service name="S">\(ports.joined())</wsdl:service></wsdl:definitions>
            """
    }

    private static func portType(_ name: String, _ operations: [String]) -> String {
        let abstract = operations.map {
            #"<wsdl:operation name="\#($0)"><wsdl:input message="tns:\#($0)"/></wsdl:operation>"#
        }
        let bound = operations.map {
            #"<wsdl:operation name="\#($0)"><wsdl:input><soap:body use="literal"/></wsdl:input></wsdl:operation>"#
        }
        return """
            <wsdl:portType name="\(name)">\(abstract.joined())</wsdl:portType>
            <wsdl:binding name="\(name)" type="tns:\(name)">
            <soap:binding transport="http://schemas.xmlsoap.org/soap/http"/>\(bound.joined())</wsdl:binding>
            """
    }
}
