/// SOAP's own schemas (SOAP 1.1 §4 and §5, SOAP 1.2 part 1 §5 and part 2 §3).
extension StandardSchemas {
    static let envelope11 =
        openType("Header") + openType("Body") + openType("detail") + """
            <xs:element name="Envelope" type="t:Envelope"/><xs:element name="Header" type="t:Header"/>
            <xs:element name="Body" type="t:Body"/><xs:element name="Fault" type="t:Fault"/>
            <xs:complexType name="Envelope"><xs:sequence><xs:element ref="t:Header" minOccurs="0"/>
                <xs:element ref="t:Body"/></xs:sequence><xs:anyAttribute namespace="##other" processContents="lax"/>
            </xs:complexType>
            <xs:complexType name="Fault"><xs:sequence><xs:element name="faultcode" type="xs:QName"/>
                <xs:element name="faultstring" type="xs:string"/>
                <xs:element name="faultactor" type="xs:anyURI" minOccurs="0"/>
                <xs:element name="detail" type="t:detail" minOccurs="0"/></xs:sequence></xs:complexType>
            <xs:attribute name="mustUnderstand" type="xs:boolean"/>
            <xs:attribute name="actor" type="xs:anyURI"/>
            <xs:simpleType name="encodingStyle"><xs:list itemType="xs:anyURI"/></xs:simpleType>
            <xs:attribute name="encodingStyle" type="t:encodingStyle"/>
            <xs:attributeGroup name="encodingStyle"><xs:attribute ref="t:encodingStyle"/></xs:attributeGroup>
            """

    static let envelope12 =
        openType("Header") + openType("Body") + openType("detail") + """
            <xs:element name="Envelope" type="t:Envelope"/><xs:element name="Header" type="t:Header"/>
            <xs:element name="Body" type="t:Body"/><xs:element name="Fault" type="t:Fault"/>
            <xs:complexType name="Envelope"><xs:sequence><xs:element ref="t:Header" minOccurs="0"/>
                <xs:element ref="t:Body"/></xs:sequence><xs:anyAttribute namespace="##other" processContents="lax"/>
            </xs:complexType>
            <xs:complexType name="Fault"><xs:sequence><xs:element name="Code" type="t:faultcode"/>
                <xs:element name="Reason" type="t:faultreason"/>
                <xs:element name="Node" type="xs:anyURI" minOccurs="0"/>
                <xs:element name="Role" type="xs:anyURI" minOccurs="0"/>
                <xs:element name="Detail" type="t:detail" minOccurs="0"/></xs:sequence></xs:complexType>
            <xs:complexType name="faultcode"><xs:sequence><xs:element name="Value" type="xs:QName"/>
                <xs:element name="Subcode" type="t:faultcode" minOccurs="0"/></xs:sequence></xs:complexType>
            <xs:complexType name="faultreason"><xs:sequence>
                <xs:element name="Text" type="t:reasontext" maxOccurs="unbounded"/></xs:sequence></xs:complexType>
            <xs:complexType name="reasontext"><xs:simpleContent><xs:extension base="xs:string">
                <xs:attribute ref="xml:lang" use="required"/></xs:extension></xs:simpleContent></xs:complexType>
            <xs:attribute name="mustUnderstand" type="xs:boolean"/>
            <xs:attribute name="role" type="xs:anyURI"/>
            <xs:attribute name="relay" type="xs:boolean"/>
            <xs:attribute name="encodingStyle" type="xs:anyURI"/>
            """

    static let encoding11 =
        encodedTypes + """
            <xs:simpleType name="arrayCoordinate"><xs:restriction base="xs:string"/></xs:simpleType>
            <xs:attribute name="arrayType" type="xs:string"/>
            <xs:attribute name="offset" type="t:arrayCoordinate"/>
            <xs:attribute name="position" type="t:arrayCoordinate"/>
            <xs:attribute name="root" type="xs:boolean"/>
            <xs:attributeGroup name="commonAttributes"><xs:attribute name="id" type="xs:ID"/>
                <xs:attribute name="href" type="xs:anyURI"/>
                <xs:anyAttribute namespace="##other" processContents="lax"/></xs:attributeGroup>
            <xs:attributeGroup name="arrayAttributes"><xs:attribute ref="t:arrayType"/>
                <xs:attribute ref="t:offset"/></xs:attributeGroup>
            <xs:attributeGroup name="arrayMemberAttributes"><xs:attribute ref="t:position"/></xs:attributeGroup>
            <xs:simpleType name="base64"><xs:restriction base="xs:base64Binary"/></xs:simpleType>
            """

