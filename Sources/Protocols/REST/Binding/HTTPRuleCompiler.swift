internal import Canonical
internal import Engine
internal import ProtobufSchema

/// Makes of one http rule what a binding knows: a path, and where values come from.
///
/// Source: google/api/http.proto.
struct HTTPRuleCompiler {
    private let rule: HTTPRule
    private let operation: Operation
    private let schema: Schema
    private let template: HTTPTemplate
    private let fields: QueryFields
    let path: PathPattern

    init(_ rule: HTTPRule, _ operation: Operation, _ schema: Schema) throws(Diagnostic) {
        self.rule = rule
        self.operation = operation
        self.schema = schema
        do throws(HTTPTemplateError) {
            template = try HTTPTemplate(rule.template)
        } catch {
            throw Self.diagnostic("template", rule, operation, error.message)
        }
        fields = QueryFields(of: operation.input, schema, excluding: [])
        path = PathPattern(template)
    }

    func options(_ common: RESTBinding.Options) throws(Diagnostic) -> RESTBinding.Options {
        var options = common
        for variable in template.variables { options.mappings.append(try mapping(variable)) }
        if !rule.responseBody.isEmpty { options.unwrap = try name(rule.responseBody, of: operation.output) }
        var bodyField: Field?
        if !rule.body.isEmpty, rule.body != "*" {
            bodyField = fields.field(rule.body, of: operation.input)
            if bodyField == nil { throw missing(rule.body) }
        }
        // The query is what neither the path nor the body has.
        let excluded = rule.body == "*" ? nil : Set(bodyField.map { [$0.name] } ?? [])
        options.bindsQuery = rule.body.isEmpty
        options.rule = RuleBinding(
            bodyField: bodyField.map {
                FieldMapping.Target(names: [$0.name], form: .varying, isRepeated: $0.cardinality.isRepeated)
            },
            query: QueryFields(of: operation.input, schema, excluding: excluded),
            mask: bodyField == nil || rule.method != "PATCH" ? nil : mask(),
            bodyType: bodyField?.type ?? operation.input)
        return options
    }

    /// The only field mask among the fields of the request.
    private func mask() -> FieldMapping.Target? {
        guard case .message(let id) = operation.input else { return nil }
        let masks = schema[id].fields.filter { $0.annotations[ProtobufField.self]?.wellKnown == .fieldMask }
        guard masks.count == 1, !masks[0].cardinality.isRepeated else { return nil }
        return QueryFields.target([masks[0].name], masks[0].type, of: masks[0])
    }

    private func name(_ name: String, of type: ValueType) throws(Diagnostic) -> String {
        guard let field = QueryFields(of: type, schema, excluding: []).field(name, of: type) else {
            throw missing(name)
        }
        return field.name
    }

    // MARK: The path

    private func mapping(_ variable: HTTPTemplate.Variable) throws(Diagnostic) -> FieldMapping {
        var names: [String] = []
        var type = operation.input
        var found: Field?
        for name in variable.path {
            guard let field = fields.field(name, of: type) else { throw missing(variable.name) }
            names.append(field.name)
            (type, found) = (field.type, field)
        }
        guard let found, let target = QueryFields.target(names, type, of: found) else { throw missing(variable.name) }
        let (first, last) = (variable.segments.lowerBound, variable.segments.upperBound)
        if !variable.isMultiSegment, template.segments[first] == .any {
            let capture = template.segments[..<first].count { if case .literal = $0 { false } else { true } }
            return FieldMapping(source: .path(capture), target: target)
        }
        let span = PathSpan(
            before: first, behind: template.segments.count - last,
            verbLength: template.verb.map { $0.utf8.count + 1 } ?? 0)
        return FieldMapping(source: .segments(span), target: target)
    }

    // MARK: Findings

    private func missing(_ name: String) -> Diagnostic {
        Self.diagnostic("field", rule, operation, "'\(name)' is no field that REST can set or show.")
    }

    private static func diagnostic(
        _ what: String, _ rule: HTTPRule, _ operation: Operation, _ text: String
    ) -> Diagnostic {
        let place = "The HTTP rule '\(rule.method) \(rule.template)' of '\(operation.service).\(operation.name)'"
        return Diagnostic(.error, "http." + what, "\(place): \(text)")
    }
}
