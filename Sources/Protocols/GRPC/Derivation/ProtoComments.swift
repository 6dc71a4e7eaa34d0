internal import Canonical

/// What .proto files say in comments, having no other place for it: the rules of simple types, and what is required.
enum ProtoComments {
    static func text(of field: Field, _ form: ProtoForm) -> String? {
        var lines = [field.documentation, text(of: form)].compactMap(\.self)
        if field.cardinality.isRequired { lines.append(field.isNillable ? "Null where it is not set." : "Required.") }
        if let fixed = field.fixedValue { lines.append("Always \(fixed).") }
        return lines.isEmpty ? nil : lines.joined(separator: "\n")
    }

    static func text(of form: ProtoForm) -> String? {
        switch form {
        case .scalar(let type, _): rules(of: type)
        case .lexical(let type): rules(of: type) ?? "One of several simple types, as text."
        case .message, .enumeration, .json, .map: nil
        }
    }

    /// The literal of an enum's value, and what it is.
    static func text(of value: Facets.EnumerationValue) -> String {
        let literal = "\"\(value.literal)\""
        return value.documentation.map { "\(literal): \($0)" } ?? literal
    }

    private static func rules(of type: ScalarType) -> String? {
        let facets = type.facets
        var rules = kind(of: type).map { [$0] } ?? []
        if let values = facets.enumeration {
            let shown = values.prefix(32).map(\.literal).joined(separator: ", ")
            rules.append("One of: \(shown)\(values.count > 32 ? ", and others" : "").")
        }
        if let least = facets.minimum {
            rules.append("\(least.isExclusive ? "More than" : "At least") \(least.value).")
        }
        if let most = facets.maximum { rules.append("\(most.isExclusive ? "Less than" : "At most") \(most.value).") }
        let unit = if case .bytes = type.kind { "bytes" } else { "characters" }
        if let length = facets.length { rules.append("\(length) \(unit).") }
        if let length = facets.minimumLength, length > 0 { rules.append("At least \(length) \(unit).") }
        if let length = facets.maximumLength { rules.append("At most \(length) \(unit).") }
        if let digits = facets.totalDigits { rules.append("At most \(digits) digits.") }
        if let digits = facets.fractionDigits { rules.append("At most \(digits) digits after the point.") }
        for pattern in facets.patterns { rules.append("Pattern: \(pattern.source)") }
        return rules.isEmpty ? nil : rules.joined(separator: " ")
    }

    /// What text stands for, where that is more than text.
    private static func kind(of type: ScalarType) -> String? {
        switch type.kind {
        case .integer: "An integer."
        case .decimal: "A decimal number."
        case .temporal(let kind): "A \(kind.rawValue) of XML Schema."
        case .qualifiedName: "A name with its namespace: {namespace}local."
        case .int(let bits) where bits < 32: "\(bits) bits."
        case .unsigned(let bits) where bits < 32: "\(bits) bits."
        default: nil
        }
    }
}
