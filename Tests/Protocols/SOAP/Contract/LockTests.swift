import Buffers
import Canonical
import SOAP
import Testing

/// Names that a lock keeps while the contract changes (TRANSLATION R2, B.2).
@Suite struct LockTests {
    /// A contract as it is served with the lock of an earlier one.
    private struct Locked {
        let contract: Contract
        let lock: ContractLock

        init(_ wsdl: String, after earlier: Locked? = nil) throws {
            let reading = try Reading(wsdl)
            let keys = try #require(WSDLReader().keys(of: reading.contract))
            let isOne = Set(reading.contract.operations.map(\.service)).count == 1
            let locker = ContractLocker(
                reading.contract, keys: keys, lock: earlier?.lock,
                addresses: .init(operation: { $0.lowercased() }, service: { isOne ? "" : $0.lowercased() }))
            (contract, lock) = (locker.contract, locker.lock)
        }

        /// A contract whose one operation takes the element `In` of `schema`.
        init(schema: String, after earlier: Locked? = nil) throws {
            let other = WSDL.schema(
                #"<xs:element name="Id" type="xs:int"/><xs:element name="New" type="xs:int"/>"#, namespace: "urn:o")
            let third = WSDL.schema(#"<xs:element name="Id" type="xs:int"/>"#, namespace: "urn:third")
            let own = WSDL.schema(
                schema, attributes: #"elementFormDefault="qualified" xmlns:o="urn:o" xmlns:third="urn:third""#)
            try self.init(WSDL.document(types: own + other + third, input: "tns:In"), after: earlier)
        }

        func fields(of type: String) -> [String] {
            contract.schema.messages.first { $0.name == type }?.fields.map(\.name) ?? []
        }

        var types: [String] { contract.schema.messages.map(\.name) }

        var operations: [String] {
            contract.operations.map { operation in
                let address = operation.annotations[LockedAddress.self]
                return "\(operation.service).\(operation.name) /\(address?.segment ?? "?")/\(address?.address ?? "?")"
            }
        }
    }

    private func element(_ particles: String) -> String {
        #"<xs:element name="In"><xs:complexType><xs:sequence>\#(particles)</xs:sequence></xs:complexType></xs:element>"#
    }

    private let own = #"<xs:element name="Id" type="xs:int"/>"#
    private let foreign = #"<xs:element ref="o:Id"/>"#
    private let third = #"<xs:element ref="third:Id"/>"#

    // MARK: Fields

    @Test func `without a lock names are as they are derived, and locked`() throws {
        let first = try Locked(schema: element(own + foreign))
        #expect(first.fields(of: "In") == ["Id", "o:Id"])
        #expect(first.lock.types.map(\.key) == ["/{urn:t}In"])
        #expect(first.lock.types.first?.fields.map(\.key) == ["{urn:t}Id", "{urn:o}Id"])
        #expect(try Locked(schema: element(own + foreign), after: first).lock == first.lock)
    }

    @Test func `an element inserted before those of its name takes none of their names`() throws {
        let first = try Locked(schema: element(own + foreign))
        let second = try Locked(schema: element(third + own + foreign), after: first)
        #expect(second.fields(of: "In") == ["third:Id", "Id", "o:Id"])
        #expect(second.lock.types.first?.fields.map(\.name) == ["Id", "o:Id", "third:Id"])
        let fresh = try Locked(schema: element(third + own + foreign))
        #expect(fresh.fields(of: "In") == ["Id", "tns:Id", "o:Id"])
    }

    @Test func `an element that was alone with its name keeps it`() throws {
        let first = try Locked(schema: element(foreign))
        #expect(first.fields(of: "In") == ["Id"])
        #expect(try Locked(schema: element(own + foreign), after: first).fields(of: "In") == ["tns:Id", "Id"])
    }

    @Test func `what is gone is reserved, and has its name when it comes back`() throws {
        let first = try Locked(schema: element(own + foreign))
        let second = try Locked(schema: element(foreign), after: first)
        #expect(second.fields(of: "In") == ["o:Id"])
        #expect(second.lock.types.first?.fields.map(\.isReserved) == [true, false])
        let third = try Locked(schema: element(self.third + foreign), after: second)
        #expect(third.fields(of: "In") == ["third:Id", "o:Id"])
        let again = try Locked(schema: element(own + self.third + foreign), after: third)
        #expect(again.fields(of: "In") == ["Id", "third:Id", "o:Id"])
        #expect(again.lock.types.first?.fields.map(\.isReserved) == [false, false, false])
    }

    @Test func `numbers stay with their fields`() throws {
        var first = try Locked(schema: element(own + foreign))
        var lock = first.lock
        lock.types[0].fields[1].number = 7
        first = try Locked(schema: element(own + foreign), after: first)
        let keys = try #require(WSDLReader().keys(of: first.contract))
        let locker = ContractLocker(
            first.contract, keys: keys, lock: lock, addresses: .init(operation: { $0 }, service: { _ in "" }))
        #expect(locker.lock.types[0].fields.map(\.number) == [nil, 7])
    }

    @Test func `attributes and groups are locked like elements`() throws {
        let group = #"""
            <xs:choice maxOccurs="unbounded"><xs:element name="a" type="xs:int"/><xs:element name="b" type="xs:int"/></xs:choice>
            """#
        let more = #"""
            <xs:choice maxOccurs="unbounded"><xs:element name="x" type="xs:int"/><xs:element name="y" type="xs:int"/></xs:choice>
            """#
        let first = try Locked(schema: element(group))
        #expect(first.fields(of: "In") == ["$items"])
        let second = try Locked(schema: element(more + group), after: first)
        #expect(second.fields(of: "In") == ["$items2", "$items"])
    }

    @Test func `what is inherited is called the same in the derived type`() throws {
        func schema(_ base: String) -> String {
            element(#"<xs:element name="b" type="tns:Base"/>"#) + """
                <xs:complexType name="Base"><xs:sequence>\(base)</xs:sequence></xs:complexType>
                <xs:complexType name="Derived"><xs:complexContent><xs:extension base="tns:Base"><xs:sequence>
                <xs:element name="more" type="xs:int"/></xs:sequence></xs:extension></xs:complexContent></xs:complexType>
                """
        }
        let first = try Locked(schema: schema(own))
        let second = try Locked(schema: schema(foreign + own), after: first)
        #expect(second.fields(of: "Base") == ["o:Id", "Id"])
        #expect(second.fields(of: "Derived") == ["o:Id", "Id", "more"])
    }

    // MARK: Types

    @Test func `a type keeps its name when another of that name comes before it`() throws {
        func schema(_ first: String) -> String {
            element(first + #"<xs:element name="t" type="tns:T"/>"#)
                + #"<xs:complexType name="T"><xs:sequence><xs:element name="x" type="xs:int"/></xs:sequence></xs:complexType>"#
        }
        let inner = #"""
            <xs:element name="In"><xs:complexType><xs:sequence><xs:element name="y" type="xs:int"/></xs:sequence></xs:complexType></xs:element>
            """#
        let first = try Locked(schema: schema(""))
        #expect(first.types.sorted() == ["In", "T"])
        let second = try Locked(schema: schema(inner), after: first)
        #expect(second.types.sorted() == ["In", "In.In", "T"])
        #expect(Set(second.lock.types.map(\.key)) == ["/{urn:t}In", "{urn:t}T", "/{urn:t}In/{urn:t}In"])
    }

    @Test func `a contract that takes a new namespace keeps all its names`() throws {
        let wsdl = Self.service(["Get", "Put"])
        let first = try Locked(wsdl)
        let second = try Locked(wsdl.replacing("urn:t", with: "urn:t:v2"), after: first)
        #expect(second.operations == first.operations && second.types == first.types)
        #expect(second.lock.types.allSatisfy { !$0.isReserved && $0.key.contains("urn:t:v2") })
        #expect(second.lock.services.map(\.key) == ["{urn:t:v2}P"])
    }

    // MARK: Operations

    /// A service with operations, each `name` or `name(input)`.
    private static func service(_ operations: [String], portType: String = "P", more: String = "") -> String {
        let parts = operations.map { text in text.split(whereSeparator: { $0 == "(" || $0 == ")" }).map(String.init) }
        let inputs = Set(parts.map { $0.last ?? "" }).sorted()
        let elements = inputs.map {
            #"<xs:element name="\#($0)"><xs:complexType><xs:sequence><xs:element name="x" type="xs:int"/></xs:sequence></xs:complexType></xs:element>"#
        }
        let messages = inputs.map {
            #"<wsdl:message name="\#($0)"><wsdl:part name="body" element="tns:\#($0)"/></wsdl:message>"#
        }
        func operation(_ part: [String], _ input: String) -> String {
            #"<wsdl:operation name="\#(part[0])"><wsdl:input name="\#(part.last ?? "")" \#(input)</wsdl:operation>"#
        }
        let abstract = parts.map { operation($0, #"message="tns:\#($0.last ?? "")"/>"#) }.joined()
        let bound = parts.map {
            operation($0, #"><soap:body use="literal"/></wsdl:input>"#)
        }.joined()
        return WSDL.definitions(
            """
            <wsdl:types>\(WSDL.schema(elements.joined()))</wsdl:types>\(messages.joined())
            <wsdl:portType name="\(portType)">\(abstract)</wsdl:portType>
            <wsdl:binding name="B" type="tns:\(portType)">
            <soap:binding style="document" transport="http://schemas.xmlsoap.org/soap/http"/>\(bound)</wsdl:binding>
            \(more)<wsdl:service name="S"><wsdl:port name="P" binding="tns:B"><soap:address location="http://h/"/></wsdl:port>
            \(more.isEmpty ? "" : #"<wsdl:port name="Q" binding="tns:C"><soap:address location="http://h/"/></wsdl:port>"#)
            </wsdl:service>
            """)
    }

    @Test func `an operation that becomes overloaded keeps its name and address`() throws {
        let first = try Locked(Self.service(["Get(In)"]))
        #expect(first.operations == ["P.Get //get"])
        let second = try Locked(Self.service(["Get(More)", "Get(In)"]), after: first)
        #expect(second.operations == ["P.Get_More //get_more", "P.Get //get"])
    }

    @Test func `an operation keeps its address when its input is called otherwise`() throws {
        let first = try Locked(Self.service(["Get(In)", "Put(A)", "Put(B)"]))
        let second = try Locked(Self.service(["Get(In2)", "Put(A)", "Put(B)"]), after: first)
        #expect(second.operations == first.operations)
        #expect(second.lock.services.first?.operations.map(\.key) == ["Get(In2)", "Put(A)", "Put(B)"])
    }

    @Test func `the address of an operation that is gone is not given away`() throws {
        let first = try Locked(Self.service(["Get", "Put"]))
        let second = try Locked(Self.service(["Put"]), after: first)
        #expect(second.lock.services.first?.operations.map(\.isReserved) == [true, false])
        let third = try Locked(Self.service(["GET", "Put"]), after: second)
        #expect(third.operations == ["P.GET //get2", "P.Put //put"])
    }

    @Test func `addresses stay when a second service joins the first`() throws {
        let first = try Locked(Self.service(["Get"]))
        let more = """
            <wsdl:portType name="Q"><wsdl:operation name="Get"><wsdl:input message="tns:Get"/></wsdl:operation></wsdl:portType>
            \(WSDL.binding("C", type: "tns:Q", operations: ["Get"]))
            """
        let second = try Locked(Self.service(["Get"], more: more), after: first)
        #expect(second.operations == ["P.Get //get", "Q.Get /q/get"])
        let third = try Locked(Self.service(["Get"]), after: second)
        #expect(third.operations == ["P.Get //get"])
        #expect(third.lock.services.map(\.isReserved) == [false, true])
    }

    @Test func `a port type that is renamed is the same service`() throws {
        let first = try Locked(Self.service(["Get", "Put"]))
        let second = try Locked(Self.service(["Put", "Get"], portType: "Renamed"), after: first)
        #expect(second.operations == ["P.Put //put", "P.Get //get"])
    }

    @Test func `a contract of another kind has nothing to lock`() {
        let contract = Contract(
            name: "C", namespace: "", schema: Schema.Builder().build(),
            operations: [Operation(name: "A", service: "S", input: .nothing, output: .nothing)])
        #expect(WSDLReader().keys(of: contract) == nil)
    }
}
