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
    }
}
