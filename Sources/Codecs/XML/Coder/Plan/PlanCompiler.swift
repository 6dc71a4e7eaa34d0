internal import Buffers
internal import Canonical

/// Compiles the parts of an `XMLPlan`, type by type.
struct PlanCompiler {
    private let schema: Schema
    private let globals: XMLGlobals
    let namespaces: NamespaceTable
    let prefixes: PrefixTable
    private(set) var literals = LiteralPool()
    private(set) var slots = NameSlots()
    private(set) var types: [TypePlan] = []
    private(set) var fields: [FieldPlan] = []
    private(set) var choices: [ChoiceStep] = []
    private(set) var scalars: [ScalarCoder] = []
    private(set) var wildcards: [WildcardPlan] = []
    private(set) var globalFields: [FieldPlan] = []
    private(set) var globalElements = NameTable()
    private(set) var typeNames = NameTable()
    private var scalarPlaces: [ObjectIdentifier: Int] = [:]

    init(_ schema: Schema, _ globals: XMLGlobals, _ namespaces: [String]) {
        self.schema = schema
        self.globals = globals
        self.namespaces = NamespaceTable(PlanCompiler.names(schema, globals) + namespaces)
        prefixes = PrefixTable(self.namespaces, declared: globals.prefixes)
    }

    mutating func compile() {
        var firstField = 0
        for type in schema.messages {
            types.append(TypePlan())
            types[types.count - 1].firstField = firstField
            types[types.count - 1].fieldCount = type.fields.count
            firstField += type.fields.count
            for field in type.fields { fields.append(plan(field)) }
        }
        for index in types.indices { compileType(index) }
        numberDerivation()
        compileGlobals()
        compileTypeNames()
    }

    // MARK: Fields

    private mutating func plan(_ field: Field) -> FieldPlan {
        var plan: FieldPlan
        switch field.xmlNode {
        case .element(let name): plan = element(name, field.type)
        case .attribute(let name): plan = attribute(name, field.type)
        case .text: plan = FieldPlan(role: .text, value: ValuePlan())
        case .group: plan = FieldPlan(role: .group, value: ValuePlan())
        case .elsewhere: plan = FieldPlan(role: .elsewhere, value: ValuePlan())
        case .wildcard(let wildcard): plan = self.wildcard(.wildcard, wildcard)
        case .attributeWildcard(let wildcard): plan = self.wildcard(.attributeWildcard, wildcard)
        }
        setContent(&plan, field.type)
        if field.cardinality.isRepeated { plan.value.traits.insert(.isRepeated) }
        if field.cardinality.isRequired { plan.value.traits.insert(.isRequired) }
        if field.isNillable { plan.value.traits.insert(.isNillable) }
        if let fixed = field.fixedValue {
            plan.value.traits.formUnion([.hasFixed, .hasDefault])
            plan.value.preset = literals.add(fixed)
        } else if let value = field.defaultValue {
            plan.value.traits.insert(.hasDefault)
            plan.value.preset = literals.add(value)
        }
        return plan
    }

    private mutating func element(_ name: QualifiedName, _ type: ValueType) -> FieldPlan {
        var plan = FieldPlan(role: .element, value: ValuePlan())
        let local = Bytes(name.local)
        plan.key = local.span.nameKey(0, local.count)
        plan.tail = local.span.nameTail(0, local.count)
        plan.namespace = id(name.namespace)
        plan.name = literals.add(name.local)
        let tag = prefixes.tagName(name, plan.namespace)
        plan.open = literals.add("<\(tag)")
        plan.close = literals.add("</\(tag)>")
        return plan
    }

    private mutating func attribute(_ name: QualifiedName, _ type: ValueType) -> FieldPlan {
        var plan = FieldPlan(role: .attribute, value: ValuePlan())
        plan.namespace = id(name.namespace)
        plan.name = literals.add(name.local)
        plan.open = literals.add(" \(prefixes.tagName(name, plan.namespace))=\"")
        return plan
    }

    private mutating func wildcard(_ role: FieldPlan.Role, _ wildcard: XMLWildcard) -> FieldPlan {
        var plan = FieldPlan(role: role, value: ValuePlan(content: .any))
        plan.wildcard = Int32(wildcards.count)
        let admitted: WildcardPlan.Namespaces =
            switch wildcard.namespaces {
            case .any: .any
            case .other(let namespace): .other(than: id(namespace))
            case .among(let list): .among(list.map { id($0) })
            }
        wildcards.append(WildcardPlan(namespaces: admitted, process: wildcard.process))
        return plan
    }

