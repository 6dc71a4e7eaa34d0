internal import Canonical
internal import Configuration
internal import Engine
internal import GRPC
internal import ProtobufCodec

/// A service with .proto files.
struct GRPCService: UpstreamService {
    let plan: GRPCPlan

    init(_ contract: Contract, of upstream: Configuration.Upstream) {
        var options = ProtobufOptions()
        options.ignoresUnknownMembers = upstream.json.unknownMembers == .ignore
        plan = GRPCPlan(contract, options: options)
    }

    func translator(for operation: Operation) throws(Diagnostic) -> any UpstreamFactory {
        GRPCUpstreamFactory(try GRPCMethod(operation, plan: plan))
    }

    func grpcFace(of operation: Operation) throws(Diagnostic) -> (path: PathPattern, face: any FaceFactory) {
        let method = try GRPCMethod(operation, plan: plan)
        return (PathPattern(method.path), GRPCFactory(method))
    }
}
