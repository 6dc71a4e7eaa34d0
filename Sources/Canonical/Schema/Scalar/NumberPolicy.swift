/// How JSON shows numbers that a reader of Double would change. The default loses nothing with any reader.
public struct NumberPolicy: Sendable, Equatable {
    public enum Form: Sendable { case string, number }

    /// 64-bit and unbounded integers, unless their facets keep them within 2^53 - 1.
    public var wideIntegers: Form
    public var decimals: Form

    public init(wideIntegers: Form = .string, decimals: Form = .string) {
        self.wideIntegers = wideIntegers
        self.decimals = decimals
    }
}

/// The type of the JSON value that stands for a simple type.
public enum JSONForm: Sendable {
    case string, number, boolean
    /// A list's items in an array.
    case array
    /// A union: as its member that the value belongs to.
    case varying
}

extension ScalarCoder {
    /// What JSON shows values of this type as.
    public func jsonForm(_ policy: NumberPolicy) -> JSONForm {
        switch form {
        case .boolean: .boolean
        case .float: .number
        case .decimal: policy.decimals == .number ? .number : .string
        case .integer: policy.wideIntegers == .number || isWithinDouble ? .number : .string
        case .list: .array
        case .union: .varying
        case .string, .uri, .qualifiedName, .base64, .hexadecimal, .temporal: .string
        }
    }

    /// Whether every integer of this type is exact as a Double.
    private var isWithinDouble: Bool {
        if let digits = type.facets.totalDigits, digits <= 15 { return true }
        guard let minimum, let maximum else { return false }
        let limit = NumberBound("9007199254740991")
        let negative = NumberBound("-9007199254740991")
        guard let limit, let negative else { return false }
        return maximum.compare(limit) <= 0 && minimum.compare(negative) >= 0
    }
}
