import Buffers
import Canonical
import SOAP
import XMLCodec

/// Documents by path, as a loader for tests.
struct MemoryLoader: DocumentLoader {
    var documents: [String: String] = [:]

    func load(_ path: String) -> Bytes? { documents[path].map { Bytes($0) } }
}

/// A contract read from text, with what was found.
struct Reading {
    let contract: Contract
    let findings: [Diagnostic]

    var types: SchemaText { SchemaText(contract) }
    var rules: [String] { findings.map(\.rule) }

    /// Reads a whole WSDL at `dir/main.wsdl`.
    init(_ wsdl: String, documents: [String: String] = [:]) throws(ContractError) {
        (contract, findings) = try WSDLReader().read(
            Bytes(wsdl), named: "dir/main.wsdl", loader: MemoryLoader(documents: documents))
    }

    /// Reads a WSDL with one operation `Do`, whose input is the element `tns:In` of `schema`.
    init(
        schema: String, attributes: String = #"elementFormDefault="qualified""#, documents: [String: String] = [:]
    ) throws(ContractError) {
        try self.init(
            WSDL.document(types: WSDL.schema(schema, attributes: attributes), input: "tns:In"), documents: documents)
    }

    /// The input of the operation called `name`, as text.
    func input(of name: String = "Do") -> String? { contract.operation(named: name).map { text($0.input) } }

    func output(of name: String = "Do") -> String? { contract.operation(named: name).map { text($0.output) } }

    func binding(of name: String = "Do") -> SOAPBinding? {
        contract.operation(named: name)?.annotations[SOAPBinding.self]
    }

    private func text(_ type: ValueType) -> String {
        if case .message(let id) = type { types.text(of: id) } else { types.name(of: type) }
    }
}

/// Pieces of WSDL for tests.
enum WSDL {
    static let prefixes = """
        xmlns:wsdl="http://schemas.xmlsoap.org/wsdl/" xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/"
        xmlns:soap12="http://schemas.xmlsoap.org/wsdl/soap12/" xmlns:xs="http://www.w3.org/2001/XMLSchema"
        xmlns:tns="urn:t"
        """

    static func schema(
        _ body: String, namespace: String = "urn:t", attributes: String = #"elementFormDefault="qualified""#
    ) -> String {
        #"<xs:schema targetNamespace="\#(namespace)" \#(attributes)>\#(body)</xs:schema>"#
    }

    /// A document of namespace `urn:t` with anything in it.
    static func definitions(_ body: String) -> String {
        #"<wsdl:definitions name="T" targetNamespace="urn:t" \#(prefixes)>\#(body)</wsdl:definitions>"#
    }

    /// A one-way document/literal operation `Do` with the element `input`.
    static func document(types: String, input: String) -> String {
        definitions(
            """
            <wsdl:types>\(types)</wsdl:types>
            <wsdl:message name="In"><wsdl:part name="body" element="\(input)"/></wsdl:message>
            <wsdl:portType name="P"><wsdl:operation name="Do"><wsdl:input message="tns:In"/></wsdl:operation></wsdl:portType>
            \(binding(operations: ["Do"]))\(service())
            """)
    }

    static func binding(
        _ name: String = "B", type: String = "tns:P", version: String = "soap", style: String = "document",
        use: String = "literal", operations: [String], body: String = ""
    ) -> String {
        let content = #"<\#(version):body use="\#(use)" \#(body)/>"#
        let bound = operations.map {
            """
            <wsdl:operation name="\($0)"><\(version):operation soapAction="urn:\($0)"/>
            <wsdl:input>\(content)</wsdl:input><wsdl:output>\(content)</wsdl:output></wsdl:operation>
            """
        }.joined()
        return """
            <wsdl:binding name="\(name)" type="\(type)">
            <\(version):binding style="\(style)" transport="http://schemas.xmlsoap.org/soap/http"/>\(bound)</wsdl:binding>
            """
    }

    static func service(
        _ bindings: [(binding: String, version: String, address: String)] = [("B", "soap", "http://h/")]
    )
        -> String
    {
        let ports = bindings.map {
            """
            <wsdl:port name="\($0.binding)Port" binding="tns:\($0.binding)"><\($0.version):address location="\($0.address)"/>
            </wsdl:port>
            """
        }.joined()
        return #"<wsdl:service name="S">\#(ports)</wsdl:service>"#
    }
}
