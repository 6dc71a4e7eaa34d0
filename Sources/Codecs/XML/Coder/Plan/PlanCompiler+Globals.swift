internal import Canonical

/// What is known by name in the whole plan: global elements, types, namespaces.
extension PlanCompiler {
    mutating func compileGlobals() {
        var entries: [NameSlots.Entry] = []
        for (name, element) in globals.elements.sorted(by: { $0.key < $1.key }) {
            entries.append(NameSlots.Entry(name: name, namespace: id(name.namespace), value: globalFields.count))
            var field = self.element(name)
            field.value = value(element.type)
            if element.isNillable { field.value.traits.insert(.isNillable) }
            globalFields.append(field)
        }
        globalElements = slots.add(entries, &literals)
    }

    mutating func compileTypeNames() {
        var entries: [NameSlots.Entry] = []
        for (index, type) in schema.messages.enumerated() {
            guard let name = type.annotations[XMLTypeName.self]?.name else { continue }
            entries.append(NameSlots.Entry(name: name, namespace: id(name.namespace), value: index))
        }
        var simple = globals.scalars
        for (name, type) in BuiltInTypes.all {
            let name = QualifiedName(BuiltInTypes.namespace, name)
            if simple[name] == nil { simple[name] = type }
        }
        for (name, type) in simple.sorted(by: { $0.key < $1.key }) {
            let value = types.count + place(of: type)
            entries.append(NameSlots.Entry(name: name, namespace: id(name.namespace), value: value))
        }
        typeNames = slots.add(entries, &literals)
    }

    /// All namespaces that the plan speaks of, in the order in which the schema does.
    static func names(_ schema: Schema, _ globals: XMLGlobals) -> [String] {
        var names: [String] = []
        for type in schema.messages {
            if let name = type.annotations[XMLTypeName.self]?.name { names.append(name.namespace) }
            for field in type.fields { names += field.xmlNode.namespaces }
        }
        names += globals.elements.keys.map(\.namespace).sorted()
        names += globals.scalars.keys.map(\.namespace).sorted()
        return names + [BuiltInTypes.namespace]
    }
}

extension XMLNode {
    /// The namespaces that it names.
    fileprivate var namespaces: [String] {
        switch self {
        case .element(let name), .attribute(let name): return [name.namespace]
        case .wildcard(let wildcard), .attributeWildcard(let wildcard):
            switch wildcard.namespaces {
            case .any: return []
            case .other(let namespace): return [namespace]
            case .among(let list): return list
            }
        case .text, .group, .elsewhere: return []
        }
    }
}
