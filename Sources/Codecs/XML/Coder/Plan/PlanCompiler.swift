internal import Buffers
internal import Canonical

/// Compiles the parts of an `XMLPlan`.
struct PlanCompiler {
    let schema: Schema
    let globals: XMLGlobals
    let namespaces: NamespaceTable
    let prefixes: PrefixTable
    var literals = LiteralPool()
    var slots = NameSlots()
    var types: [TypePlan] = []
    var fields: [FieldPlan] = []
    var choices: [ChoiceStep] = []
    var scalars: [ScalarCoder] = []
    var wildcards: [WildcardPlan] = []
    var globalFields: [FieldPlan] = []
    var globalElements = NameTable()
    var typeNames = NameTable()
    private var scalarPlaces: [ObjectIdentifier: Int] = [:]

    init(_ schema: Schema, _ globals: XMLGlobals, _ namespaces: [String]) {
        self.schema = schema
        self.globals = globals
        self.namespaces = NamespaceTable(PlanCompiler.names(schema, globals) + namespaces)
        prefixes = PrefixTable(self.namespaces, declared: globals.prefixes)
    }

    mutating func compile() {
        for type in schema.messages {
            var plan = TypePlan()
            plan.firstField = fields.count
            plan.fieldCount = type.fields.count
            types.append(plan)
            for field in type.fields { fields.append(self.plan(field)) }
        }
        for index in types.indices { compileType(index) }
        spreadNeedOfDocuments()
        numberDerivation()
        compileGlobals()
        compileTypeNames()
    }

    func id(_ namespace: String) -> NamespaceID { namespaces.id(of: namespace) ?? .none }

    // MARK: Fields

    private mutating func plan(_ field: Field) -> FieldPlan {
        var plan =
            switch field.xmlNode {
            case .element(let name): element(name)
            case .attribute(let name): attribute(name)
            case .text: FieldPlan(role: .text)
            case .group: FieldPlan(role: .group)
            case .elsewhere: FieldPlan(role: .elsewhere)
            case .wildcard(let wildcard): self.wildcard(.wildcard, wildcard)
            case .attributeWildcard(let wildcard): self.wildcard(.attributeWildcard, wildcard)
            }
        plan.value = value(field.type, fixed: field.fixedValue)
        if field.cardinality.isRepeated { plan.value.traits.insert(.isRepeated) }
        if field.cardinality.isRequired { plan.value.traits.insert(.isRequired) }
        if field.isNillable { plan.value.traits.insert(.isNillable) }
        if let preset = field.fixedValue ?? field.defaultValue {
            plan.value.traits.insert(.hasDefault)
            plan.value.preset = literals.add(preset)
        }
        if case .element(let name) = field.xmlNode, XMLName.isValid(Bytes(name.local).span) {
            plan.isLeaf = plan.value.content.isText
        }
        return plan
    }

    mutating func element(_ name: QualifiedName) -> FieldPlan {
        var plan = FieldPlan(role: .element)
        let text = name.local.utf8
        let local = text.span.bytes
        plan.key = local.nameKey(0, local.byteCount)
        plan.tail = local.nameTail(0, local.byteCount)
        plan.namespace = id(name.namespace)
        plan.name = literals.add(name.local)
        let tag = prefixes.tagName(name, plan.namespace)
        plan.open = literals.add("<\(tag)")
        plan.close = literals.add("</\(tag)>")
        return plan
    }

    private mutating func attribute(_ name: QualifiedName) -> FieldPlan {
        var plan = FieldPlan(role: .attribute)
        plan.namespace = id(name.namespace)
        plan.name = literals.add(name.local)
        plan.open = literals.add(" \(prefixes.tagName(name, plan.namespace))=\"")
        return plan
    }

    private mutating func wildcard(_ role: FieldPlan.Role, _ wildcard: XMLWildcard) -> FieldPlan {
        var plan = FieldPlan(role: role)
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

    mutating func value(_ type: ValueType, fixed: String? = nil) -> ValuePlan {
        switch type {
        case .scalar(let scalar): value(scalar, fixed: fixed)
        case .message(let message): ValuePlan(content: .message, target: Int32(message.index))
        // No XML schema has maps; those of other contracts are trees whose elements are named by their keys.
        case .any, .map: ValuePlan(content: .any)
        case .nothing: ValuePlan(content: .nothing)
        }
    }

    private mutating func value(_ type: ScalarType, fixed: String?) -> ValuePlan {
        var type = type
        if let fixed {
            var facets = type.facets
            facets.enumeration = [Facets.EnumerationValue(fixed)]
            type = ScalarType(type.kind, name: type.name, facets: facets)
        }
        return ValuePlan(content: ValuePlan.Content(type), target: Int32(place(of: type)))
    }

    mutating func place(of scalar: ScalarType) -> Int {
        if let place = scalarPlaces[ObjectIdentifier(scalar)] { return place }
        scalars.append(ScalarCoder(scalar))
        scalarPlaces[ObjectIdentifier(scalar)] = scalars.count - 1
        return scalars.count - 1
    }
}

extension Field {
    /// Its place in XML; a field that no XML schema declared is an unqualified element.
    var xmlNode: XMLNode { annotations[XMLNode.self] ?? .element(QualifiedName("", XMLName.escaped(name))) }
}
