public import Canonical
public import Engine
public import JSONCodec

/// One operation as sockets call it: JSON in, JSON out. Compiled at load, shared by all workers.
public final class SocketMethod: Sendable {
    public let operation: Operation
    let route: Route
    let request: JSONCoder
    let response: JSONCoder
    /// Write the details of declared faults, by their types' names.
    private let details: [String: JSONCoder]
    private let untyped: JSONCoder
    /// Of the input.
    private let fields: [Field]

    /// - Parameters:
    ///   - name: Of the route in the configuration.
    ///   - upstream: Its place in the plan.
    ///   - schema: Of the operation's contract.
    ///   - request: Reads what clients send.
    ///   - response: Writes what they get, and the details of faults by its plan.
    public init(
        _ operation: Operation, name: String, translator: any UpstreamFactory, upstream: Int, limits: RouteLimits,
        schema: Schema, request: JSONPlan, response: JSONPlan
    ) {
        self.operation = operation
        if case .message(let message) = operation.input { fields = schema[message].fields } else { fields = [] }
        route = SocketTarget.route(name, operation, translator: translator, upstream: upstream, limits: limits)
        self.request = JSONCoder(operation.input, plan: request)
        self.response = JSONCoder(operation.output, plan: response)
        var details: [String: JSONCoder] = [:]
        for fault in operation.faults { details[fault.name] = JSONCoder(fault.type, plan: response) }
        self.details = details
        untyped = JSONCoder(.any, plan: response)
    }

    /// Whether a call takes any number of messages.
    var takesStream: Bool { operation.interaction.hasRequestStream }

    /// Whether it answers with any number.
    var answersStream: Bool { operation.interaction.hasResponseStream }

    /// Whether the input has a field `name`.
    func hasField(_ name: String) -> Bool { fields.contains { $0.name == name } }

    /// Whether the field `name` of the input takes text; nil when there is no such field, or not of one value.
    func takesText(in name: String) -> Bool? {
        guard let field = fields.first(where: { $0.name == name }), !field.cardinality.isRepeated,
            case .scalar(let type) = field.type
        else { return nil }
        switch type.kind {
        case .boolean, .int, .unsigned, .float: return false
        default: return true
        }
    }

    /// `failure` as a JSON object (RFC 9457).
    func problem(_ failure: Failure, requestID: [UInt8]) -> ProblemDocument {
        ProblemDocument(
            failure: failure, status: failure.status, requestID: String(decoding: requestID, as: UTF8.self),
            details: failure.details.map { details[$0.typeName] ?? untyped })
    }
}
