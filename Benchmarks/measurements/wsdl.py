"""A WSDL of any size, with operations as those of large services: nested types, enumerations, facets."""

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<wsdl:definitions name="Large" targetNamespace="http://example.com/large/v1"
    xmlns:wsdl="http://schemas.xmlsoap.org/wsdl/" xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/"
    xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:t="http://example.com/large/v1">
<wsdl:types>
<xs:schema targetNamespace="http://example.com/large/v1" elementFormDefault="qualified">
"""
TYPES = """<xs:simpleType name="State{n}">
  <xs:restriction base="xs:token">
    <xs:enumeration value="open"/><xs:enumeration value="paid"/><xs:enumeration value="closed"/>
  </xs:restriction>
</xs:simpleType>
<xs:complexType name="Record{n}">
  <xs:annotation><xs:documentation>What is known of record {n}.</xs:documentation></xs:annotation>
  <xs:sequence>
    <xs:element name="Number" type="xs:long"/>
    <xs:element name="Owner" type="xs:string" minOccurs="0"/>
    <xs:element name="State" type="t:State{n}"/>
    <xs:element name="Amount" type="xs:decimal"/>
    <xs:element name="Changed" type="xs:dateTime" nillable="true"/>
    <xs:element name="Label" type="xs:string" minOccurs="0" maxOccurs="unbounded"/>
    <xs:element name="Former" type="t:Record{former}" minOccurs="0"/>
  </xs:sequence>
  <xs:attribute name="version" type="xs:int" use="required"/>
</xs:complexType>
<xs:element name="Find{n}"><xs:complexType><xs:sequence>
  <xs:element name="Number" type="xs:long"/><xs:element name="State" type="t:State{n}" minOccurs="0"/>
</xs:sequence></xs:complexType></xs:element>
<xs:element name="Find{n}Response"><xs:complexType><xs:sequence>
  <xs:element name="Record" type="t:Record{n}" minOccurs="0" maxOccurs="unbounded"/>
</xs:sequence></xs:complexType></xs:element>
"""
MESSAGES = """<wsdl:message name="Find{n}"><wsdl:part name="parameters" element="t:Find{n}"/></wsdl:message>
<wsdl:message name="Find{n}Response"><wsdl:part name="parameters" element="t:Find{n}Response"/></wsdl:message>
"""
OPERATION = """<wsdl:operation name="Find{n}">
  <wsdl:documentation>Finds records of kind {n}.</wsdl:documentation>
  <wsdl:input message="t:Find{n}"/><wsdl:output message="t:Find{n}Response"/>
</wsdl:operation>
"""
BINDING = """<wsdl:operation name="Find{n}"><soap:operation soapAction="urn:find{n}"/>
  <wsdl:input><soap:body use="literal"/></wsdl:input><wsdl:output><soap:body use="literal"/></wsdl:output>
</wsdl:operation>
"""
TRANSPORT = '<soap:binding style="document" transport="http://schemas.xmlsoap.org/soap/http"/>'


def generated(size):
    """One of about so many bytes."""
    one = sum(len(part) for part in (TYPES, MESSAGES, OPERATION, BINDING))
    numbers = range(size // one)

    def all_of(part):
        return "".join(part.format(n=number, former=max(number - 1, 0)) for number in numbers)

    return (f"{HEAD}{all_of(TYPES)}</xs:schema></wsdl:types>\n{all_of(MESSAGES)}"
            f'<wsdl:portType name="Large">{all_of(OPERATION)}</wsdl:portType>\n'
            f'<wsdl:binding name="Large" type="t:Large">{TRANSPORT}{all_of(BINDING)}</wsdl:binding>\n'
            '<wsdl:service name="Large"><wsdl:port name="Large" binding="t:Large">'
            '<soap:address location="http://127.0.0.1:9/"/></wsdl:port></wsdl:service></wsdl:definitions>\n')
