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
    }

    func request(_ message: MessageID) -> MessageFormats {
        inputs[message] ?? MessageFormats(message, protobuf: requests, json: requestJSON)
    }

    func response(_ message: MessageID) -> MessageFormats {
        outputs[message] ?? MessageFormats(message, protobuf: responses, json: responseJSON)
    }
}
