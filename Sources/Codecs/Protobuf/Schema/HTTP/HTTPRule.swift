/// How a method is called over plain HTTP, as its contract says it; data only, neither checked nor compiled.
///
/// Source: google/api/http.proto.
public struct HTTPRule: Sendable, Equatable {
    /// `GET`, `PUT`, `POST`, `DELETE`, `PATCH`, or what a custom pattern names; `*` is every method.
    public var method: String
    /// `/v1/{name=shelves/*}:verb`.
    public var template: String
    /// The field that the body is: `*` for all that the path does not have, empty for none.
    public var body: String
    /// The field of the response that is the body; empty for the whole response.
    public var responseBody: String
    /// Other ways to call it; these have no further ones.
    public var additional: [HTTPRule]

    public init(
        method: String, template: String, body: String = "", responseBody: String = "", additional: [HTTPRule] = []
    ) {
        self.method = method
        self.template = template
        self.body = body
        self.responseBody = responseBody
        self.additional = additional
    }

    /// Reads a `google.api.HttpRule`; nil when it has no pattern.
    init?(_ rule: DescriptorOptions, isAdditional: Bool = false) {
        let verbs = [(2, "GET"), (3, "PUT"), (4, "POST"), (5, "DELETE"), (6, "PATCH")]
        if let custom = rule.message(8), let kind = custom.string(1), let path = custom.string(2) {
            self.init(method: kind, template: path)
        } else if let (number, verb) = verbs.first(where: { rule.string($0.0) != nil }) {
            self.init(method: verb, template: rule.string(number) ?? "")
        } else {
            return nil
        }
        body = rule.string(7) ?? ""
        responseBody = rule.string(12) ?? ""
        if !isAdditional {
            additional = rule.contents(11).compactMap { HTTPRule(DescriptorOptions($0), isAdditional: true) }
        }
    }
}

extension MethodDescriptor {
    /// The `google.api.http` option.
    public var httpRule: HTTPRule? {
        options.message(72_295_728).flatMap { HTTPRule($0) }
    }
}
