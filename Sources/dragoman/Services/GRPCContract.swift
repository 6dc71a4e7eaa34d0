internal import Canonical
internal import Configuration
internal import GRPC

/// A contract as gRPC offers it.
struct GRPCContract: Sendable {
    private let plan: GRPCPlan
    /// As protobuf has it: what reflection shows.
    let protobuf: Contract
    /// The .proto file that was made of it; nil where there is one already.
    let text: String?

    init(_ protobuf: Contract, plan: GRPCPlan) {
        self.protobuf = protobuf
        self.plan = plan
        text = nil
    }

    /// A contract that does not know protobuf.
    init(_ derivation: ProtobufDerivation) {
        protobuf = derivation.contract
        plan = GRPCPlan(derivation)
        text = derivation.text
    }

    /// Throws a finding without a location where there is no such method.
    func method(of operation: Operation) throws(Diagnostic) -> GRPCMethod {
        try GRPCMethod(operation, plan: plan)
    }
}

extension ProtobufDerivation.Options {
    init(_ configured: Configuration.Upstream) {
        self.init()
        package = configured.grpc.package
        nulls = configured.grpc.nulls == .message ? .message : .unset
        ignoresUnknownFields = configured.json.unknownMembers == .ignore
    }
}
