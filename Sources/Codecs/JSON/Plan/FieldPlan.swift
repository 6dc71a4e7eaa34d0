internal import Canonical

/// One value as reading and writing need it: a field, an item of a list, a whole message. Nothing in it is counted by
/// reference; the hot path copies it freely.
struct FieldPlan: Sendable {
    enum Kind: Sendable { case scalar, message, map, any, nothing }

    let kind: Kind
    /// Of the message type, or of the simple type or the map in the plan's table.
    let index: Int
    var isRepeated = false
    var isRequired = true
    var isNillable = false
    /// Leaves no array behind when it has no items: it is told to, or it belongs to one branch of a choice.
    var isSilentWhenEmpty = true
    /// The message is shown as the array of its only field.
    var isCollapsed = false
    /// Which JSON values a simple type reads.
    var tokens: JSONTokens = []
    /// How simple values are shown.
    var form = JSONForm.varying
    /// Texts of up to so many bytes keep every rule as they stand; -1 when that cannot be told so easily.
    var easyText = -1
    /// Integers from `least` to `most` keep every rule; none when `least` is greater.
    var least: Int64 = 1
    var most: Int64 = 0
    /// Both booleans keep every rule.
    var isEasyBoolean = false

    init(_ kind: Kind, index: Int = 0) {
        self.kind = kind
        self.index = index
    }

    /// A simple type at `index` of the table.
    init(_ coder: ScalarCoder, index: Int, options: JSONOptions) {
        self.init(.scalar, index: index)
        tokens = JSONTokens(coder.type.kind)
        form = coder.jsonForm(options.numbers)
        easyText = coder.easyTextLength ?? -1
        if let range = coder.easyIntegers {
            least = range.lowerBound
            most = range.upperBound
        }
        if case .boolean = coder.type.kind { isEasyBoolean = !coder.hasFacets }
    }
}
