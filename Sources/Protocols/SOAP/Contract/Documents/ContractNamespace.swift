/// The namespaces of the documents that describe a service.
enum ContractNamespace {
    static let wsdl = "http://schemas.xmlsoap.org/wsdl/"
    static let wsdl2 = "http://www.w3.org/ns/wsdl"
    static let soap11 = "http://schemas.xmlsoap.org/wsdl/soap/"
    static let soap12 = "http://schemas.xmlsoap.org/wsdl/soap12/"
    static let http = "http://schemas.xmlsoap.org/wsdl/http/"
    static let mime = "http://schemas.xmlsoap.org/wsdl/mime/"
    static let xsd = "http://www.w3.org/2001/XMLSchema"
    static let xml = "http://www.w3.org/XML/1998/namespace"
    static let soapEncoding11 = "http://schemas.xmlsoap.org/soap/encoding/"
    static let soapEncoding12 = "http://www.w3.org/2003/05/soap-encoding"
    /// Drafts of XML Schema; what their documents share with the recommendation is read as such.
    static let xsdDrafts = ["http://www.w3.org/1999/XMLSchema", "http://www.w3.org/2000/10/XMLSchema"]
}
