internal import Canonical

/// One field, or the items of a list, as reading and writing need it.
final class FieldPlan: Sendable {
    enum Value: Sendable {
        case scalar(ScalarCoder)
        case message(MessageID)
        case any
        case nothing
    }

    let value: Value
    let isRepeated: Bool
    let isRequired: Bool
    let isNillable: Bool
    /// Leaves no array behind when it has no items: it is told to, or it belongs to one branch of a choice.
    let isSilentWhenEmpty: Bool
    /// Which JSON values a simple type reads.
    let tokens: JSONTokens
    /// How simple values are shown.
    let form: JSONForm
    /// The items of a list, the members of a union.
    let members: [FieldPlan]

    init(_ field: Field, isInChoice: Bool = false, scalars: ScalarCoders, options: JSONOptions) {
        isRepeated = field.cardinality.isRepeated
        isRequired = field.cardinality.isRequired
        isNillable = field.isNillable
        isSilentWhenEmpty = options.omitsEmptyArrays || isInChoice
        guard case .scalar(let type) = field.type else {
            value = FieldPlan.value(of: field.type)
            tokens = []
            form = .varying
            members = []
            return
        }
        let coder = field.fixedValue.map { FieldPlan.fixed(type, $0) } ?? scalars[type]
        value = .scalar(coder)
        tokens = JSONTokens(type.kind)
        form = coder.jsonForm(options.numbers)
        members = coder.members.map { FieldPlan($0, options) }
    }

    private init(_ coder: ScalarCoder, _ options: JSONOptions) {
        value = .scalar(coder)
        isRepeated = false
        isRequired = true
        isNillable = false
        isSilentWhenEmpty = true
        tokens = JSONTokens(coder.type.kind)
        form = coder.jsonForm(options.numbers)
        members = coder.members.map { FieldPlan($0, options) }
    }

    private static func value(of type: ValueType) -> Value {
        switch type {
        case .message(let id): .message(id)
        case .any: .any
        case .scalar, .nothing: .nothing
        }
    }

    /// The type that allows one value only.
    private static func fixed(_ type: ScalarType, _ literal: String) -> ScalarCoder {
        var facets = type.facets
        facets.enumeration = [Facets.EnumerationValue(literal)]
        return ScalarCoder(ScalarType(type.kind, name: type.name, facets: facets), isLenient: true)
    }
}
