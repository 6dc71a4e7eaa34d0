/// Schemas that contracts refer to without bringing them along, so that none is ever fetched (trap 16).
///
/// Each declares what contracts refer to in the words of its own standard; what nobody refers to is a wildcard. A
/// schema is parsed only when something in it is asked for.
enum StandardSchemas {
    /// The schema of `namespace` as XSD, or nil.
    static func text(of namespace: String) -> String? {
        schemas[namespace].map { document($0.body, of: namespace, isQualified: $0.isQualified) }
    }

    static var namespaces: [String] { schemas.keys.sorted() }

    /// The namespace of the standard schema that is published at `location`, or nil.
    static func namespace(at location: String) -> String? {
        if schemas[location] != nil { return location }
        guard let name = location.split(separator: "/").last else { return nil }
        return published[String(name)]
    }

    private struct Entry: Sendable {
        var isQualified = true
        var body: String
    }

    private static let schemas: [String: Entry] = [
        ContractNamespace.xml: Entry(body: xml),
        ContractNamespace.xsd: Entry(body: schemaOfSchemas),
        "http://www.w3.org/2001/XMLSchema-instance": Entry(body: instance),
        "http://schemas.xmlsoap.org/soap/envelope/": Entry(isQualified: false, body: envelope11),
        "http://www.w3.org/2003/05/soap-envelope": Entry(body: envelope12),
        ContractNamespace.soapEncoding11: Entry(body: encoding11),
        ContractNamespace.soapEncoding12: Entry(body: encoding12),
        "http://xml.apache.org/xml-soap": Entry(isQualified: false, body: apacheSOAP),
        "http://schemas.xmlsoap.org/ws/2004/08/addressing": Entry(body: addressing2004),
        "http://www.w3.org/2005/08/addressing": Entry(body: addressing2005),
        "http://www.w3.org/2006/05/addressing/wsdl": Entry(body: addressingWSDL),
        "http://www.w3.org/2000/09/xmldsig#": Entry(body: signature),
        "http://www.w3.org/2001/04/xmlenc#": Entry(body: encryption),
        "http://www.w3.org/2004/08/xop/include": Entry(body: xop),
        "http://www.w3.org/2005/05/xmlmime": Entry(body: mime),
        "http://www.w3.org/2004/11/xmlmime": Entry(body: mime),
        "http://www.w3.org/2004/06/xmlmime": Entry(body: mime),
        "http://ws-i.org/profiles/basic/1.1/xsd": Entry(body: attachmentReference),
        "http://schemas.xmlsoap.org/ws/2002/04/reference/": Entry(body: reference),
        "http://schemas.xmlsoap.org/ws/2002/04/content-type/": Entry(body: contentType),
        "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd": Entry(body: utility),
        "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd": Entry(body: security),
        "http://docs.oasis-open.org/wss/oasis-wss-wssecurity-secext-1.1.xsd": Entry(body: security11),
        "http://schemas.xmlsoap.org/ws/2004/09/policy": Entry(body: policy),
        "http://www.w3.org/ns/ws-policy": Entry(body: policy),
        "http://schemas.microsoft.com/2003/10/Serialization/": Entry(body: serialization),
    ]

    /// File names under which a schema is published whose namespace is another.
    private static let published: [String: String] = [
        "xml.xsd": ContractNamespace.xml,
        "XMLSchema.xsd": ContractNamespace.xsd,
        "ws-addr.xsd": "http://www.w3.org/2005/08/addressing",
        "addressing.xsd": "http://schemas.xmlsoap.org/ws/2004/08/addressing",
        "ws-addr-wsdl.xsd": "http://www.w3.org/2006/05/addressing/wsdl",
        "xmldsig-core-schema.xsd": "http://www.w3.org/2000/09/xmldsig#",
        "xenc-schema.xsd": "http://www.w3.org/2001/04/xmlenc#",
        "xmlmime": "http://www.w3.org/2005/05/xmlmime",
        "swaref.xsd": "http://ws-i.org/profiles/basic/1.1/xsd",
    ]

    private static func document(_ body: String, of namespace: String, isQualified: Bool) -> String {
        // The namespace of `xml:` may have no other prefix.
        let own = namespace == ContractNamespace.xml ? "" : "xmlns:t=\"\(namespace)\""
        return """
            <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" \(own) targetNamespace="\(namespace)"
                xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:ds="http://www.w3.org/2000/09/xmldsig#"
                xmlns:wsu="http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd"
                elementFormDefault="\(isQualified ? "qualified" : "unqualified")">\(body)</xs:schema>
            """
    }

    /// A global element that may hold anything: what is not modelled.
    static func open(_ names: String...) -> String {
        names.map { "<xs:element name=\"\($0)\" type=\"t:\($0)Type\"/>\(openType($0 + "Type"))" }.joined()
    }

    static func openType(_ name: String) -> String {
        """
        <xs:complexType name="\(name)"><xs:sequence><xs:any namespace="##any" processContents="lax" minOccurs="0"
            maxOccurs="unbounded"/></xs:sequence><xs:anyAttribute namespace="##any" processContents="lax"/></xs:complexType>
        """
    }
}
