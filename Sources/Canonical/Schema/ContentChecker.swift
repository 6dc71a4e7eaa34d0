/// Tells whether the fields of one message may stand together: what is required, choices, optional sequences.
///
/// Compiled per message type; decoders of every format collect a `FieldSet` and ask once per object. A repeated field
/// is in the set when it has an item.
public struct ContentChecker: Sendable {
    private let names: [String]
    private let cardinalities: [Cardinality]
    private let required: FieldSet
    private let rules: [Rule]
    /// The required fields say it all, and one word holds them.
    private let isSimple: Bool

    public init(_ type: MessageType) {
        names = type.fields.map(\.name)
        cardinalities = type.fields.map(\.cardinality)
        required = FieldSet(type.fields.indices.filter { type.fields[$0].cardinality.isRequired })
        rules = type.rules.map(Rule.init)
        isSimple = rules.isEmpty && type.fields.count <= 64
    }

    /// The common case: everything is as it should be.
    @inline(__always)
    public func allows(_ present: FieldSet) -> Bool {
        isSimple ? required.low & ~present.low == 0 : keepsRules(present)
    }

    private func keepsRules(_ present: FieldSet) -> Bool {
        present.isSuperset(of: required) && rules.allSatisfy { $0.allows(present) }
    }

    /// What is wrong with `present` in the object at `pointer`; a missing field is named by its own pointer.
    public func violations(_ present: FieldSet, at pointer: String) -> [Violation] {
        var found: [Violation] = []
        for field in names.indices where required.contains(field) && !present.contains(field) {
            found.append(missing(field, at: pointer))
        }
        for rule in rules { collect(rule, present, pointer, into: &found) }
        return found
    }

    /// Whether a repeated field may have `count` items; more than none is asked of required ones by `allows`.
    public func countViolation(_ field: Int, _ count: Int, at pointer: String) -> Violation? {
        guard case .repeated(let minimum, let maximum) = cardinalities[field] else { return nil }
        if let maximum, count > maximum {
            return Violation(pointer: pointer, rule: "maxItems", detail: "must have at most \(maximum) items")
        }
        guard count < minimum else { return nil }
        return Violation(pointer: pointer, rule: "minItems", detail: "must have at least \(minimum) items")
    }

    // MARK: Rules

    private enum Rule: Sendable {
        case choice([Branch], isRequired: Bool)
        case together(Branch)

        init(_ rule: ContentRule) {
            self =
                switch rule {
                case .choice(let branches, let isRequired): .choice(branches.map(Branch.init), isRequired: isRequired)
                case .together(let branch): .together(Branch(branch))
                }
        }

        func allows(_ present: FieldSet) -> Bool {
            switch self {
            case .together(let branch):
                return !present.intersects(branch.fields) || branch.isWhole(present)
            case .choice(let branches, let isRequired):
                var chosen = 0
                for branch in branches where present.intersects(branch.fields) {
                    chosen += 1
                    if chosen > 1 || !branch.isWhole(present) { return false }
                }
                return chosen == 1 || !isRequired
            }
        }
    }

    private struct Branch: Sendable {
        let fields: FieldSet
        let required: FieldSet
        let indices: [Int]
        let rules: [Rule]

        init(_ branch: ContentRule.Branch) {
            fields = FieldSet(branch.fields)
            required = FieldSet(branch.required)
            indices = branch.fields
            rules = branch.rules.map(Rule.init)
        }

        func isWhole(_ present: FieldSet) -> Bool {
            present.isSuperset(of: required) && rules.allSatisfy { $0.allows(present) }
        }
    }

    private func collect(_ rule: Rule, _ present: FieldSet, _ pointer: String, into found: inout [Violation]) {
        switch rule {
        case .together(let branch):
            if present.intersects(branch.fields) { collect(branch, present, pointer, into: &found) }
        case .choice(let branches, let isRequired):
            let chosen = branches.filter { present.intersects($0.fields) }
            if chosen.count > 1 {
                found.append(Violation(pointer: pointer, rule: "oneOf", detail: "has more than one of \(list(chosen))"))
            } else if let branch = chosen.first {
                collect(branch, present, pointer, into: &found)
            } else if isRequired {
                found.append(Violation(pointer: pointer, rule: "oneOf", detail: "must have one of \(list(branches))"))
            }
        }
    }

    private func collect(_ branch: Branch, _ present: FieldSet, _ pointer: String, into found: inout [Violation]) {
        for field in branch.indices where branch.required.contains(field) && !present.contains(field) {
            found.append(missing(field, at: pointer))
        }
        for rule in branch.rules { collect(rule, present, pointer, into: &found) }
    }

    private func missing(_ field: Int, at pointer: String) -> Violation {
        Violation(pointer: JSONPointer.appending(names[field], to: pointer), rule: "required", detail: "is required")
    }

    private func list(_ branches: [Branch]) -> String {
        branches.map { $0.indices.map { names[$0] }.joined(separator: " with ") }.joined(separator: ", ")
    }
}
