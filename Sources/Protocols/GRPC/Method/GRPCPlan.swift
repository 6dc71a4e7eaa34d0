public import Canonical
public import JSONCodec
public import ProtobufCodec
internal import ProtobufSchema

/// One contract as gRPC and its kin speak it: the opening of this module, which knows HTTP's parts and messages, and
/// neither sockets nor other protocols. Compiled at load, shared by the contract's operations and by all workers.
public final class GRPCPlan: Sendable {
    /// Requests: clients are to blame for what is wrong with them.
    public let requests: ProtobufPlan
    public let responses: ProtobufPlan
    /// The same messages as proto3 JSON; faces that speak JSON share these.
    public let requestJSON: JSONPlan
    public let responseJSON: JSONPlan
    let statuses: StatusTypes
    // One of each message, so that whoever makes methods of this plan, they know each other's bytes.
    private let inputs: [MessageID: MessageFormats]
    private let outputs: [MessageID: MessageFormats]
    private let derivation: ProtobufDerivation?
    private let messages: [String: MessageID]

    /// - Parameter contract: One that was read from descriptors, or that has got protobuf's annotations since.
    public convenience init(_ contract: Contract, options: ProtobufOptions = ProtobufOptions()) {
        self.init(contract, options, derivation: nil)
    }

    /// For a contract without protobuf, whose operations are offered over gRPC as `derivation` has them.
    public convenience init(_ derivation: ProtobufDerivation) {
        var options = ProtobufOptions()
        options.ignoresUnknownMembers = derivation.crossing.ignoresUnknownFields
        self.init(derivation.contract, options, derivation: derivation)
    }

    private init(_ contract: Contract, _ options: ProtobufOptions, derivation: ProtobufDerivation?) {
        var options = options
        options.origin = .client
        requests = ProtobufPlan(contract.schema, options: options)
        var json = JSONOptions()
        json.ignoresUnknownMembers = options.ignoresUnknownMembers
        requestJSON = JSONPlan(contract.schema, options: json, dialect: ProtobufJSON(requests))
        responses = requests.reading(from: .upstream)
        responseJSON = requestJSON.reading(
            from: .upstream, ignoringUnknownMembers: options.ignoresUnknownMembers, dialect: ProtobufJSON(responses))
        statuses = StatusTypes(contract)
        var inputs: [MessageID: MessageFormats] = [:]
        var outputs: [MessageID: MessageFormats] = [:]
        for method in contract.operations.compactMap({ $0.annotations[ProtobufMethod.self] }) {
            inputs[method.input] = MessageFormats(method.input, protobuf: requests, json: requestJSON)
            outputs[method.output] = MessageFormats(method.output, protobuf: responses, json: responseJSON)
        }
        self.inputs = inputs
        self.outputs = outputs
        self.derivation = derivation
        messages = contract.annotations[ProtobufContract.self]?.messages ?? [:]
    }

    /// What protobuf knows of `operation`; nil when that is nothing.
    func method(_ operation: Operation) -> ProtobufMethod? {
        derivation.map { $0.method(operation)?.method } ?? operation.annotations[ProtobufMethod.self]
    }

    func request(_ method: ProtobufMethod, of operation: Operation) -> MessageFormats {
        let formats = inputs[method.input] ?? MessageFormats(method.input, protobuf: requests, json: requestJSON)
        guard let derivation, let roots = derivation.method(operation)?.roots else { return formats }
        return MessageFormats(formats, roots.input, derivation.crossing)
    }

    func response(_ method: ProtobufMethod, of operation: Operation) -> MessageFormats {
        let formats = outputs[method.output] ?? MessageFormats(method.output, protobuf: responses, json: responseJSON)
        guard let derivation, let roots = derivation.method(operation)?.roots else { return formats }
        return MessageFormats(formats, roots.output, derivation.crossing)
    }

    /// How the details of a declared fault are written; nil where protobuf has no message for them.
    func fault(_ fault: FaultType, of operation: Operation) -> FaultFormat? {
        guard let derivation, let root = derivation.method(operation)?.roots.faults[fault.name],
            let name = derivation.messageName(root), let id = messages[name]
        else { return nil }
        return FaultFormat(
            typeName: name,
            coder: DerivedCoder(ProtobufCoder(id, plan: responses), root, derivation.crossing),
            json: JSONCoder(fault.type, schema: derivation.original.schema))
    }
}
