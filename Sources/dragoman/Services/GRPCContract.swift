internal import Canonical
internal import GRPC

/// A contract as gRPC offers it.
struct GRPCContract: Sendable {
    private let plan: GRPCPlan
    /// As protobuf has it: what reflection shows.
    let protobuf: Contract

    init(_ protobuf: Contract, plan: GRPCPlan) {
        self.protobuf = protobuf
        self.plan = plan
    }

    /// Throws a finding without a location where there is no such method.
    func method(of operation: Operation) throws(Diagnostic) -> GRPCMethod {
        try GRPCMethod(operation, plan: plan)
    }
}
