public import Canonical
public import JSONCodec

/// How one operation is called over REST at one address; compiled at load, shared by all workers.
public final class RESTBinding: Sendable {
    public let operation: Operation
    public let mappings: [FieldMapping]
    /// Query parameters that no mapping names are members of the message: for methods that have no body.
    public let bindsQuery: Bool
    /// The status of a success; nil derives it: 200, 204 without a message, 202 for a one-way operation.
    public let status: Int?
    /// The only form that an answer of many messages has; nil leaves it to the client's `Accept`.
    public let stream: StreamForm?
    /// Statuses of declared faults by their name.
    public let faults: [String: Int]
    /// Whether fields of types that only wrap an array are the array itself.
    let collapsesWrappers: Bool
    /// Whether requests may have members that the contract does not name.
    let ignoresUnknownMembers: Bool
    /// Whether they may have query parameters that the operation does not.
    let ignoresUnknownParameters: Bool
    /// Which forms its JSON has, for whoever describes it.
    let shape: JSONShape
    let request: JSONCoder
    let response: JSONCoder
    let details: [String: JSONCoder]
    /// For details that no contract declares.
    let untyped: JSONCoder
    /// The members of the input that a query parameter may name, where no http rule says it.
    let queryFields: [String: FieldMapping.Target]
    /// What an http rule says, where the address is from one.
    let rule: RuleBinding?
    /// The field of the output whose value is the whole answer.
    let unwrapped: Int?
    /// Where messages have the bodies of requests and answers as they are, which then are no JSON.
    let rawRequest: RawBody?
    let rawResponse: RawBody?

    /// What the user chose for a hand-shaped address.
    public struct Options: Sendable {
        public var mappings: [FieldMapping] = []
        public var bindsQuery = false
        public var status: Int?
        /// The form of a streamed answer; nil is by `Accept`.
        public var stream: StreamForm?
        public var faults: [String: Int] = [:]
        /// The field of the output that is the answer.
        public var unwrap: String?
        /// Whether query parameters that the operation does not have are passed over instead of refused.
        public var ignoresUnknownParameters = false
        /// Which forms the JSON of the plans has, for whoever describes it.
        public var shape = JSONShape()
        var rule: RuleBinding?

        public init() {}
    }

    /// - Parameters:
    ///   - request: The plan that reads bodies from clients.
    ///   - response: The plan that writes answers.
    /// - Throws: A diagnostic without a location when `unwrap` names no field.
    public init(
        _ operation: Operation, schema: Schema, request: JSONPlan, response: JSONPlan, options: Options = Options()
    ) throws(Diagnostic) {
        self.operation = operation
        self.mappings = options.mappings
        self.bindsQuery = options.bindsQuery
        self.status = options.status
        stream = options.stream
        rule = options.rule
        self.faults = options.faults
        collapsesWrappers = request.collapsesWrappers
        ignoresUnknownMembers = request.ignoresUnknownMembers
        ignoresUnknownParameters = options.ignoresUnknownParameters
        shape = options.shape
        self.request = JSONCoder(operation.input, plan: request)
        self.response = JSONCoder(operation.output, plan: response)
        var details: [String: JSONCoder] = [:]
        for fault in operation.faults { details[fault.name] = JSONCoder(fault.type, plan: response) }
        self.details = details
        untyped = JSONCoder(.any, plan: response)
        self.queryFields =
            options.rule == nil && options.bindsQuery
            ? FieldMapping.queryTargets(of: operation.input, schema, collapsing: request.collapsesWrappers) : [:]
        unwrapped = try Self.index(of: options.unwrap, in: operation, schema)
        let bodyField = options.rule?.bodyField?.names.first
        rawRequest = options.bindsQuery ? nil : RawBody(operation.input, field: bodyField, schema)
        rawResponse = RawBody(operation.output, field: options.unwrap, schema)
    }

    /// The status of a success.
    var successStatus: Int {
        if let status { return status }
        if case .oneWay = operation.interaction { return 202 }
        if case .nothing = operation.output { return 204 }
        return 200
    }

    /// Whether values from elsewhere than the body may be in the message.
    var composes: Bool { !mappings.isEmpty || bindsQuery || rule != nil }

    /// What the query parameter `name` sets.
    func queryTarget(_ name: String) -> FieldMapping.Target? {
        if let rule { rule.query.target(name) } else { queryFields[name] }
    }

    var isRequestStream: Bool { operation.interaction.hasRequestStream }
    var isResponseStream: Bool { operation.interaction.hasResponseStream }

    /// The members that a query parameter sets and no mapping does, by name.
    var freeQueryFields: [(name: String, target: FieldMapping.Target)] {
        let mapped = Set(mappings.compactMap(\.target.names.first))
        return queryFields.filter { !mapped.contains($0.key) }.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    private static func index(
        of field: String?, in operation: Operation, _ schema: Schema
    ) throws(Diagnostic) -> Int? {
        guard let field else { return nil }
        if case .message(let id) = operation.output,
            let index = schema[id].fields.firstIndex(where: { $0.name == field })
        {
            return index
        }
        throw Diagnostic(
            .error, "route.unknown-field", "respond.unwrap: the answer of \(operation.name) has no member \"\(field)\"")
    }
}
