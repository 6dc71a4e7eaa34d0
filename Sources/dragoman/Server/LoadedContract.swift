internal import Canonical
internal import Configuration
internal import Engine
internal import GRPC
internal import HTTP
internal import JSONCodec
internal import ProtobufSchema
internal import REST
internal import SOAP

/// A contract, compiled for the formats of its faces and of its upstream; shared by all of its operations.
struct LoadedContract: Sendable {
    let contract: Contract
    let requests: JSONPlan
    let responses: JSONPlan
    /// Whether fields of types that only wrap an array are the array itself.
    let collapsesWrappers: Bool
    private let service: any UpstreamService

    /// - Parameter observer: Is told of answers that break the contract, where the upstream wants that.
    init(_ contract: Contract, of upstream: Configuration.Upstream, observer: (any AnswerObserver)?) {
        self.contract = contract
        if contract.operations.contains(where: { $0.annotations[ProtobufMethod.self] != nil }) {
            let service = GRPCService(contract, of: upstream)
            requests = service.plan.requestJSON
            responses = service.plan.responseJSON
            collapsesWrappers = false
            self.service = service
            return
        }
        var json = JSONOptions()
        collapsesWrappers = upstream.soap.arrays == .collapsed
        json.collapsesWrappers = collapsesWrappers
        responses = JSONPlan(contract.schema, options: json)
        json.ignoresUnknownMembers = upstream.json.unknownMembers == .ignore
        requests = JSONPlan(contract.schema, options: json)
        service = SOAPService(contract, of: upstream, observer: observer)
    }

    /// Speaks to the service for `operation`.
    func translator(for operation: Operation) throws(Diagnostic) -> any UpstreamFactory {
        try service.translator(for: operation)
    }

    /// Where and how `operation` is offered as gRPC.
    func grpcFace(of operation: Operation) throws(Diagnostic) -> (path: PathPattern, face: any FaceFactory) {
        try service.grpcFace(of: operation)
    }

    /// The addresses that the contract names and that this version can call.
    var endpoints: [Configuration.Endpoint] {
        contract.endpoints.compactMap { Configuration.Endpoint($0) }
    }

    /// Where each of `operations` is offered: where its lock says, else `/{under}/{operation}`, with the service between
    /// when there are several.
    func paths(of operations: [Operation], under: String) -> [(Operation, PathPattern)] {
        let isOne = Set(operations.map(\.service)).count == 1
        return operations.map { operation in
            if let method = operation.annotations[ProtobufMethod.self] {
                return (operation, PathPattern(under + method.path))
            }
            if let locked = operation.annotations[LockedAddress.self] {
                let segment = locked.segment.isEmpty ? "" : "/" + locked.segment
                return (operation, PathPattern("\(under)\(segment)/\(locked.address)"))
            }
            let service = isOne ? "" : "/" + RESTAddress.kebabCase(operation.service)
            return (operation, PathPattern("\(under)\(service)/\(RESTAddress.kebabCase(operation.name))"))
        }
    }

    /// The default REST addresses of all operations.
    func addresses(under: String) -> [RESTAddress] {
        paths(of: contract.operations, under: under).compactMap { operation, path in
            let binding = try? RESTBinding(
                operation, schema: contract.schema, request: requests, response: responses)
            return binding.map { RESTAddress(method: .post, path: path, binding: $0) }
        }
    }
}
