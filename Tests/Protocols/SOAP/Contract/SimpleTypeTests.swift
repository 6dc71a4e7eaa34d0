import Canonical
import SOAP
import Testing

/// Simple types and their facets (TRANSLATION R7 to R11, R19; traps 4, 5, 23).
@Suite struct SimpleTypeTests {
    private func type(_ definition: String, more: String = "") throws -> String? {
        try Reading(
            schema: #"<xs:element name="In"><xs:simpleType>\#(definition)</xs:simpleType></xs:element>\#(more)"#
        )
        .input()
    }

    @Test(arguments: [
        ("string", "string"), ("normalizedString", "string{replace}"), ("token", "string{collapse}"),
        ("boolean", "boolean"), ("byte", "int8"), ("short", "int16"), ("int", "int32"), ("long", "long"),
        ("unsignedByte", "uint8"), ("unsignedInt", "uint32"), ("unsignedLong", "unsignedLong"), ("integer", "integer"),
        ("nonNegativeInteger", "integer{>= 0}"), ("positiveInteger", "integer{>= 1}"),
        ("negativeInteger", "integer{<= -1}"), ("decimal", "decimal"), ("float", "float32"), ("double", "float64"),
        ("base64Binary", "base64"), ("hexBinary", "hexadecimal"), ("anyURI", "uri"), ("QName", "qualifiedName"),
        ("dateTime", "dateTime"), ("gYearMonth", "gYearMonth"), ("duration", "duration"), ("anySimpleType", "string"),
        ("NMTOKEN", #"string{collapse, /\c+/}"#), ("NMTOKENS", #"list(string{collapse, /\c+/}){minLength 1}"#),
    ])
    func `a built-in type has its kind`(name: String, expected: String) throws {
        #expect(try Reading(schema: #"<xs:element name="In" type="xs:\#(name)"/>"#).input() == expected)
    }

    @Test func `facets add up along the derivation`() throws {
        let text = try type(
            #"<xs:restriction base="tns:B"><xs:maxLength value="5"/><xs:pattern value="[a-z]*"/><xs:pattern value="X"/></xs:restriction>"#,
            more: """
                <xs:simpleType name="B"><xs:restriction base="xs:token"><xs:minLength value="2"/><xs:maxLength value="9"/>
                <xs:pattern value=".*"/></xs:restriction></xs:simpleType>
                """)
        #expect(text == "string{collapse, minLength 2, maxLength 5, /.*/, /([a-z]*)|(X)/}")
    }

    @Test func `bounds are exact text`() throws {
        #expect(
            try type(
                """
                <xs:restriction base="xs:decimal"><xs:minExclusive value="-0.10"/>
                <xs:maxInclusive value="99999999999999999999.5"/><xs:totalDigits value="22"/><xs:fractionDigits value="2"/>
                </xs:restriction>
                """) == "decimal{> -0.10, <= 99999999999999999999.5, digits 22, fraction 2}")
    }

    @Test func `enumerations keep their literals and their documentation`() throws {
        let reading = try Reading(
            schema: """
                <xs:element name="In" type="tns:E"/><xs:simpleType name="E"><xs:restriction base="xs:string">
                <xs:enumeration value="a b "><xs:annotation><xs:documentation>First.</xs:documentation></xs:annotation>
                </xs:enumeration><xs:enumeration value=""/></xs:restriction></xs:simpleType>
                """)
        #expect(reading.input() == "tns:E=string{a b |}")
        guard case .scalar(let scalar)? = reading.contract.operations.first?.input else {
            Issue.record("not a scalar")
            return
        }
        #expect(scalar.facets.enumeration?.first?.documentation == "First.")
    }

    @Test func `an enumeration of qualified names is in full names`() throws {
        #expect(
            try type(#"<xs:restriction base="xs:QName"><xs:enumeration value="tns:a"/></xs:restriction>"#)
                == "qualifiedName{{urn:t}a}")
    }

    @Test func `lists and unions have their members`() throws {
        #expect(try type(#"<xs:list itemType="xs:int"/>"#) == "list(int32)")
        #expect(
            try type(
                """
                <xs:union memberTypes="xs:int tns:E"><xs:simpleType><xs:restriction base="xs:date"/></xs:simpleType></xs:union>
                """,
                more: """
                    <xs:simpleType name="E"><xs:restriction base="xs:string"><xs:enumeration value="none"/></xs:restriction>
                    </xs:simpleType>
                    """) == "union(int32, tns:E=string{none}, date)")
        #expect(
            try type(
                """
                <xs:restriction><xs:simpleType><xs:list itemType="xs:int"/></xs:simpleType><xs:maxLength value="3"/>
                </xs:restriction>
                """) == "list(int32){maxLength 3}")
    }

    @Test func `a pattern that cannot be compiled is not checked and said so`() throws {
        let reading = try Reading(
            schema: """
                <xs:element name="In"><xs:simpleType><xs:restriction base="xs:string"><xs:pattern value="(a"/></xs:restriction>
                </xs:simpleType></xs:element>
                """)
        #expect(reading.input() == "string")
        #expect(reading.rules == ["xsd.pattern"])
    }
}
