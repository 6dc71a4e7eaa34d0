internal import Canonical
internal import Configuration
internal import Engine
internal import GRPC
internal import ProtobufCodec

/// A service with .proto files.
struct GRPCService: UpstreamService {
    let plan: GRPCPlan
    private let contract: Contract

    init(_ contract: Contract, of upstream: Configuration.Upstream) {
        self.contract = contract
        var options = ProtobufOptions()
        options.ignoresUnknownMembers = upstream.json.unknownMembers == .ignore
        plan = GRPCPlan(contract, options: options)
    }

    func translator(for operation: Operation) throws(Diagnostic) -> any UpstreamFactory {
        GRPCUpstreamFactory(try GRPCMethod(operation, plan: plan))
    }

    var grpcContract: GRPCContract? { GRPCContract(contract, plan: plan) }
}
