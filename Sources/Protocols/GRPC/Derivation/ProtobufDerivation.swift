internal import Buffers
public import Canonical
internal import ProtobufSchema

/// What protobuf makes of a contract that does not know it: a .proto file, and the way between its messages and the
/// contract's own (docs/grpc.md says how each construct is carried).
public struct ProtobufDerivation: Sendable {
    /// What the user may choose.
    public struct Options: Sendable, Equatable {
        /// What becomes of values that may be null.
        public enum Nulls: Sendable {
            /// They are fields that are not set.
            case unset
            /// Where null and absent are two things, a message says which.
            case message
        }

        /// nil: made of the contract's namespace.
        public var package: String?
        public var nulls = Nulls.unset
        /// Requests may have fields that the contract does not know; they are left out.
        public var ignoresUnknownFields = false

        public init() {}
    }

    /// The .proto file.
    public let text: String
    /// The contract that the file is: what reflection shows.
    public let contract: Contract
    let original: Contract
    let crossing: Crossing
    /// By message type of the original.
    private let names: [String]
    /// By `Service.Operation` of the original.
    private let methods: [String: (method: ProtobufMethod, roots: DerivedMethod)]

    /// - Parameters:
    ///   - lock: That of the contract, whose names it has already; nil gives out names and numbers in order.
    ///   - scalars: The keys of the contract's simple types (`ContractKeys`).
    /// - Throws: What is wrong with the file that was made: a defect of ours, but not one to die of.
    public init(
        _ original: Contract, lock: ContractLock? = nil, scalars: [ObjectIdentifier: String] = [:],
        options: Options = Options()
    ) throws(ContractError) {
        var builder = ProtoFileBuilder(
            ProtobufNaming(original, lock: lock, scalars: scalars), options: options)
        builder.build()
        let file = builder.file
        text = ProtoFileWriter(file).text
        let name = file.package.replacing(".", with: "/") + ".proto"
        let compiler = ProtobufCompiler(importPaths: [], loader: NoFiles())
        contract = try compiler.compile(Bytes(text), named: name).0.contract(of: [name])
        self.original = original
        crossing = Crossing(builder, to: contract)
        names = builder.naming.messages.map(\.name)
        let derived = contract.operations.compactMap { $0.annotations[ProtobufMethod.self] }
        let byPath = Dictionary(derived.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
        var methods: [String: (ProtobufMethod, DerivedMethod)] = [:]
        for (operation, method) in zip(original.operations, builder.methods) {
            guard let found = byPath["/\(file.package).\(method.service)/\(method.name)"] else { continue }
            methods["\(operation.service).\(operation.name)"] = (found, method)
        }
        self.methods = methods
    }

    /// `lock`, the lock of `contract`, with the names and numbers that protobuf has for what is in it.
    public static func complete(
        _ lock: ContractLock, of contract: Contract, scalars: [ObjectIdentifier: String]
    ) -> ContractLock {
        ProtobufNaming(contract, lock: lock, scalars: scalars).lock
    }

    func method(_ operation: Operation) -> (method: ProtobufMethod, roots: DerivedMethod)? {
        methods["\(operation.service).\(operation.name)"]
    }

    /// The full name of the message that `root` is; nil for nothing.
    func messageName(_ root: DerivedMethod.Root) -> String? {
        switch root {
        case .nothing: nil
        case .message(let id): "\(contract.namespace).\(names[id.index])"
        case .wrapped(let name, _): "\(contract.namespace).\(name)"
        }
    }

    private struct NoFiles: DocumentLoader {
        func load(_ path: String) -> Bytes? { nil }
    }
}
