import Canonical
import SOAP
import XMLCodec

/// A contract's types as compact text, to compare with what a test expects.
struct SchemaText {
    let schema: Schema

    init(_ contract: Contract) {
        schema = contract.schema
    }

    /// One line for the type and one per field and rule; `without` leaves out details that the test is not about.
    func text(of id: MessageID) -> String {
        let type = schema[id]
        var head = type.name
        if type.isAbstract { head += " abstract" }
        if type.isMixed { head += " mixed" }
        if let base = type.base { head += " : \(schema[base].name)" }
        if type.annotations[XMLAll.self] != nil { head += " (any order)" }
        let lines = type.fields.map { "  " + line($0) } + type.rules.map { "  " + text($0, in: type) }
        return ([head] + lines).joined(separator: "\n")
    }

    func text(named name: String) -> String? {
        schema.messages.firstIndex { $0.name == name }.map { text(of: MessageID($0)) }
    }

    func name(of type: ValueType) -> String {
        switch type {
        case .scalar(let scalar): name(of: scalar)
        case .message(let id): schema[id].name
        case .map(let key, let value): "map of \(name(of: key)) to \(name(of: value))"
        case .any: "any"
        case .nothing: "nothing"
        }
    }

    private func line(_ field: Field) -> String {
        var line = "\(field.name): \(name(of: field.type))\(occurrence(field.cardinality))"
        if field.isNillable { line += " nillable" }
        if let value = field.defaultValue { line += " default=\(value)" }
        if let value = field.fixedValue { line += " fixed=\(value)" }
        return line + node(field)
    }

    private func occurrence(_ cardinality: Cardinality) -> String {
        switch cardinality {
        case .required: ""
        case .optional: "?"
        case .repeated(let minimum, let maximum): "[\(minimum)..\(maximum.map(String.init) ?? "*")]"
        }
    }

    private func node(_ field: Field) -> String {
        switch field.annotations[XMLNode.self] {
        case .element(let name): " <\(name)>"
        case .attribute(let name): " @\(name)"
        case .text: " text"
        case .group: " group"
        case .wildcard(let wildcard): " any \(text(wildcard))"
        case .attributeWildcard(let wildcard): " anyAttribute \(text(wildcard))"
        case .elsewhere: " elsewhere"
        case nil: ""
        }
    }

    private func text(_ wildcard: XMLWildcard) -> String {
        switch wildcard.namespaces {
        case .any: "any \(wildcard.process)"
        case .other(let namespace): "other than \(namespace) \(wildcard.process)"
        case .among(let list): "among \(list) \(wildcard.process)"
        }
    }

    private func text(_ rule: ContentRule, in type: MessageType) -> String {
        switch rule {
        case .choice(let branches, let isRequired):
            (isRequired ? "one of " : "at most one of ") + branches.map { text($0, in: type) }.joined(separator: " | ")
        case .together(let branch): "together " + text(branch, in: type)
        }
    }

    private func text(_ branch: ContentRule.Branch, in type: MessageType) -> String {
        let fields = branch.fields.map { type.fields[$0].name + (branch.required.contains($0) ? "" : "?") }
        let rules = branch.rules.map { text($0, in: type) }
        return "(" + (fields + rules).joined(separator: ", ") + ")"
    }

    func name(of scalar: ScalarType) -> String {
        let kind =
            switch scalar.kind {
            case .list(let item): "list(\(name(of: item)))"
            case .union(let members): "union(" + members.map { name(of: $0) }.joined(separator: ", ") + ")"
            case .int(let bits): "int\(bits)"
            case .unsigned(let bits): "uint\(bits)"
            case .float(let bits): "float\(bits)"
            case .bytes(let form): "\(form)"
            case .temporal(let kind): kind.rawValue
            default: "\(scalar.kind)"
            }
        return (scalar.name.map { "\($0)=" } ?? "") + kind + facets(scalar.facets)
    }

    private func facets(_ facets: Facets) -> String {
        var parts: [String] = []
        if let value = facets.whitespace { parts.append("\(value)") }
        if let value = facets.length { parts.append("length \(value)") }
        if let value = facets.minimumLength { parts.append("minLength \(value)") }
        if let value = facets.maximumLength { parts.append("maxLength \(value)") }
        if let bound = facets.minimum { parts.append("\(bound.isExclusive ? ">" : ">=") \(bound.value)") }
        if let bound = facets.maximum { parts.append("\(bound.isExclusive ? "<" : "<=") \(bound.value)") }
        if let value = facets.totalDigits { parts.append("digits \(value)") }
        if let value = facets.fractionDigits { parts.append("fraction \(value)") }
        if let values = facets.enumeration { parts.append(values.map(\.literal).joined(separator: "|")) }
        parts += facets.patterns.map { "/\($0.source)/" }
        return parts.isEmpty ? "" : "{" + parts.joined(separator: ", ") + "}"
    }
}
