internal import Canonical

/// A piece of a content model laid out flat: the fields in it and the rules between them.
struct Part {
    struct Slot {
        var field: Int
        var occurrence: Occurrence
        /// An array whatever the occurrence: wildcards and groups.
        var isList = false
    }

    /// In the order of the content model, which is that of the fields.
    var slots: [Slot] = []
    /// Fields that must be there once this piece is.
    var required: [Int] = []
    var rules: [ContentRule] = []

    static func single(_ field: Int, _ occurrence: Occurrence, isList: Bool = false) -> Part {
        Part(
            slots: [Slot(field: field, occurrence: occurrence, isList: isList)],
            required: occurrence.minimum > 0 ? [field] : [])
    }

    /// Whether nothing at all satisfies it.
    var isEmptiable: Bool { required.isEmpty && rules.allSatisfy(\.isEmptiable) }

    var branch: ContentRule.Branch {
        ContentRule.Branch(fields: slots.map(\.field), required: required, rules: rules)
    }

    /// Whether `next` can follow so that the fields' one order is the elements' order.
    ///
    /// The same element may stand in two places only next to each other and outside of choices: an array cannot say what
    /// stood between its items.
    func canBeFollowed(by next: Part) -> Bool {
        guard let last = slots.last?.field, let first = next.slots.first?.field, first <= last else { return true }
        return next.slots.count == 1 && first == last && rules.isEmpty && next.rules.isEmpty
    }

    /// This and then `next`.
    mutating func append(_ next: Part) {
        for slot in next.slots {
            guard let last = slots.last?.field, slot.field <= last,
                let known = slots.firstIndex(where: { $0.field == slot.field })
            else {
                slots.append(slot)
                continue
            }
            slots[known].occurrence = slots[known].occurrence.followed(by: slot.occurrence)
            required.removeAll { $0 == slot.field && next.required.contains($0) }
        }
        required += next.required
        rules += next.rules
    }

    /// So many of this, in any mixture: nothing tells where one ends, so no rule holds within one.
    func repeated(_ occurrence: Occurrence) -> Part {
        var part = self
        part.rules = []
        if occurrence.minimum == 0 { part.required = [] }
        for index in slots.indices {
            if !part.required.contains(slots[index].field) { part.slots[index].occurrence.minimum = 0 }
            part.slots[index].occurrence = part.slots[index].occurrence.inside(occurrence)
        }
        return part
    }

    /// This or nothing.
    func optional() -> Part {
        var part = self
        part.required = []
        for index in part.slots.indices { part.slots[index].occurrence.minimum = 0 }
        if isEmptiable { return part }
        if required.isEmpty, rules.count == 1, case .choice(let branches, _) = rules[0] {
            part.rules = [.choice(branches: branches, isRequired: false)]
        } else {
            part.rules = slots.count > 1 ? [.together(branch)] : []
        }
        return part
    }

    /// One of `parts`.
    static func choice(of parts: [Part], isRequired: Bool) -> Part {
        guard parts.count != 1 || !isRequired else { return parts[0] }
        var counts: [Int: Int] = [:]
        for slot in parts.flatMap(\.slots) { counts[slot.field, default: 0] += 1 }
        var slots: [Int: Slot] = [:]
        for slot in parts.flatMap(\.slots) {
            var merged = slot
            if let known = slots[slot.field] { merged.occurrence = known.occurrence.or(slot.occurrence) }
            slots[slot.field] = merged
        }
        // What several branches have does not tell which one was chosen.
        let common = parts.dropFirst().reduce(Set(parts.first?.required ?? [])) { $0.intersection($1.required) }
        let branches = parts.map { part in
            ContentRule.Branch(
                fields: part.slots.map(\.field).filter { counts[$0] == 1 },
                required: part.required.filter { counts[$0] == 1 }, rules: part.rules)
        }
        let isDecidable = counts.values.allSatisfy { $0 == 1 }
        var result = Part(slots: slots.values.sorted { $0.field < $1.field })
        result.required = common.sorted()
        for index in result.slots.indices where !common.contains(result.slots[index].field) {
            result.slots[index].occurrence.minimum = 0
        }
        let needsOne = isRequired && isDecidable && !parts.contains(where: \.isEmptiable)
        result.rules = [.choice(branches: branches, isRequired: needsOne)]
        return result
    }
}

extension ContentRule {
    /// Whether a message without any of its fields keeps it.
    var isEmptiable: Bool {
        switch self {
        case .choice(_, let isRequired): !isRequired
        case .together: true
        }
    }
}
