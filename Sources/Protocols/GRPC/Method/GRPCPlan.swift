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

    /// - Parameter contract: One that was read from descriptors, or that has got protobuf's annotations since.
    public init(_ contract: Contract, options: ProtobufOptions = ProtobufOptions()) {
        var options = options
        options.origin = .client
        requests = ProtobufPlan(contract.schema, options: options)
        var json = JSONOptions()
        json.ignoresUnknownMembers = options.ignoresUnknownMembers
        requestJSON = JSONPlan(contract.schema, options: json, dialect: ProtobufJSON(requests))
        options.origin = .upstream
        responses = ProtobufPlan(contract.schema, options: options)
        json.origin = .upstream
        responseJSON = JSONPlan(contract.schema, options: json, dialect: ProtobufJSON(responses))
        statuses = StatusTypes(contract)
        var inputs: [MessageID: MessageFormats] = [:]
        var outputs: [MessageID: MessageFormats] = [:]
        for method in contract.operations.compactMap({ $0.annotations[ProtobufMethod.self] }) {
            inputs[method.input] = MessageFormats(method.input, protobuf: requests, json: requestJSON)
            outputs[method.output] = MessageFormats(method.output, protobuf: responses, json: responseJSON)
        }
        self.inputs = inputs
        self.outputs = outputs
        derivation = nil
    }

    /// For a contract without protobuf, whose operations are offered over gRPC as `derivation` has them.
    public init(_ derivation: ProtobufDerivation) {
        var options = ProtobufOptions()
        requests = ProtobufPlan(derivation.contract.schema, options: options)
        options.origin = .upstream
        // What an answer has beyond the contract has no field.
        options.ignoresUnknownMembers = true
        responses = ProtobufPlan(derivation.contract.schema, options: options)
        requestJSON = JSONPlan(derivation.original.schema)
        var json = JSONOptions()
        json.origin = .upstream
        responseJSON = JSONPlan(derivation.original.schema, options: json)
        statuses = StatusTypes(derivation.contract)
        inputs = [:]
        outputs = [:]
        self.derivation = derivation
    }

    /// What protobuf knows of `operation`; nil when that is nothing.
    func method(_ operation: Operation) -> ProtobufMethod? {
        derivation.map { $0.method(operation) } ?? operation.annotations[ProtobufMethod.self]
    }

    func request(_ method: ProtobufMethod, of operation: Operation) -> MessageFormats {
        if derivation != nil {
            return MessageFormats(method.input, protobuf: requests, of: operation.input, json: requestJSON)
        }
        return inputs[method.input] ?? MessageFormats(method.input, protobuf: requests, json: requestJSON)
    }

    func response(_ method: ProtobufMethod, of operation: Operation) -> MessageFormats {
        if derivation != nil {
            return MessageFormats(method.output, protobuf: responses, of: operation.output, json: responseJSON)
        }
        return outputs[method.output] ?? MessageFormats(method.output, protobuf: responses, json: responseJSON)
    }
}
