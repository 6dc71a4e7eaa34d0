internal import Buffers
internal import Canonical

/// Objects that came without types, where a wildcard or `@type` says what they are: JSON knows global elements only by
/// name. Members are found by name; the schema's order is kept as ever.
extension XMLEncoder {
    /// Writes an untyped object as message type `declared`, or the one derived from it that it names.
    mutating func untyped(
        _ declared: Int, _ index: Int, close: RawSpan, _ document: borrowing Document, _ out: inout ByteWriter
    ) throws(XMLEncodingError) {
        let members = namedMembers(index, document)
        var type = declared
        if let name = members["@type"] {
            guard nodes[name].kind == .string, let named = plan.messageType(named: document.text(of: nodes[name])),
                plan.isType(named, declared)
            else { throw XMLEncodingError(.type, at: index) }
            if named != declared { out.append(literals.extracting(types[named].typeAttribute.range)) }
            type = named
        }
        if types[type].traits.contains(.isAbstract) { throw XMLEncodingError(.type, at: index) }
        let mark = fresh.count
        try checkMembers(members, of: type)
        try untypedAttributes(type, members, document, &out)
        if let isNil = members["$nil"], nodes[isNil].kind == .true {
            try declare(.xsi, &out)
            out.append(" xsi:nil=\"true\"/>")
            return leave(mark)
        }
        out.append(UInt8(ascii: ">"))
        let start = out.count
        try untypedFields(type, members, document, &out)
        finish(since: start, close: close, &out)
        leave(mark)
    }

    /// Writes the elements of an untyped object as those of the group `type`.
    mutating func untypedContent(
        _ type: Int, _ index: Int, _ document: borrowing Document, _ out: inout ByteWriter
    ) throws(XMLEncodingError) {
        let members = namedMembers(index, document)
        try checkMembers(members, of: type)
        try untypedFields(type, members, document, &out)
    }

    private func namedMembers(_ index: Int, _ document: borrowing Document) -> [String: Int] {
        var members: [String: Int] = [:]
        for (key, value) in document.members(of: index) {
            members[String(decoding: document.text(of: nodes[key]))] = value
        }
        return members
    }

    private func checkMembers(_ members: [String: Int], of type: Int) throws(XMLEncodingError) {
        var known: Set<String> = ["@type", "$nil"]
        if types[type].traits.contains(.isMixed) { known.insert("$mixed") }
        for field in plan.schema.messages[type].fields { known.insert(field.name) }
        for (name, value) in members where !known.contains(name) { throw XMLEncodingError(.member, at: value) }
    }

    private mutating func untypedAttributes(
        _ type: Int, _ members: [String: Int], _ document: borrowing Document, _ out: inout ByteWriter
    ) throws(XMLEncodingError) {
        for (place, field) in plan.schema.messages[type].fields.enumerated() {
            guard let value = members[field.name] else { continue }
            let plan = types[type].firstField &+ place
            switch fields[plan].role {
            case .attribute: try attribute(plan, value, document, &out)
            case .attributeWildcard: try otherAttributes(type, value, document, &out)
            case .text where fields[plan].value.content == .qualifiedName: try declareNames(value, document, &out)
            case .element, .text, .group, .wildcard, .elsewhere: continue
            }
        }
    }

    private mutating func untypedFields(
        _ type: Int, _ members: [String: Int], _ document: borrowing Document, _ out: inout ByteWriter
    ) throws(XMLEncodingError) {
        for (place, field) in plan.schema.messages[type].fields.enumerated() {
            guard let value = members[field.name] else { continue }
            let plan = types[type].firstField &+ place
            if fields[plan].value.isRepeated, nodes[value].kind == .list {
                for item in document.children(of: value) { try untypedField(plan, item, document, &out) }
            } else {
                try untypedField(plan, value, document, &out)
            }
        }
        if types[type].traits.contains(.isMixed), let items = members["$mixed"] {
            try untypedMixed(type, items, document, &out)
        }
    }

    /// Text as strings, elements as objects of one member, in their order.
    private mutating func untypedMixed(
        _ type: Int, _ items: Int, _ document: borrowing Document, _ out: inout ByteWriter
    ) throws(XMLEncodingError) {
        guard nodes[items].kind == .list else { throw XMLEncodingError(.member, at: items) }
        for item in document.children(of: items) {
            if nodes[item].kind == .object, nodes[item].message == nil {
                let members = namedMembers(item, document)
                try checkMembers(members, of: type)
                try untypedFields(type, members, document, &out)
            } else {
                guard nodes[item].kind == .string else { throw XMLEncodingError(.text, at: item) }
                try text(ValuePlan(content: .text, target: -1), item, document, &out)
            }
        }
    }

    private mutating func untypedField(
        _ field: Int, _ index: Int, _ document: borrowing Document, _ out: inout ByteWriter
    ) throws(XMLEncodingError) {
        let value = fields[field].value
        switch fields[field].role {
        case .element: try element(index, field, document, &out)
        case .group: try group(Int(value.target), index, document, &out)
        case .wildcard: try item(Int(fields[field].wildcard), index, document, &out)
        case .text:
            if value.content == .qualifiedName {
                try names(index, document, &out)
            } else {
                try text(value, index, document, &out)
            }
        case .attribute, .attributeWildcard, .elsewhere: return
        }
    }
}
