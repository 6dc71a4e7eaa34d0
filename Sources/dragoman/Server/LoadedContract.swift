internal import Canonical
internal import Configuration
internal import Engine
internal import GRPC
internal import HTTP
internal import JSONCodec
internal import Messaging
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
    /// What does not follow from the contract about operations as REST.
    let restOptions: RESTBinding.Options
    private let service: any UpstreamService
    private let names: NamedContract
    private let upstream: Configuration.Upstream

    /// - Parameter observer: Is told of answers that break the contract, where the upstream wants that.
    init(
        _ named: NamedContract, of upstream: Configuration.Upstream, observer: (any AnswerObserver & SocketObserver)?
    ) {
        names = named
        self.upstream = upstream
        contract = named.contract
        restOptions = RESTBinding.Options(upstream.json)
        if contract.operations.contains(where: { $0.annotations[ProtobufMethod.self] != nil }) {
            let service = GRPCService(contract, of: upstream)
            requests = service.plan.requestJSON
            responses = service.plan.responseJSON
            collapsesWrappers = false
            if upstream.speaksWebSocket {
                self.service = SocketService(
                    contract, of: upstream, requests: requests, answers: JSONPlan(answersBy: contract), as: service,
                    observer: observer)
            } else {
                self.service = upstream.speaksREST ? RESTService(contract, requests: requests, as: service) : service
            }
            return
        }
        var json = JSONOptions()
        collapsesWrappers = upstream.soap.arrays == .collapsed
        json.collapsesWrappers = collapsesWrappers
        json.numbers = restOptions.shape.numbers
        responses = JSONPlan(contract.schema, options: json)
        requests = responses.reading(
            from: .client, ignoringUnknownMembers: upstream.json.unknownMembers == .ignore)
        if upstream.speaksWebSocket {
            let answers = responses.reading(from: .upstream, ignoringUnknownMembers: true)
            service = SocketService(
                contract, of: upstream, requests: requests, answers: answers, observer: observer)
        } else {
            service = SOAPService(contract, of: upstream, observer: observer)
        }
    }

    /// Whether it was read from .proto files or descriptors.
    var isProtobuf: Bool { contract.annotations[ProtobufContract.self] != nil }

    /// Speaks to the service for `operation`.
    func translator(for operation: Operation) throws(Diagnostic) -> any UpstreamFactory {
        try service.translator(for: operation)
    }

    /// What is spoken in tunnels to the service, where it is not called by exchanges of HTTP.
    var tunnelled: (any TunnelledProtocol)? { service.tunnelled }

    /// The contract as gRPC offers it: its own, or one that is made of it now.
    func grpcContract() throws(ContractError) -> GRPCContract {
        if let contract = service.grpcContract { return contract }
        return try GRPCContract(
            ProtobufDerivation(
                contract, lock: names.lock, scalars: names.scalars, options: ProtobufDerivation.Options(upstream)))
    }

    /// The addresses that the contract names and that this version can call.
    var endpoints: [Configuration.Endpoint] {
        contract.endpoints.compactMap { Configuration.Endpoint($0) }
    }

    /// Where `operations` are offered as REST: by their http rules, or where their lock says, else
    /// `POST {under}/{operation}`, with the service between when there are several.
    ///
    /// - Parameter stream: The only form of streamed answers; nil leaves it to `Accept`.
    func addresses(
        of operations: [Operation], under: String, stream: StreamForm? = nil
    ) throws(Diagnostic) -> [RESTAddress] {
        let isOne = Set(operations.map(\.service)).count == 1
        var options = restOptions
        options.stream = stream
        var addresses: [RESTAddress] = []
        for operation in operations {
            if operation.annotations[ProtobufMethod.self] != nil {
                addresses += try RESTAddress.addresses(
                    of: operation, under: under, schema: contract.schema, request: requests, response: responses,
                    options: options)
                continue
            }
            let binding = try RESTBinding(
                operation, schema: contract.schema, request: requests, response: responses, options: options)
            addresses.append(RESTAddress(method: .post, path: path(of: operation, under, isOne), binding: binding))
        }
        return addresses
    }

    private func path(of operation: Operation, _ under: String, _ isOne: Bool) -> PathPattern {
        if let locked = operation.annotations[LockedAddress.self] {
            let segment = locked.segment.isEmpty ? "" : "/" + locked.segment
            return PathPattern("\(under)\(segment)/\(locked.address)")
        }
        let service = isOne ? "" : "/" + RESTAddress.kebabCase(operation.service)
        return PathPattern("\(under)\(service)/\(RESTAddress.kebabCase(operation.name))")
    }
}

extension RESTBinding.Options {
    fileprivate init(_ configured: Configuration.JSONOptions) {
        self.init()
        ignoresUnknownParameters = configured.unknownParameters == .ignore
        shape = JSONShape(configured)
    }
}

extension JSONShape {
    fileprivate init(_ configured: Configuration.JSONOptions) {
        self.init()
        numbers.wideIntegers = configured.wideIntegers == .numbers ? .number : .string
        numbers.decimals = configured.decimals == .numbers ? .number : .string
        usesProtoNames = configured.names == .proto
        showsEnumsAsNumbers = configured.enums == .numbers
    }
}
