/// XML itself, XML Schema, and what travels beside it.
extension StandardSchemas {
    static let xml = """
        <xs:attribute name="lang" type="xs:language"/>
        <xs:attribute name="space"><xs:simpleType><xs:restriction base="xs:NCName">
            <xs:enumeration value="default"/><xs:enumeration value="preserve"/></xs:restriction></xs:simpleType>
        </xs:attribute>
        <xs:attribute name="base" type="xs:anyURI"/>
        <xs:attribute name="id" type="xs:ID"/>
        <xs:attributeGroup name="specialAttrs"><xs:attribute ref="xml:base"/><xs:attribute ref="xml:lang"/>
            <xs:attribute ref="xml:space"/><xs:attribute ref="xml:id"/></xs:attributeGroup>
        """

    static let instance = """
        <xs:attribute name="type" type="xs:QName"/>
        <xs:attribute name="nil" type="xs:boolean"/>
        <xs:attribute name="schemaLocation" type="xs:string"/>
        <xs:attribute name="noNamespaceSchemaLocation" type="xs:anyURI"/>
        """

    /// A schema as data, as in .NET's DataSet.
    static let schemaOfSchemas = """
        <xs:element name="schema"><xs:complexType><xs:sequence><xs:any namespace="##any" processContents="skip"
            minOccurs="0" maxOccurs="unbounded"/></xs:sequence>
            <xs:anyAttribute namespace="##any" processContents="skip"/></xs:complexType></xs:element>
        """

    static let xop = """
        <xs:element name="Include" type="t:Include"/>
        <xs:complexType name="Include"><xs:sequence><xs:any namespace="##other" processContents="lax" minOccurs="0"
            maxOccurs="unbounded"/></xs:sequence><xs:attribute name="href" type="xs:anyURI" use="required"/>
            <xs:anyAttribute namespace="##other" processContents="lax"/></xs:complexType>
        """

    static let mime = """
        <xs:attribute name="contentType"><xs:simpleType><xs:restriction base="xs:string"><xs:minLength value="3"/>
            </xs:restriction></xs:simpleType></xs:attribute>
        <xs:attribute name="expectedContentTypes" type="xs:string"/>
        <xs:complexType name="base64Binary"><xs:simpleContent><xs:extension base="xs:base64Binary">
            <xs:attribute ref="t:contentType"/></xs:extension></xs:simpleContent></xs:complexType>
        <xs:complexType name="hexBinary"><xs:simpleContent><xs:extension base="xs:hexBinary">
            <xs:attribute ref="t:contentType"/></xs:extension></xs:simpleContent></xs:complexType>
        """

    static let attachmentReference = """
        <xs:simpleType name="swaRef"><xs:restriction base="xs:anyURI"/></xs:simpleType>
        """

    static let reference = "<xs:attribute name=\"location\" type=\"xs:anyURI\"/>"

    static let contentType = """
        <xs:attribute name="mediaType" type="xs:string"/><xs:attribute name="type" type="xs:anyURI"/>
        """

    static let policy =
        open("Policy", "All", "ExactlyOne", "PolicyReference", "PolicyAttachment", "AppliesTo") + """
            <xs:attribute name="Optional" type="xs:boolean"/>
            <xs:attribute name="PolicyURIs"><xs:simpleType><xs:list itemType="xs:anyURI"/></xs:simpleType></xs:attribute>
            """

    static let serialization = """
        <xs:simpleType name="char"><xs:restriction base="xs:int"/></xs:simpleType>
        <xs:simpleType name="duration"><xs:restriction base="xs:duration"/></xs:simpleType>
        <xs:simpleType name="guid"><xs:restriction base="xs:string">
            <xs:pattern value="[\\da-fA-F]{8}-[\\da-fA-F]{4}-[\\da-fA-F]{4}-[\\da-fA-F]{4}-[\\da-fA-F]{12}"/>
            </xs:restriction></xs:simpleType>
        <xs:attribute name="FactoryType" type="xs:QName"/>
        <xs:attribute name="Id" type="xs:ID"/>
        <xs:attribute name="Ref" type="xs:IDREF"/>
        """
}
