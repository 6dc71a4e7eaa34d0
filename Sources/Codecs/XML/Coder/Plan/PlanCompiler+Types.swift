internal import Canonical

/// What a plan knows of each message type beyond its fields.
extension PlanCompiler {
    mutating func compileType(_ index: Int) {
        let type = schema.messages[index]
        var plan = types[index]
        plan.traits = traits(of: type)
        plan.firstElement = type.fields.count
        var elements: [NameSlots.Entry] = []
        var attributes: [NameSlots.Entry] = []
        for (place, field) in type.fields.enumerated() {
            let compiled = fields[plan.firstField + place]
            if compiled.value.isRequired, place < 64, compiled.role != .elsewhere {
                plan.required |= 1 << UInt64(place)
            }
            if plan.wildcard < 0, holdsWildcard(field) { plan.wildcard = Int32(place) }
            collectElements(of: field, as: place, into: &elements)
            switch compiled.role {
            case .attribute:
                guard case .attribute(let name) = field.xmlNode else { continue }
                attributes.append(NameSlots.Entry(name: name, namespace: compiled.namespace, value: place))
            case .attributeWildcard: plan.attributeWildcard = Int32(place)
            case .text: plan.text = Int32(place)
            case .element, .group, .wildcard: plan.firstElement = min(plan.firstElement, place)
            case .elsewhere: continue
            }
        }
        plan.elements = slots.add(elements, &literals)
        plan.attributes = slots.add(attributes, &literals)
        if let name = type.annotations[XMLTypeName.self]?.name {
            plan.namespace = id(name.namespace)
            plan.typeAttribute = literals.add(" xsi:type=\"\(prefixes.tagName(name, plan.namespace))\"")
        }
        types[index] = plan
        numberChoices(of: type, firstField: plan.firstField)
    }

    /// What needs a document is needed by every type that leads there.
    mutating func spreadNeedOfDocuments() {
        var isGrowing = true
        while isGrowing {
            isGrowing = false
            for index in types.indices where !types[index].traits.contains(.needsDocument) {
                let own = fields[types[index].firstField..<types[index].firstField + types[index].fieldCount]
                let isNeeded = own.contains { field in
                    field.value.content == .message && types[Int(field.value.target)].traits.contains(.needsDocument)
                }
                guard isNeeded else { continue }
                types[index].traits.insert(.needsDocument)
                isGrowing = true
            }
        }
    }

    private func traits(of type: MessageType) -> TypePlan.Traits {
        var traits: TypePlan.Traits = []
        if type.isAbstract { traits.insert(.isAbstract) }
        if type.isMixed { traits.formUnion([.isMixed, .needsDocument]) }
        if type.annotations[XMLAll.self] != nil { traits.insert(.isUnordered) }
        if !type.rules.isEmpty || type.fields.count > 64 { traits.insert(.hasRules) }
        for field in type.fields {
            if case .repeated(let minimum, let maximum) = field.cardinality, minimum > 1 || maximum != nil {
                traits.insert(.hasBounds)
            }
            switch field.xmlNode {
            case .attribute, .attributeWildcard: traits.insert(.hasAttributes)
            case .group: traits.insert(.needsDocument)
            case .element, .text, .wildcard, .elsewhere: continue
            }
        }
        return traits
    }

    // Groups inside groups end in elements; the bounds on depth are for schemas that are wrong.

    /// The names of child elements that lead to `field`: its own, or those inside the group that it is.
    private func collectElements(
        of field: Field, as place: Int, depth: Int = 0, into entries: inout [NameSlots.Entry]
    ) {
        switch field.xmlNode {
        case .element(let name):
            entries.append(NameSlots.Entry(name: name, namespace: id(name.namespace), value: place))
        case .group:
            guard depth < 16, case .message(let group) = field.type else { return }
            for inner in schema[group].fields {
                collectElements(of: inner, as: place, depth: depth + 1, into: &entries)
            }
        case .attribute, .text, .wildcard, .attributeWildcard, .elsewhere: return
        }
    }

    private func holdsWildcard(_ field: Field, depth: Int = 0) -> Bool {
        switch field.xmlNode {
        case .wildcard: return true
        case .group:
            guard depth < 16, case .message(let group) = field.type else { return false }
            return schema[group].fields.contains { holdsWildcard($0, depth: depth + 1) }
        case .element, .attribute, .text, .attributeWildcard, .elsewhere: return false
        }
    }

    // MARK: Choices

    /// Notes for each field of `type` which branches of which choices it stands in.
    private mutating func numberChoices(of type: MessageType, firstField: Int) {
        var steps = [[ChoiceStep]](repeating: [], count: type.fields.count)
        var count: Int32 = 0
        for rule in type.rules { PlanCompiler.visit(rule, &steps, &count) }
        for (place, list) in steps.enumerated() where !list.isEmpty {
            fields[firstField + place].choices = Int32(choices.count)..<Int32(choices.count + list.count)
            choices.append(contentsOf: list)
        }
    }

    private static func visit(_ rule: ContentRule, _ steps: inout [[ChoiceStep]], _ count: inout Int32) {
        switch rule {
        case .together(let branch): for rule in branch.rules { visit(rule, &steps, &count) }
        case .choice(let branches, _):
            let choice = count
            count += 1
            for (number, branch) in branches.enumerated() {
                for field in branch.fields where steps.indices.contains(field) {
                    steps[field].append(ChoiceStep(choice: choice, branch: Int32(number)))
                }
                for rule in branch.rules { visit(rule, &steps, &count) }
            }
        }
    }

    // MARK: Derivation

    /// Numbers the types in preorder of derivation, so that a type and what is derived from it are one range.
    mutating func numberDerivation() {
        var children = [[Int]](repeating: [], count: types.count)
        var roots: [Int] = []
        for (index, type) in schema.messages.enumerated() {
            if let base = type.base { children[base.index].append(index) } else { roots.append(index) }
        }
        var next: Int32 = 0
        for root in roots { number(root, children, &next) }
        // Types whose bases form a circle were not reached; each stands for itself.
        for index in types.indices where types[index].places.isEmpty {
            types[index].places = next..<next + 1
            next += 1
        }
    }

    private mutating func number(_ index: Int, _ children: [[Int]], _ next: inout Int32) {
        let first = next
        next += 1
        for child in children[index] { number(child, children, &next) }
        types[index].places = first..<next
    }
}
