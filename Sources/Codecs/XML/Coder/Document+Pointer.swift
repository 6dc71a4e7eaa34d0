internal import Buffers
internal import Canonical

extension Document {
    /// The JSON pointer to the node at `target`: what JSON calls the value there.
    func pointer(to target: Int, in schema: Schema) -> String {
        var pointer = ""
        var index = 0
        while index < target {
            guard let step = step(from: index, towards: target, pointer, in: schema) else { return pointer }
            index = step.index
            pointer = step.pointer
        }
        return pointer
    }

    /// The child of the node at `index` whose subtree holds `target`, and its pointer.
    private func step(
        from index: Int, towards target: Int, _ pointer: String, in schema: Schema
    ) -> (index: Int, pointer: String)? {
        let parent = nodes[index]
        let type = parent.kind == .object ? parent.message.map { schema[$0] } : nil
        var place = 0
        var key = ""
        for child in children(of: index) {
            let node = nodes[child]
            let isThere = child <= target && target < child + Int(node.extent)
            if node.kind == .key {
                key = String(decoding: text(of: node))
                if isThere { return nil }
            } else if isThere {
                guard parent.kind == .object else { return (child, JSONPointer.appending(place, to: pointer)) }
                guard let type else { return (child, JSONPointer.appending(key, to: pointer)) }
                return (child, member(node.field, of: type, child, in: index, pointer))
            }
            place += 1
        }
        return nil
    }

    private func member(_ index: UInt16, of type: MessageType, _ child: Int, in parent: Int, _ pointer: String)
        -> String
    {
        if type.isMixed, !type.isAttribute(index) {
            let items = children(of: parent).filter { $0 < child && !type.isAttribute(nodes[$0].field) }
            let item = JSONPointer.appending(items.count, to: JSONPointer.appending("$mixed", to: pointer))
            return Int(index) < type.fields.count
                ? JSONPointer.appending(type.fields[Int(index)].name, to: item) : item
        }
        guard type.fields.indices.contains(Int(index)) else { return pointer }
        let field = type.fields[Int(index)]
        let named = JSONPointer.appending(field.name, to: pointer)
        guard field.cardinality.isRepeated else { return named }
        var place = 0
        for sibling in children(of: parent) where sibling < child && nodes[sibling].field == index { place += 1 }
        return JSONPointer.appending(place, to: named)
    }
}

extension MessageType {
    /// Whether the field at `index` stands in the start tag; what is no field does not.
    fileprivate func isAttribute(_ index: UInt16) -> Bool {
        guard fields.indices.contains(Int(index)) else { return false }
        switch fields[Int(index)].xmlNode {
        case .attribute, .attributeWildcard: return true
        case .element, .text, .group, .wildcard, .elsewhere: return false
        }
    }
}
