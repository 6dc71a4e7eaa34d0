public import Buffers
public import Canonical

/// An element that stands on its own, compiled by `XMLPlan.root`.
public struct XMLRoot: Sendable {
    public let element: QualifiedName
    public let type: ValueType
    /// The plan that it belongs to.
    public let plan: XMLPlan
    /// ` xmlns:a="…" xmlns:b="…"`: what its content needs, for who writes the content without the element.
    public let declarations: Bytes

    let namespace: NamespaceID
    let localName: Bytes
    let value: ValuePlan
    /// The coder of a simple type, which need not occur in the schema.
    let scalar: ScalarCoder?
    let open: Bytes
    let close: Bytes
    /// By namespace id, whether `declarations` has it.
    let declared: [Bool]

    init(_ element: QualifiedName, type: ValueType, isNillable: Bool, in plan: XMLPlan) {
        let namespace = plan.namespaces.id(of: element.namespace)
        precondition(namespace != nil, "the plan numbers the namespaces of its roots")
        self.namespace = namespace ?? .none
        self.element = element
        self.type = type
        self.plan = plan
        value = XMLRoot.value(type, isNillable: isNillable)
        if case .scalar(let simple) = type { scalar = ScalarCoder(simple) } else { scalar = nil }
        localName = Bytes(element.local)
        var needed = [self.namespace]
        if case .message(let id) = type { needed += plan.reach.namespaces(from: id.index) }
        if isNillable || value.content == .any { needed.append(.xsi) }
        var declared = [Bool](repeating: false, count: plan.namespaces.count)
        declared[Int(NamespaceID.none.rawValue)] = true
        declared[Int(NamespaceID.xml.rawValue)] = true
        var declarations = ByteWriter()
        for id in needed where !declared[Int(id.rawValue)] {
            declared[Int(id.rawValue)] = true
            plan.writeDeclaration(of: id, into: &declarations)
        }
        self.declared = declared
        let tag = plan.prefixes.tagName(element, self.namespace)
        self.declarations = declarations.finish()
        open = Bytes("<\(tag)\(String(self.declarations))")
        close = Bytes("</\(tag)>")
    }

    private static func value(_ type: ValueType, isNillable: Bool) -> ValuePlan {
        var value = ValuePlan()
        if isNillable { value.traits.insert(.isNillable) }
        switch type {
        case .message(let id):
            value.content = .message
            value.target = Int32(id.index)
        case .scalar(let scalar):
            value.content = ValuePlan.Content(scalar)
            value.target = -1
        case .any, .map: value.content = .any
        case .nothing: break
        }
        return value
    }
}

extension XMLPlan {
    /// ` xmlns:prefix="name"`.
    func writeDeclaration(of id: NamespaceID, into out: inout ByteWriter) {
        out.append(" xmlns:")
        out.append(prefixes[id])
        out.append("=\"")
        if let name = namespaces.name(of: id) { try? out.appendXMLAttributeValue(name.span) }
        out.append(UInt8(ascii: "\""))
    }
}
