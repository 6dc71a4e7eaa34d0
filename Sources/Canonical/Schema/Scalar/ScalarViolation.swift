/// A rule of a simple type that a value breaks. Cheap to throw: the words are made when somebody asks.
public struct ScalarViolation: Error, Sendable {
    public let rule: ScalarRule
    let coder: ScalarCoder

    /// The finding at the JSON pointer `pointer`.
    public func violation(at pointer: String) -> Violation {
        Violation(pointer: pointer, rule: rule.rawValue, detail: detail)
    }

    /// One sentence; says what is allowed, not what came.
    public var detail: String { coder.describe(rule) }
}

/// What a value can break; the raw value is the rule's name in violations, JSON Schema's where it has one.
public enum ScalarRule: String, Sendable {
    /// It is not in the lexical space of its kind.
    case type
    case length, minLength, maxLength
    case minimum, exclusiveMinimum, maximum, exclusiveMaximum
    case totalDigits, fractionDigits
    case enumeration = "enum"
    case pattern
}

extension ScalarCoder {
    func describe(_ rule: ScalarRule) -> String {
        let facets = type.facets
        let least = minimum?.value ?? facets.minimum?.value ?? ""
        let most = maximum?.value ?? facets.maximum?.value ?? ""
        return switch rule {
        case .type: "is not a valid \(type.name ?? kindName)"
        case .length: "must have length \(facets.length ?? 0)"
        case .minLength: "must have at least length \(facets.minimumLength ?? 0)"
        case .maxLength: "must have at most length \(facets.maximumLength ?? 0)"
        case .minimum: "must not be less than \(least)"
        case .exclusiveMinimum: "must be greater than \(least)"
        case .maximum: "must not be greater than \(most)"
        case .exclusiveMaximum: "must be less than \(most)"
        case .totalDigits: "must have at most \(facets.totalDigits ?? 0) digits"
        case .fractionDigits: "must have at most \(facets.fractionDigits ?? 0) digits after the point"
        case .enumeration: "is not one of the values allowed"
        case .pattern: "does not match the pattern"
        }
    }

    private var kindName: String {
        switch type.kind {
        case .string: "string"
        case .boolean: "boolean"
        case .int(let bits): bits == 8 ? "byte" : bits == 16 ? "short" : "int"
        case .unsigned(let bits): bits == 8 ? "unsignedByte" : bits == 16 ? "unsignedShort" : "unsignedInt"
        case .long: "long"
        case .unsignedLong: "unsignedLong"
        case .integer: "integer"
        case .decimal: "decimal"
        case .float(let bits): bits == 32 ? "float" : "double"
        case .bytes(let form): form == .base64 ? "base64 text" : "hexadecimal text"
        case .temporal(let kind): kind.rawValue
        case .uri: "URI"
        case .qualifiedName: "qualified name"
        case .list: "list"
        case .union: "value of any of the types allowed"
        }
    }
}
