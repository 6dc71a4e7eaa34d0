internal import Buffers
internal import Canonical

/// Attributes, behind an open start tag.
extension XMLEncoder {
    /// Writes the attributes of the object at `index`, of message type `type`.
    mutating func attributes(
        _ type: Int, _ index: Int, _ document: borrowing Document, _ out: inout ByteWriter
    ) throws(XMLEncodingError) {
        let first = types[type].firstField
        for child in document.children(of: index) {
            guard Int(nodes[child].field) < types[type].fieldCount else {
                if nodes[child].field == Node.unknownAttributes { try otherAttributes(type, child, document, &out) }
                continue
            }
            let field = first &+ Int(nodes[child].field)
            switch fields[field].role {
            case .attribute: try attribute(field, child, document, &out)
            case .attributeWildcard: try otherAttributes(type, child, document, &out)
            case .element, .text, .group, .wildcard, .elsewhere: continue
            }
        }
    }

    mutating func attribute(
        _ field: Int, _ index: Int, _ document: borrowing Document, _ out: inout ByteWriter
    ) throws(XMLEncodingError) {
        let value = fields[field].value
        if nodes[index].kind == .null {
            if value.isRequired { throw XMLEncodingError(.null, at: index) }
            return
        }
        if value.content == .qualifiedName { try declareNames(index, document, &out) }
        out.append(literals.extracting(fields[field].open.range))
        if value.content == .qualifiedName {
            try names(index, document, &out)
        } else {
            try attributeText(value, index, document, &out)
        }
        out.append(UInt8(ascii: "\""))
    }

    /// Writes the attributes in the object at `index` that the schema does not name: `{namespace}local` to text.
    mutating func otherAttributes(
        _ type: Int, _ index: Int, _ document: borrowing Document, _ out: inout ByteWriter
    ) throws(XMLEncodingError) {
        guard nodes[index].kind == .object, nodes[index].message == nil else {
            throw XMLEncodingError(.object, at: index)
        }
        var written: Set<QualifiedName> = []
        for (key, value) in document.members(of: index) {
            let name = try ExpandedName(document.text(of: nodes[key]), at: key)
            let id = plan.namespaces.id(of: name.namespace.span)
            let isDeclared = id.map { plan.find(name.local.span, $0, in: types[type].attributes) >= 0 } ?? false
            guard id != .xsi, !isDeclared, written.insert(name.qualified).inserted else {
                throw XMLEncodingError(.attribute, at: value)
            }
            try otherAttribute(name, value, document, &out)
        }
    }

    /// Writes one attribute whose name came with the message.
    mutating func otherAttribute(
        _ name: ExpandedName, _ index: Int, _ document: borrowing Document, _ out: inout ByteWriter
    ) throws(XMLEncodingError) {
        guard name.canBeAttribute else { throw XMLEncodingError(.attribute, at: index) }
        let isType = name.isInstanceType
        if isType { try declareNames(index, document, &out) }
        let prefix = try self.prefix(for: name.namespace, at: index, &out)
        out.append(UInt8(ascii: " "))
        prefix.write(before: name.local, into: &out)
        out.append("=\"")
        if isType {
            try names(index, document, &out)
        } else {
            try attributeText(ValuePlan(content: .text, target: -1), index, document, &out)
        }
        out.append(UInt8(ascii: "\""))
    }
}
