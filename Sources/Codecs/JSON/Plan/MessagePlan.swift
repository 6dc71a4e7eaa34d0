internal import Buffers
internal import Canonical

/// One message type, as reading and writing need it.
final class MessagePlan: Sendable {
    let id: MessageID
    let name: String
    let fieldNames: [String]
    let fields: [FieldPlan]
    let names: NameTable
    /// `"name":` of every field, then `"@type":"name"`.
    let labels: MemberLabels
    let checker: ContentChecker
    let isPolymorphic: Bool
    let isAbstract: Bool
    let isMixed: Bool
    /// The field `$` where a bare value may stand for the object: nothing else is required.
    let bareContent: Int?
    /// For every field, and one past the last: the first repeated field from there on that shows when empty.
    let nextEmptyArray: [Int]

    init(_ type: MessageType, id: MessageID, in schema: Schema, scalars: inout ScalarTable, options: JSONOptions) {
        self.id = id
        name = type.name
        let inChoice = FieldSet(type.rules.flatMap(MessagePlan.choiceFields))
        var fields: [FieldPlan] = []
        for (index, field) in type.fields.enumerated() {
            var plan = scalars.plan(field.type, fixed: field.fixedValue)
            plan.isRepeated = field.cardinality.isRepeated
            plan.isRequired = field.cardinality.isRequired
            plan.isNillable = field.isNillable
            if options.collapsesWrappers, case .message(let id) = field.type {
                plan.isCollapsed = schema[id].wrapsArray
            }
            plan.isSilentWhenEmpty = options.omitsEmptyArrays || inChoice.contains(index)
            fields.append(plan)
        }
        self.fields = fields
        fieldNames = type.fields.map(\.name)
        names = NameTable(fieldNames)
        labels = MemberLabels(fieldNames, typeName: type.name)
        checker = ContentChecker(type)
        isPolymorphic = type.isPolymorphic
        isAbstract = type.isAbstract
        isMixed = type.isMixed
        let othersAreOptional = type.fields.allSatisfy { $0.name == "$" || !$0.cardinality.isRequired }
        bareContent = othersAreOptional ? fieldNames.firstIndex(of: "$") : nil
        nextEmptyArray = MessagePlan.nextEmptyArrays(fields)
    }

    private static func choiceFields(_ rule: ContentRule) -> [Int] {
        switch rule {
        case .choice(let branches, _): branches.flatMap(\.fields)
        case .together(let branch): branch.fields
        }
    }

    private static func nextEmptyArrays(_ fields: [FieldPlan]) -> [Int] {
        var next = Array(repeating: fields.count, count: fields.count + 1)
        for index in fields.indices.reversed() {
            let isShown = fields[index].isRepeated && !fields[index].isSilentWhenEmpty
            next[index] = isShown ? index : next[index + 1]
        }
        return next
    }
}
