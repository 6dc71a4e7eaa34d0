public import Canonical
internal import Engine
internal import HTTP
public import JSONCodec
internal import ProtobufSchema

extension RESTAddress {
    /// Where an operation of a protobuf contract is called: where its http rules say, as they stand; without any,
    /// `POST {under}/{package.Service}/{Method}`.
    ///
    /// - Parameters:
    ///   - under: The path before default addresses.
    ///   - request: The plan that reads bodies from clients; its dialect is proto3 JSON.
    ///   - options: What does not follow from the rules.
    /// - Throws: A diagnostic without a location: `http.template`, `http.field`, for what the contract's reader does not
    ///   refuse and REST cannot do.
    public static func addresses(
        of operation: Operation, under: String, schema: Schema, request: JSONPlan, response: JSONPlan,
        options: RESTBinding.Options = RESTBinding.Options()
    ) throws(Diagnostic) -> [RESTAddress] {
        guard let rule = operation.annotations[HTTPRule.self] else {
            let binding = try RESTBinding(
                operation, schema: schema, request: request, response: response, options: options)
            let path = PathPattern("\(under)/\(operation.service)/\(operation.name)")
            return [RESTAddress(method: .post, path: path, binding: binding)]
        }
        var addresses: [RESTAddress] = []
        for rule in [rule] + rule.additional {
            let compiler = try HTTPRuleCompiler(rule, operation, schema)
            let binding = try RESTBinding(
                operation, schema: schema, request: request, response: response, options: compiler.options(options))
            let methods: [HTTPMethod] =
                rule.method == "*" ? [.get, .put, .post, .patch, .delete] : [HTTPMethod(rule.method)]
            addresses += methods.map { RESTAddress(method: $0, path: compiler.path, binding: binding) }
        }
        return addresses
    }
}