    static let encoding12 =
        encodedTypes + """
            <xs:attribute name="itemType" type="xs:QName"/>
            <xs:attribute name="arraySize" type="xs:string"/>
            <xs:attribute name="arrayType" type="xs:string"/>
            <xs:attribute name="nodeType" type="xs:NMTOKEN"/>
            <xs:attribute name="id" type="xs:ID"/>
            <xs:attribute name="ref" type="xs:IDREF"/>
            <xs:attributeGroup name="commonAttributes"><xs:attribute ref="t:id"/><xs:attribute ref="t:ref"/>
                <xs:anyAttribute namespace="##other" processContents="lax"/></xs:attributeGroup>
            <xs:attributeGroup name="arrayAttributes"><xs:attribute ref="t:itemType"/>
                <xs:attribute ref="t:arraySize"/></xs:attributeGroup>
            """

    /// Arrays, structs, and one element and type for every simple type of XSD.
    private static let encodedTypes =
        """
        <xs:element name="Array" type="t:Array"/><xs:element name="Struct" type="t:Struct"/>
        <xs:group name="Array"><xs:sequence><xs:any namespace="##any" processContents="lax" minOccurs="0"
            maxOccurs="unbounded"/></xs:sequence></xs:group>
        <xs:complexType name="Array"><xs:group ref="t:Array" minOccurs="0"/>
            <xs:attributeGroup ref="t:arrayAttributes"/><xs:attributeGroup ref="t:commonAttributes"/></xs:complexType>
        <xs:group name="Struct"><xs:sequence><xs:any namespace="##any" processContents="lax" minOccurs="0"
            maxOccurs="unbounded"/></xs:sequence></xs:group>
        <xs:complexType name="Struct"><xs:group ref="t:Struct" minOccurs="0"/>
            <xs:attributeGroup ref="t:commonAttributes"/></xs:complexType>
        """
        + [
            "duration", "dateTime", "time", "date", "gYearMonth", "gYear", "gMonthDay", "gDay", "gMonth", "boolean",
            "base64Binary", "hexBinary", "float", "double", "anyURI", "QName", "string", "normalizedString", "token",
            "language", "Name", "NMTOKEN", "NCName", "NMTOKENS", "ID", "IDREF", "IDREFS", "ENTITY", "ENTITIES",
            "decimal", "integer", "nonPositiveInteger", "negativeInteger", "long", "int", "short", "byte",
            "nonNegativeInteger", "unsignedLong", "unsignedInt", "unsignedShort", "unsignedByte", "positiveInteger",
        ].map {
            """
            <xs:element name="\($0)" type="t:\($0)"/><xs:complexType name="\($0)"><xs:simpleContent>
                <xs:extension base="xs:\($0)"><xs:attributeGroup ref="t:commonAttributes"/></xs:extension>
                </xs:simpleContent></xs:complexType>
            """
        }.joined()

    /// Apache SOAP's types, which many Java services name.
    static let apacheSOAP = """
        <xs:complexType name="mapItem"><xs:sequence><xs:element name="key" type="xs:anyType" nillable="true"/>
            <xs:element name="value" type="xs:anyType" nillable="true"/></xs:sequence></xs:complexType>
        <xs:complexType name="Map"><xs:sequence><xs:element name="item" type="t:mapItem" minOccurs="0"
            maxOccurs="unbounded"/></xs:sequence></xs:complexType>
        <xs:complexType name="Vector"><xs:sequence><xs:element name="item" type="xs:anyType" minOccurs="0"
            maxOccurs="unbounded" nillable="true"/></xs:sequence></xs:complexType>
        <xs:complexType name="Document"><xs:sequence><xs:any processContents="lax"/></xs:sequence></xs:complexType>
        <xs:complexType name="Element"><xs:sequence><xs:any processContents="lax"/></xs:sequence></xs:complexType>
        """
}
