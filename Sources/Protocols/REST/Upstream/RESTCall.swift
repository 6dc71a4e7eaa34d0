internal import Buffers
public import Canonical
internal import HTTP
public import JSONCodec
internal import ProtobufSchema

/// One operation as a REST service has it: where it is called, and how messages look there. Compiled at load.
public final class RESTCall: Sendable {
    let operation: Operation
    /// In the order in which they are tried: the first one takes all messages that its path has values for.
    let addresses: [CallAddress]
    let request: JSONCoder
    let response: JSONCoder
    /// Reads what belongs to no message.
    let untyped: JSONCoder
    /// Whether an answer may be a message that only looks like a failure.
    let hasErrorField: Bool

    /// - Parameters:
    ///   - request: The plan that writes messages to the service.
    ///   - response: The plan that reads its answers.
    /// - Throws: A diagnostic without a location when no http rule of the operation can be read backwards:
    ///   "http.template", "http.field", "rest.rule", "rest.stream".
    public init(
        _ operation: Operation, schema: Schema, request: JSONPlan, response: JSONPlan
    ) throws(Diagnostic) {
        self.operation = operation
        self.request = JSONCoder(operation.input, plan: request)
        self.response = JSONCoder(operation.output, plan: response)
        var options = JSONOptions()
        options.origin = .upstream
        untyped = JSONCoder(.any, schema: Schema.Builder().build(), options: options)
        addresses = try Self.addresses(of: operation, schema)
        if case .message(let id) = operation.output {
            hasErrorField = schema[id].fields.firstIndex(named: "error") != nil
        } else {
            hasErrorField = false
        }
    }

    private static func addresses(of operation: Operation, _ schema: Schema) throws(Diagnostic) -> [CallAddress] {
        let rule =
            operation.annotations[HTTPRule.self]
            ?? HTTPRule(method: "POST", template: "/\(operation.service)/\(operation.name)", body: "*")
        var addresses: [CallAddress] = []
        var finding: Diagnostic?
        for rule in [rule] + rule.additional {
            do throws(Diagnostic) {
                let address = try CallAddress(rule, operation, schema)
                if operation.interaction.hasRequestStream, !address.holdsStreams {
                    throw Diagnostic(
                        .error, "rest.stream",
                        "\(operation.service).\(operation.name) cannot be called by '\(rule.method) \(rule.template)': "
                            + "its requests are streams, which only a body of '*' holds, and nothing in the path")
                }
                addresses.append(address)
            } catch {
                // What one binding cannot do another may.
                finding = finding ?? error
            }
        }
        if addresses.isEmpty, let finding { throw finding }
        return addresses
    }
}
