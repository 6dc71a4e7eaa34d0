internal import Canonical

/// Which namespaces the tags and types reachable from each message type are in; what a root must declare.
struct NamespaceReach: Sendable {
    private let own: [Set<Int32>]
    private let next: [Set<Int>]

    init(_ schema: Schema, types: [TypePlan], fields: [FieldPlan]) {
        var own: [Set<Int32>] = []
        var next: [Set<Int>] = []
        // A name of a type is written only where another type was declared.
        for (index, plan) in types.enumerated() {
            var names: Set<Int32> = []
            var targets = Set(schema.messages[index].derived.map(\.index))
            if !plan.typeAttribute.isEmpty, !targets.isEmpty || schema.messages[index].base != nil {
                names.formUnion([plan.namespace.rawValue, NamespaceID.xsi.rawValue])
            }
            for field in fields[plan.firstField..<plan.firstField + plan.fieldCount] {
                if field.role == .element || field.role == .attribute { names.insert(field.namespace.rawValue) }
                if field.value.content == .message { targets.insert(Int(field.value.target)) }
                if field.value.isNillable || field.value.content == .any { names.insert(NamespaceID.xsi.rawValue) }
            }
            own.append(names)
            next.append(targets)
        }
        self.own = own
        self.next = next
    }

    /// The namespaces of everything reachable from message type `index`, in order.
    func namespaces(from index: Int) -> [NamespaceID] {
        var seen: Set<Int> = [index]
        var pending = [index]
        var found: Set<Int32> = []
        while let type = pending.popLast() {
            found.formUnion(own[type])
            for target in next[type] where seen.insert(target).inserted { pending.append(target) }
        }
        return found.sorted().map(NamespaceID.init(rawValue:))
    }
}
