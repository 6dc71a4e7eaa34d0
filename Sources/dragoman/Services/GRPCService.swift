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
        plan = GRPCPlan(contract, options: ProtobufOptions(upstream.json))
    }

    func translator(for operation: Operation) throws(Diagnostic) -> any UpstreamFactory {
        GRPCUpstreamFactory(try GRPCMethod(operation, plan: plan))
    }

    var grpcContract: GRPCContract? { GRPCContract(contract, plan: plan) }
}

extension ProtobufOptions {
    fileprivate init(_ configured: Configuration.JSONOptions) {
        self.init()
        ignoresUnknownMembers = configured.unknownMembers == .ignore
        printsDefaults = configured.showsDefaults
        usesProtoNames = configured.names == .proto
        showsEnumsAsNumbers = configured.enums == .numbers
        showsWideIntegersAsNumbers = configured.wideIntegers == .numbers
    }
}
