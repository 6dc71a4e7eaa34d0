internal import Canonical
internal import Configuration
internal import Engine
internal import JSONCodec
internal import REST

/// A service with .proto files that speaks REST, by their http rules.
struct RESTService: UpstreamService {
    /// The same contract as gRPC's faces have it.
    private let grpc: GRPCService
    private let contract: Contract
    private let requests: JSONPlan
    private let answers: JSONPlan

    /// - Parameter requests: How messages look as JSON.
    init(_ contract: Contract, requests: JSONPlan, as grpc: GRPCService) {
        self.contract = contract
        self.grpc = grpc
        self.requests = requests
        answers = JSONPlan(answersBy: contract)
    }

    func translator(for operation: Operation) throws(Diagnostic) -> any UpstreamFactory {
        RESTUpstreamFactory(
            try RESTCall(operation, schema: contract.schema, request: requests, response: answers))
    }

    var grpcContract: GRPCContract? { grpc.grpcContract }
}
