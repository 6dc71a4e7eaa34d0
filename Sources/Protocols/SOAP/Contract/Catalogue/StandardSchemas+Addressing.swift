/// WS-Addressing: the member submission of 2004, the recommendation of 2005 and its description in WSDL.
extension StandardSchemas {
    static let addressing2004 =
        addressed("RelatesTo", base: "URI") + """
            <xs:element name="EndpointReference" type="t:EndpointReferenceType"/>
            <xs:complexType name="EndpointReferenceType"><xs:sequence>
                <xs:element name="Address" type="t:AttributedURI"/>
                <xs:element name="ReferenceProperties" type="t:ReferencePropertiesType" minOccurs="0"/>
                <xs:element name="ReferenceParameters" type="t:ReferenceParametersType" minOccurs="0"/>
                <xs:element name="PortType" type="t:AttributedQName" minOccurs="0"/>
                <xs:element name="ServiceName" type="t:ServiceNameType" minOccurs="0"/>
                <xs:any namespace="##other" processContents="lax" minOccurs="0" maxOccurs="unbounded"/></xs:sequence>
                <xs:anyAttribute namespace="##other" processContents="lax"/></xs:complexType>
            <xs:complexType name="ServiceNameType"><xs:simpleContent><xs:extension base="xs:QName">
                <xs:attribute name="PortName" type="xs:NCName"/>
                <xs:anyAttribute namespace="##other" processContents="lax"/></xs:extension></xs:simpleContent>
            </xs:complexType>
            """ + openType("ReferencePropertiesType") + openType("ReferenceParametersType")
        + attributed("URI", "anyURI")
        + attributed("QName", "QName") + properties("URI") + open("ReplyAfter")

    static let addressing2005 =
        addressed("RelatesTo", base: "URI") + """
            <xs:element name="EndpointReference" type="t:EndpointReferenceType"/>
            <xs:complexType name="EndpointReferenceType"><xs:sequence>
                <xs:element name="Address" type="t:AttributedURIType"/>
                <xs:element ref="t:ReferenceParameters" minOccurs="0"/><xs:element ref="t:Metadata" minOccurs="0"/>
                <xs:any namespace="##other" processContents="lax" minOccurs="0" maxOccurs="unbounded"/></xs:sequence>
                <xs:anyAttribute namespace="##other" processContents="lax"/></xs:complexType>
            """ + open("ReferenceParameters", "Metadata", "ProblemAction") + attributed("URI", "anyURI", suffix: "Type")
        + attributed("QName", "QName", suffix: "Type") + properties("URIType") + """
            <xs:attribute name="IsReferenceParameter" type="xs:boolean"/>
            <xs:attribute name="Action" type="xs:anyURI"/>
            <xs:element name="RetryAfter" type="xs:unsignedLong"/>
            <xs:element name="ProblemHeaderQName" type="t:AttributedQNameType"/>
            <xs:element name="ProblemIRI" type="t:AttributedURIType"/>
            """

    static let addressingWSDL =
        """
        <xs:attribute name="Action" type="xs:anyURI"/><xs:element name="Anonymous" type="xs:token"/>
        """ + open("UsingAddressing", "ServiceName", "InterfaceName")

    private static func attributed(_ name: String, _ base: String, suffix: String = "") -> String {
        """
        <xs:complexType name="Attributed\(name)\(suffix)"><xs:simpleContent><xs:extension base="xs:\(base)">
            <xs:anyAttribute namespace="##other" processContents="lax"/></xs:extension></xs:simpleContent></xs:complexType>
        """
    }

    private static func addressed(_ name: String, base: String) -> String {
        """
        <xs:element name="\(name)" type="t:\(name)Type"/>
        <xs:complexType name="\(name)Type"><xs:simpleContent><xs:extension base="xs:any\(base)">
            <xs:attribute name="RelationshipType" type="xs:string"/>
            <xs:anyAttribute namespace="##other" processContents="lax"/></xs:extension></xs:simpleContent></xs:complexType>
        """
    }

    /// The message addressing properties (WS-Addressing 1.0 core §3).
    private static func properties(_ uri: String) -> String {
        ["To", "Action", "MessageID"].map { "<xs:element name=\"\($0)\" type=\"t:Attributed\(uri)\"/>" }.joined()
            + ["From", "ReplyTo", "FaultTo"].map { "<xs:element name=\"\($0)\" type=\"t:EndpointReferenceType\"/>" }
            .joined()
    }
}
