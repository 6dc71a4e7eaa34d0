internal import Buffers
internal import Canonical

/// Objects: attributes, then content in the schema's order.
extension XMLEncoder {
    /// Writes the object at `index`, declared as message type `declared`, behind an open start tag.
    mutating func object(
        _ declared: Int, _ index: Int, close: RawSpan, _ document: borrowing Document, _ out: inout ByteWriter
    ) throws(XMLEncodingError) {
        guard nodes[index].kind == .object else { throw XMLEncodingError(.object, at: index) }
        guard let message = nodes[index].message else {
            return try untyped(declared, index, close: close, document, &out)
        }
        let type = message.index
        if type != declared {
            guard type < types.count, plan.isType(type, declared), !types[type].typeAttribute.isEmpty else {
                throw XMLEncodingError(.type, at: index)
            }
            out.append(literals.extracting(types[type].typeAttribute.range))
        } else if types[type].traits.contains(.isAbstract) {
            throw XMLEncodingError(.type, at: index)
        }
        try body(type, index, close: close, document, &out)
    }

    /// Writes attributes and content of the object at `index`, of message type `type`.
    mutating func body(
        _ type: Int, _ index: Int, close: RawSpan, _ document: borrowing Document, _ out: inout ByteWriter
    ) throws(XMLEncodingError) {
        let mark = fresh.count
        if types[type].traits.contains(.hasAttributes) || holdsUnknownAttributes(index) {
            try attributes(type, index, document, &out)
        }
        if nodes[index].flags.contains(.isNil) {
            try declare(.xsi, &out)
            out.append(" xsi:nil=\"true\"/>")
        } else if types[type].text >= 0 {
            try textContent(type, index, close: close, document, &out)
        } else {
            out.append(UInt8(ascii: ">"))
            let start = out.count
            try content(type, index, document, &out)
            finish(since: start, close: close, &out)
        }
        leave(mark)
    }

    /// Whether the object at `index`, whose type has no attributes, has some; they come first.
    private func holdsUnknownAttributes(_ index: Int) -> Bool {
        nodes[index].extent > 1 && nodes[index &+ 1].field == Node.unknownAttributes
    }

    /// Writes `close`, or makes the start tag one of an empty element when nothing was written since `start`.
    func finish(since start: Int, close: RawSpan, _ out: inout ByteWriter) {
        if out.count == start {
            out.truncate(to: start &- 1)
            out.append("/>")
        } else {
            out.append(close)
        }
    }

    private mutating func textContent(
        _ type: Int, _ index: Int, close: RawSpan, _ document: borrowing Document, _ out: inout ByteWriter
    ) throws(XMLEncodingError) {
        let place = Int(types[type].text)
        guard let child = document.child(of: index, field: place), nodes[child].kind != .null else {
            return out.append("/>")
        }
        let value = fields[types[type].firstField &+ place].value
        if value.content == .qualifiedName { try declareNames(child, document, &out) }
        out.append(UInt8(ascii: ">"))
        if value.content == .qualifiedName {
            try names(child, document, &out)
        } else {
            try text(value, child, document, &out)
        }
        out.append(close)
    }

    // MARK: Content

    /// Writes the child elements of the object at `index` in the order of the schema.
    mutating func content(
        _ type: Int, _ index: Int, _ document: borrowing Document, _ out: inout ByteWriter
    ) throws(XMLEncodingError) {
        let end = index &+ Int(nodes[index].extent)
        var child = index &+ 1
        guard isOrdered(type, child, end) else { return try sortedContent(type, index, document, &out) }
        while child < end {
            try member(type, child, document, &out)
            child &+= Int(nodes[child].extent)
        }
    }

    /// Whether the elements among the children stand in the order of the fields already. Where text may stand between
    /// them, their order is the message's own.
    private func isOrdered(_ type: Int, _ start: Int, _ end: Int) -> Bool {
        if types[type].traits.contains(.isMixed) { return true }
        let first = types[type].firstField
        let hasAttributes = types[type].traits.contains(.hasAttributes)
        var last: UInt16 = 0
        var child = start
        while child < end {
            let field = nodes[child].field
            let isAttribute =
                hasAttributes && Int(field) < types[type].fieldCount && fields[first &+ Int(field)].role.isAttribute
            if !isAttribute {
                if field < last { return false }
                last = field
            }
            child &+= Int(nodes[child].extent)
        }
        return true
    }

    private mutating func sortedContent(
        _ type: Int, _ index: Int, _ document: borrowing Document, _ out: inout ByteWriter
    ) throws(XMLEncodingError) {
        // Field above, place below: the items of one field keep their order.
        var children: [UInt64] = []
        for child in document.children(of: index) {
            children.append(UInt64(nodes[child].field) << 32 | UInt64(UInt32(truncatingIfNeeded: child)))
        }
        children.sort()
        for child in children { try member(type, Int(child & 0xFFFF_FFFF), document, &out) }
    }

    /// Writes one child of an object of message type `type`.
    private mutating func member(
        _ type: Int, _ index: Int, _ document: borrowing Document, _ out: inout ByteWriter
    ) throws(XMLEncodingError) {
        let place = Int(nodes[index].field)
        guard place < types[type].fieldCount else {
            if nodes[index].field == Node.unknownElement { return try item(-1, index, document, &out) }
            if nodes[index].field == Node.unknownAttributes { return }
            guard types[type].traits.contains(.isMixed) else { throw XMLEncodingError(.member, at: index) }
            return try text(ValuePlan(content: .text, target: -1), index, document, &out)
        }
        let field = types[type].firstField &+ place
        switch fields[field].role {
        case .element: try element(index, field, document, &out)
        case .group: try group(Int(fields[field].value.target), index, document, &out)
        case .wildcard: try item(Int(fields[field].wildcard), index, document, &out)
        case .attribute, .text, .attributeWildcard, .elsewhere: return
        }
    }

    /// One branch of a repeating group: its elements without one around them.
    mutating func group(
        _ type: Int, _ index: Int, _ document: borrowing Document, _ out: inout ByteWriter
    ) throws(XMLEncodingError) {
        guard nodes[index].kind == .object else { throw XMLEncodingError(.object, at: index) }
        if nodes[index].message?.index == type { return try content(type, index, document, &out) }
        guard nodes[index].message == nil else { throw XMLEncodingError(.type, at: index) }
        try untypedContent(type, index, document, &out)
    }
}
