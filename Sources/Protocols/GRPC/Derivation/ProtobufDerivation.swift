internal import Buffers
public import Canonical
internal import ProtobufSchema

/// What protobuf makes of a contract that does not know it: a .proto file, and the way between its messages and the
/// contract's own, which is their JSON (`ProtoFileBuilder` says how).
public struct ProtobufDerivation: Sendable {
    /// The .proto file.
    public let text: String
    /// The contract that the file is: what reflection shows.
    public let contract: Contract
    /// The lock that was given, with the number of every field.
    public let lock: ContractLock
    /// What cannot be offered over gRPC, without locations.
    public let findings: [Diagnostic]
    let original: Contract
    /// By `Service.Operation` of the original.
    private let methods: [String: ProtobufMethod]

    /// - Parameter lock: That of the contract, whose names it has already; nil numbers the fields in order.
    /// - Throws: What is wrong with the file that was made: a defect of ours, but not one to die of.
    public init(_ original: Contract, lock: ContractLock? = nil) throws(ContractError) {
        var builder = ProtoFileBuilder(original, lock: lock)
        builder.build()
        let file = builder.file
        text = ProtoFileWriter(file).text
        let name = file.package.replacing(".", with: "/") + ".proto"
        let compiler = ProtobufCompiler(importPaths: [], loader: NoFiles())
        contract = try compiler.compile(Bytes(text), named: name).0.contract(of: [name])
        self.lock = ContractLock(services: lock?.services ?? [], types: builder.types)
        findings = builder.findings
        self.original = original
        let derived = contract.operations.compactMap { $0.annotations[ProtobufMethod.self] }
        let byPath = Dictionary(derived.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
        var methods: [String: ProtobufMethod] = [:]
        for (operation, method) in zip(original.operations, builder.methods) {
            guard let method else { continue }
            methods["\(operation.service).\(operation.name)"] =
                byPath["/\(file.package).\(method.service)/\(method.name)"]
        }
        self.methods = methods
    }

    func method(_ operation: Operation) -> ProtobufMethod? {
        methods["\(operation.service).\(operation.name)"]
    }

    private struct NoFiles: DocumentLoader {
        func load(_ path: String) -> Bytes? { nil }
    }
}
