public import Buffers
public import Canonical
internal import XMLCodec

/// Reads WSDL 1.1 with XML Schema 1.0 into a contract.
///
/// What cannot be carried faithfully refuses the operations that need it, each with a finding that names file, line and
/// rule; what breaks the specifications without changing a message is forgiven with a finding. The contract is annotated
/// with `SOAPPorts` and `XMLGlobals`, its operations with `SOAPBinding`, its faults with `SOAPFaultElement`, its types
/// with `XMLTypeName` and its fields with `XMLNode`. Standard schemas are built in; nothing is ever fetched.
public struct WSDLReader: ContractReader {
    public init() {}

    public var fileExtensions: [String] { ["wsdl"] }

    /// Reads the WSDL in `source`; imported documents are asked from `loader` by paths relative to `file`.
    ///
    /// - Throws: `ContractError` when it is not a WSDL at all or goes past the limits of size.
    public func read(
        _ source: Bytes, named file: String, loader: any DocumentLoader
    ) throws(ContractError) -> (Contract, [Diagnostic]) {
        let findings = Findings()
        let documents = DocumentSet(loader: loader, findings: findings)
        let root: ContractElement
        do {
            root = try documents.root(of: source, named: file)
            try check(root, of: file)
        } catch {
            throw ContractError([error])
        }
        let schemas = SchemaSet(findings: findings)
        let schemaLoader = SchemaLoader(schemas: schemas, documents: documents)
        let definitions = Definitions(
            ContractDocument(root: root, file: file), documents: documents, schemas: schemaLoader, findings: findings)
        schemaLoader.finish()
        let assembly = ContractAssembly(definitions: definitions, mapper: TypeMapper(schemas: schemas))
        let contract = assembly.contract()
        return (contract, findings.diagnostics)
    }

    public func keys(of contract: Contract) -> ContractKeys? {
        var keys = WSDLKeys(contract)
        return keys.read()
    }

    private func check(_ root: ContractElement, of file: String) throws(Diagnostic) {
        guard !root.isNamed(ContractNamespace.wsdl, "definitions") else { return }
        let what =
            root.namespace == ContractNamespace.wsdl2
            ? "This is WSDL 2.0; only WSDL 1.1 is read." : "This is no WSDL: its root is '\(root.name)'."
        throw Diagnostic(
            .error, root.namespace == ContractNamespace.wsdl2 ? "wsdl.version" : "wsdl.not-wsdl", what,
            at: ContractDocument(root: root, file: file).location(of: root))
    }
}
