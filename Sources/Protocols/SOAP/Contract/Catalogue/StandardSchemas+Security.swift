/// XML Signature, XML Encryption and WS-Security: what contracts put into headers and messages.
extension StandardSchemas {
    static let signature =
        open(
            "Signature", "SignedInfo", "CanonicalizationMethod", "SignatureMethod", "Reference", "Transforms",
            "Transform", "DigestMethod", "KeyInfo", "KeyValue", "RetrievalMethod", "X509Data", "PGPData", "SPKIData",
            "Object", "Manifest", "SignatureProperties", "SignatureProperty", "DSAKeyValue", "RSAKeyValue") + """
            <xs:simpleType name="CryptoBinary"><xs:restriction base="xs:base64Binary"/></xs:simpleType>
            <xs:simpleType name="DigestValueType"><xs:restriction base="xs:base64Binary"/></xs:simpleType>
            <xs:simpleType name="HMACOutputLengthType"><xs:restriction base="xs:integer"/></xs:simpleType>
            <xs:complexType name="SignatureValueType"><xs:simpleContent><xs:extension base="xs:base64Binary">
                <xs:attribute name="Id" type="xs:ID"/></xs:extension></xs:simpleContent></xs:complexType>
            <xs:complexType name="X509IssuerSerialType"><xs:sequence>
                <xs:element name="X509IssuerName" type="xs:string"/>
                <xs:element name="X509SerialNumber" type="xs:integer"/></xs:sequence></xs:complexType>
            <xs:element name="SignatureValue" type="t:SignatureValueType"/>
            <xs:element name="DigestValue" type="t:DigestValueType"/>
            <xs:element name="KeyName" type="xs:string"/><xs:element name="MgmtData" type="xs:string"/>
            """

    static let encryption =
        open(
            "CipherData", "CipherReference", "EncryptedData", "EncryptedKey", "ReferenceList", "EncryptionProperties",
            "EncryptionProperty", "AgreementMethod") + openType("EncryptedType") + openType("EncryptionMethodType")

    static let utility =
        """
        <xs:attribute name="Id" type="xs:ID"/>
        <xs:attributeGroup name="commonAtts"><xs:attribute ref="t:Id"/>
            <xs:anyAttribute namespace="##other" processContents="lax"/></xs:attributeGroup>
        <xs:complexType name="AttributedDateTime"><xs:simpleContent><xs:extension base="xs:string">
            <xs:attributeGroup ref="t:commonAtts"/></xs:extension></xs:simpleContent></xs:complexType>
        <xs:complexType name="AttributedURI"><xs:simpleContent><xs:extension base="xs:anyURI">
            <xs:attributeGroup ref="t:commonAtts"/></xs:extension></xs:simpleContent></xs:complexType>
        <xs:complexType name="TimestampType"><xs:sequence><xs:element ref="t:Created" minOccurs="0"/>
            <xs:element ref="t:Expires" minOccurs="0"/><xs:any namespace="##other" processContents="lax" minOccurs="0"
            maxOccurs="unbounded"/></xs:sequence><xs:attributeGroup ref="t:commonAtts"/></xs:complexType>
        <xs:element name="Timestamp" type="t:TimestampType"/>
        <xs:element name="Created" type="t:AttributedDateTime"/><xs:element name="Expires" type="t:AttributedDateTime"/>
        """

    static let security =
        """
        <xs:complexType name="AttributedString"><xs:simpleContent><xs:extension base="xs:string">
            <xs:attribute ref="wsu:Id"/><xs:anyAttribute namespace="##other" processContents="lax"/></xs:extension>
            </xs:simpleContent></xs:complexType>
        <xs:complexType name="PasswordString"><xs:simpleContent><xs:extension base="t:AttributedString">
            <xs:attribute name="Type" type="xs:anyURI"/></xs:extension></xs:simpleContent></xs:complexType>
        <xs:complexType name="EncodedString"><xs:simpleContent><xs:extension base="t:AttributedString">
            <xs:attribute name="EncodingType" type="xs:anyURI"/></xs:extension></xs:simpleContent></xs:complexType>
        <xs:complexType name="UsernameTokenType"><xs:sequence><xs:element name="Username" type="t:AttributedString"/>
            <xs:any namespace="##any" processContents="lax" minOccurs="0" maxOccurs="unbounded"/></xs:sequence>
            <xs:attribute ref="wsu:Id"/><xs:anyAttribute namespace="##other" processContents="lax"/></xs:complexType>
        <xs:complexType name="BinarySecurityTokenType"><xs:simpleContent><xs:extension base="t:EncodedString">
            <xs:attribute name="ValueType" type="xs:anyURI"/></xs:extension></xs:simpleContent></xs:complexType>
        <xs:complexType name="KeyIdentifierType"><xs:simpleContent><xs:extension base="t:EncodedString">
            <xs:attribute name="ValueType" type="xs:anyURI"/></xs:extension></xs:simpleContent></xs:complexType>
        <xs:complexType name="ReferenceType"><xs:attribute name="URI" type="xs:anyURI"/>
            <xs:attribute name="ValueType" type="xs:anyURI"/>
            <xs:anyAttribute namespace="##other" processContents="lax"/></xs:complexType>
        <xs:complexType name="SecurityHeaderType"><xs:sequence><xs:any processContents="lax" minOccurs="0"
            maxOccurs="unbounded"/></xs:sequence><xs:anyAttribute namespace="##other" processContents="lax"/>
            </xs:complexType>
        <xs:element name="Security" type="t:SecurityHeaderType"/>
        <xs:element name="UsernameToken" type="t:UsernameTokenType"/>
        <xs:element name="Password" type="t:PasswordString"/><xs:element name="Nonce" type="t:EncodedString"/>
        <xs:element name="BinarySecurityToken" type="t:BinarySecurityTokenType"/>
        <xs:element name="KeyIdentifier" type="t:KeyIdentifierType"/>
        <xs:element name="Reference" type="t:ReferenceType"/>
        <xs:attribute name="Usage" type="xs:string"/>
        """ + open("SecurityTokenReference", "Embedded", "TransformationParameters")

    static let security11 =
        """
        <xs:attribute name="TokenType" type="xs:anyURI"/>
        <xs:element name="Salt" type="xs:base64Binary"/><xs:element name="Iteration" type="xs:unsignedInt"/>
        """ + open("EncryptedHeader", "SignatureConfirmation")
}