    private mutating func setContent(_ plan: inout FieldPlan, _ type: ValueType) {
        switch type {
        case .scalar(let scalar):
            plan.value.content = ValuePlan.Content(scalar)
            plan.value.target = Int32(place(of: scalar))
        case .message(let message):
            plan.value.content = .message
            plan.value.target = Int32(message.index)
        case .any: plan.value.content = .any
        case .nothing: plan.value.content = .nothing
        }
    }

    private mutating func place(of scalar: ScalarType) -> Int {
        if let place = scalarPlaces[ObjectIdentifier(scalar)] { return place }
        scalars.append(ScalarCoder(scalar))
        scalarPlaces[ObjectIdentifier(scalar)] = scalars.count - 1
        return scalars.count - 1
    }

    private func id(_ namespace: String) -> NamespaceID { namespaces.id(of: namespace) ?? .none }

    // MARK: Types

    private mutating func compileType(_ index: Int) {
        let type = schema.messages[index]
        var plan = types[index]
        if type.isAbstract { plan.traits.insert(.isAbstract) }
        if type.isMixed { plan.traits.insert(.isMixed) }
        if type.annotations[XMLAll.self] != nil { plan.traits.insert(.isUnordered) }
        if !type.rules.isEmpty || type.fields.count > 64 { plan.traits.insert(.hasRules) }
        var attributes: [NameSlots.Entry] = []
        plan.firstElement = type.fields.count
        for (place, field) in type.fields.enumerated() {
            let compiled = fields[plan.firstField + place]
            if compiled.value.isRequired, place < 64, compiled.role != .elsewhere {
                plan.required |= 1 << UInt64(place)
            }
            if case .repeated(let minimum, let maximum) = field.cardinality, minimum > 1 || maximum != nil {
                plan.traits.insert(.hasBounds)
            }
            switch compiled.role {
            case .attribute:
                plan.traits.insert(.hasAttributes)
                if case .attribute(let name) = field.xmlNode {
                    attributes.append(NameSlots.Entry(name: name, namespace: compiled.namespace, value: place))
                }
            case .attributeWildcard:
                plan.traits.insert(.hasAttributes)
                plan.attributeWildcard = Int32(place)
            case .text: plan.text = Int32(place)
            case .element, .group, .wildcard: plan.firstElement = min(plan.firstElement, place)
            case .elsewhere: continue
            }
        }
        var elements: [NameSlots.Entry] = []
        for place in type.fields.indices {
            collectElements(of: type.fields[place], as: place, depth: 0, into: &elements)
            if plan.wildcard < 0, holdsWildcard(type.fields[place], depth: 0) { plan.wildcard = Int32(place) }
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

    /// The names of child elements that lead to `field`: its own, or those inside the group that it is.
    private func collectElements(of field: Field, as place: Int, depth: Int, into entries: inout [NameSlots.Entry]) {
        switch field.xmlNode {
        case .element(let name):
            entries.append(NameSlots.Entry(name: name, namespace: id(name.namespace), value: place))
        case .group:
            // Groups inside groups end in elements; the bound is for schemas that are wrong.
            guard depth < 16, case .message(let group) = field.type else { return }
            for inner in schema[group].fields {
                collectElements(of: inner, as: place, depth: depth + 1, into: &entries)
            }
        case .attribute, .text, .wildcard, .attributeWildcard, .elsewhere: return
        }
    }

    private func holdsWildcard(_ field: Field, depth: Int) -> Bool {
        switch field.xmlNode {
        case .wildcard: return true
        case .group:
            guard depth < 16, case .message(let group) = field.type else { return false }
            return schema[group].fields.contains { holdsWildcard($0, depth: depth + 1) }
        case .element, .attribute, .text, .attributeWildcard, .elsewhere: return false
        }
    }

    /// Notes for each field of `type` which branches of which choices it stands in.
    private mutating func numberChoices(of type: MessageType, firstField: Int) {
        var steps = [[ChoiceStep]](repeating: [], count: type.fields.count)
        var count: Int32 = 0
        func visit(_ rules: [ContentRule]) {
            for rule in rules {
                switch rule {
                case .together(let branch): visit(branch.rules)
                case .choice(let branches, _):
                    let choice = count
                    count += 1
                    for (number, branch) in branches.enumerated() {
                        for field in branch.fields where steps.indices.contains(field) {
                            steps[field].append(ChoiceStep(choice: choice, branch: Int32(number)))
                        }
                        visit(branch.rules)
                    }
                }
            }
        }
        visit(type.rules)
        for (place, list) in steps.enumerated() where !list.isEmpty {
            fields[firstField + place].choices = Int32(choices.count)..<Int32(choices.count + list.count)
            choices.append(contentsOf: list)
        }
    }

    /// Numbers the types in preorder of derivation, so that a type and what is derived from it are one range.
    private mutating func numberDerivation() {
        var children = [[Int]](repeating: [], count: types.count)
        var roots: [Int] = []
        for (index, type) in schema.messages.enumerated() {
            if let base = type.base { children[base.index].append(index) } else { roots.append(index) }
        }
        var next: Int32 = 0
        func number(_ index: Int) {
            let first = next
            next += 1
            for child in children[index] { number(child) }
            types[index].places = first..<next
        }
        for root in roots { number(root) }
        // Types whose bases form a circle were not reached; each stands for itself.
        for index in types.indices where types[index].places.isEmpty {
            types[index].places = next..<next + 1
            next += 1
        }
    }

    // MARK: Globals

    private mutating func compileGlobals() {
        var entries: [NameSlots.Entry] = []
        for (name, element) in globals.elements.sorted(by: { $0.key.description < $1.key.description }) {
            entries.append(NameSlots.Entry(name: name, namespace: id(name.namespace), value: globalFields.count))
            var field = self.element(name, element.type)
            setContent(&field, element.type)
            if element.isNillable { field.value.traits.insert(.isNillable) }
            globalFields.append(field)
        }
        globalElements = slots.add(entries, &literals)
    }

    private mutating func compileTypeNames() {
        var entries: [NameSlots.Entry] = []
        for (index, type) in schema.messages.enumerated() {
            guard let name = type.annotations[XMLTypeName.self]?.name else { continue }
            entries.append(NameSlots.Entry(name: name, namespace: id(name.namespace), value: index))
        }
        for (name, scalar) in globals.scalars.sorted(by: { $0.key.description < $1.key.description }) {
            let value = types.count + place(of: scalar)
            entries.append(NameSlots.Entry(name: name, namespace: id(name.namespace), value: value))
        }
        for (name, scalar) in BuiltInTypes.all {
            let name = QualifiedName(BuiltInTypes.namespace, name)
            guard globals.scalars[name] == nil else { continue }
            let value = types.count + place(of: scalar)
            entries.append(NameSlots.Entry(name: name, namespace: id(name.namespace), value: value))
        }
        typeNames = slots.add(entries, &literals)
    }

    /// All namespaces that the plan speaks of, in the order in which the schema does.
    private static func names(_ schema: Schema, _ globals: XMLGlobals) -> [String] {
        var names: [String] = []
        for type in schema.messages {
            if let name = type.annotations[XMLTypeName.self]?.name { names.append(name.namespace) }
            for field in type.fields {
                switch field.xmlNode {
                case .element(let name), .attribute(let name): names.append(name.namespace)
                case .wildcard(let wildcard), .attributeWildcard(let wildcard):
                    switch wildcard.namespaces {
                    case .any: break
                    case .other(let namespace): names.append(namespace)
                    case .among(let list): names += list
                    }
                case .text, .group, .elsewhere: break
                }
            }
        }
        names += globals.elements.keys.map(\.namespace).sorted()
        names += globals.scalars.keys.map(\.namespace).sorted()
        return names + [BuiltInTypes.namespace]
    }
}

extension ValuePlan.Content {
    init(_ scalar: ScalarType) {
        switch scalar.kind {
        case .qualifiedName: self = .qualifiedName
        case .list(let item):
            if case .qualifiedName = item.kind { self = .qualifiedName } else { self = .scalar }
        case .string:
            let facets = scalar.facets
            let hasRules =
                facets.length != nil || facets.minimumLength != nil || facets.maximumLength != nil
                || facets.enumeration != nil || !facets.patterns.isEmpty
            self = hasRules || (facets.whitespace ?? .preserve) != .preserve ? .scalar : .text
        default: self = .scalar
        }
    }
}

extension Field {
    /// Its place in XML; a field that no XML schema declared is an unqualified element.
    var xmlNode: XMLNode { annotations[XMLNode.self] ?? .element(QualifiedName("", XMLName.escaped(name))) }
}
