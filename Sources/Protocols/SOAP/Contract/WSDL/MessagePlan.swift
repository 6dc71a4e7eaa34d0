/// One direction of a bound operation: which parts go where.
struct MessagePlan {
    var body: SOAPBody
    var parts: [MessagePart]
    var headers: [MessagePart]
    /// Whether the parts are members of an object: rpc, or several parts that stand in the body side by side.
    var hasMembers: Bool
}
