internal import Buffers
public import Canonical
public import Engine
internal import ProtobufSchema

/// What the gateway itself offers over gRPC, for the contracts that it serves: their health (grpc.health.v1) and what they
/// look like (grpc.reflection.v1 and v1alpha).
public struct GRPCServices {
    /// A method that the gateway answers: what a route is made of.
    public struct Method: Sendable {
        public let operation: Operation
        /// `/package.Service/Method`.
        public let path: String
        public let face: GRPCFactory
        public let service: any LocalServiceFactory
    }

    /// A contract with what of it is served over gRPC.
    public struct Offer: Sendable {
        /// With protobuf's annotations.
        public var contract: Contract
        /// The full names of its services that can be called.
        public var services: Set<String>

        public init(_ contract: Contract, services: Set<String>) {
            self.contract = contract
            self.services = services
        }

        /// All that `contract` has.
        public init(_ contract: Contract) {
            self.init(
                contract,
                services: Set(contract.operations.compactMap { $0.annotations[ProtobufMethod.self]?.service }))
        }
    }

    public private(set) var methods: [Method] = []

    public init(_ offers: [Offer]) {
        let health = GRPCServices.contract("grpc/health/v1/health.proto", ServiceProtos.health)
        let reflections = ["v1", "v1alpha"].map { version in
            GRPCServices.contract("grpc/reflection/\(version)/reflection.proto", ServiceProtos.reflection(version))
        }
        // Clients that read the details of a status ask for their types as well.
        let details = StatusTypes.builtIn?.contract()
        let all = offers + ([health, details] + reflections).compactMap { $0.map { Offer($0) } }
        let services = all.reduce(into: Set<String>()) { $0.formUnion($1.services) }
        add(health) { HealthFactory(method: $0, services: services) }
        let index = ReflectionIndex(all)
        for reflection in reflections { add(reflection) { ReflectionFactory(method: $0, index: index) } }
    }

    /// - Returns: nil never; a test compiles them all.
    static func contract(_ name: String, _ text: String) -> Contract? {
        struct NoFiles: DocumentLoader {
            func load(_ path: String) -> Bytes? { nil }
        }
        let compiler = ProtobufCompiler(importPaths: [], loader: NoFiles())
        return (try? compiler.compile(Bytes(text), named: name))?.0.contract()
    }

    private mutating func add(_ contract: Contract?, _ factory: (GRPCMethod) -> any LocalServiceFactory) {
        guard let contract else { return }
        let plan = GRPCPlan(contract)
        for operation in contract.operations {
            guard let method = try? GRPCMethod(operation, plan: plan, messageBytes: 64 * 1024) else { continue }
            methods.append(
                Method(
                    operation: operation, path: method.path, face: GRPCFactory(method), service: factory(method)))
        }
    }
}
