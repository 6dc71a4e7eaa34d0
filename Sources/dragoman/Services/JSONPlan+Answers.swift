internal import Canonical
internal import JSONCodec
internal import ProtobufCodec

extension JSONPlan {
    /// Reads what services with .proto files answer as JSON.
    convenience init(answersBy contract: Contract) {
        var options = ProtobufOptions()
        options.origin = .upstream
        // A service may be newer than its contract; protobuf's own format passes over what it adds, too.
        options.ignoresUnknownMembers = true
        var json = JSONOptions()
        json.origin = .upstream
        self.init(
            contract.schema, options: json, dialect: ProtobufJSON(ProtobufPlan(contract.schema, options: options)))
    }
}
