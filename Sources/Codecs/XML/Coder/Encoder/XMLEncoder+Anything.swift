internal import Buffers
internal import Canonical

/// Values that brought their own structure: what `XMLDecoder.anything` and wildcards read, and what people write like it.
extension XMLEncoder {
    /// Writes a value of any type behind an open start tag.
    mutating func anything(
        _ index: Int, close: RawSpan, _ document: borrowing Document, _ out: inout ByteWriter
    ) throws(XMLEncodingError) {
        guard nodes[index].kind == .object else {
            out.append(UInt8(ascii: ">"))
            try text(ValuePlan(content: .text, target: -1), index, document, &out)
            return out.append(close)
        }
        guard let message = nodes[index].message else { return try generic(index, close: close, document, &out) }
        guard message.index < types.count, !types[message.index].typeAttribute.isEmpty else {
            throw XMLEncodingError(.type, at: index)
        }
        let outer = enter(message.index, &out)
        out.append(literals.extracting(types[message.index].typeAttribute.range))
        try body(message.index, index, close: close, document, &out)
        declared = outer
    }

    /// Writes the elements in the wildcard value at `index`: members named `{namespace}local`.
    mutating func item(
        _ wildcard: Int, _ index: Int, _ document: borrowing Document, _ out: inout ByteWriter
    ) throws(XMLEncodingError) {
        guard nodes[index].kind == .object, nodes[index].message == nil else {
            throw XMLEncodingError(.object, at: index)
        }
        let isLax = wildcard < 0 || plan.wildcards[wildcard].process != .skip
        for (key, value) in document.members(of: index) {
            let name = try ExpandedName(document.text(of: nodes[key]), at: key)
            let id = isLax ? plan.namespaces.id(of: name.namespace.span) : nil
            let global = id.map { Int(plan.find(name.local.span, $0, in: plan.globalElements)) } ?? -1
            if global >= 0 {
                try self.global(plan.globals[global], value, document, &out)
            } else {
                try element(name, value, document, &out)
            }
        }
    }

    /// Writes an element that the contract declares globally.
    private mutating func global(
        _ field: FieldPlan, _ index: Int, _ document: borrowing Document, _ out: inout ByteWriter
    ) throws(XMLEncodingError) {
        out.append(literals.extracting(field.open.range))
        let outer = enter(field.value.content == .message ? Int(field.value.target) : nil, in: field.namespace, &out)
        try value(field.value, index, close: literals.extracting(field.close.range), document, &out)
        declared = outer
    }

    /// Writes an element whose name came with the message.
    private mutating func element(
        _ name: ExpandedName, _ index: Int, _ document: borrowing Document, _ out: inout ByteWriter
    ) throws(XMLEncodingError) {
        let mark = fresh.count
        out.append(UInt8(ascii: "<"))
        let known = knownPrefix(for: name.namespace)
        let prefix = known ?? .fresh(fresh.count + 1)
        prefix.write(before: name.local, into: &out)
        if known == nil { _ = try self.prefix(for: name.namespace, at: index, &out) }
        var close = ByteWriter(capacity: 64)
        close.append("</")
        prefix.write(before: name.local, into: &close)
        close.append(UInt8(ascii: ">"))
        if nodes[index].kind == .null {
            try null(index, &out)
        } else {
            try anything(index, close: close.written, document, &out)
        }
        leave(mark)
    }

    /// Brings the plan's prefixes for what `type` may need into scope; returns which were before.
    private mutating func enter(
        _ type: Int?, in namespace: NamespaceID = .none, _ out: inout ByteWriter
    ) -> [Bool] {
        let outer = declared
        let needed = [.xsi, namespace] + (type.map { plan.reach.namespaces(from: $0) + [types[$0].namespace] } ?? [])
        for id in needed where !declared[Int(id.rawValue)] {
            declared[Int(id.rawValue)] = true
            plan.writeDeclaration(of: id, into: &out)
        }
        return outer
    }

    // MARK: Generic

    /// Writes attributes and children of a generic object; one with `@type` is a value of that type.
    private mutating func generic(
        _ index: Int, close: RawSpan, _ document: borrowing Document, _ out: inout ByteWriter
    ) throws(XMLEncodingError) {
        let members = document.members(of: index)
        if let type = members.first(where: { document.text(of: nodes[$0.key]).equals("@type") }) {
            return try typed(type.value, index, members, close: close, document, &out)
        }
        let mark = fresh.count
        var children: Int?
        var written: Set<QualifiedName> = []
        for (key, value) in members {
            let name = document.text(of: nodes[key])
            if name.equals("$children") || name.equals("$") {
                guard children == nil else { throw XMLEncodingError(.member, at: value) }
                children = value
            } else if name.byteCount > 1, name[0] == UInt8(ascii: "@") {
                let attribute = try attributeName(name.extracting(1..<name.byteCount), at: value)
                guard written.insert(attribute.qualified).inserted else {
                    throw XMLEncodingError(.attribute, at: value)
                }
                try otherAttribute(attribute, value, document, &out)
            } else if !name.equals("$name") {
                throw XMLEncodingError(.member, at: value)
            }
        }
        out.append(UInt8(ascii: ">"))
        let start = out.count
        if let children { try genericContent(children, document, &out) }
        finish(since: start, close: close, &out)
        leave(mark)
    }

    private func attributeName(_ name: RawSpan, at node: Int) throws(XMLEncodingError) -> ExpandedName {
        guard name.begins("xml:", at: 0) else { return try ExpandedName(name, at: node) }
        let local = try ExpandedName(name.extracting(4..<name.byteCount), at: node).local
        return ExpandedName(namespace: ExpandedName.xmlNamespace, local: local)
    }

    /// Writes text, or a list of text and elements.
    private mutating func genericContent(
        _ index: Int, _ document: borrowing Document, _ out: inout ByteWriter
    ) throws(XMLEncodingError) {
        let asText = ValuePlan(content: .text, target: -1)
        guard nodes[index].kind == .list else { return try text(asText, index, document, &out) }
        for child in document.children(of: index) {
            guard nodes[child].kind == .object, nodes[child].message == nil else {
                try text(asText, child, document, &out)
                continue
            }
            let named = document.members(of: child).first { document.text(of: nodes[$0.key]).equals("$name") }
            if let named, nodes[named.value].kind == .string {
                let name = try ExpandedName(document.text(of: nodes[named.value]), at: named.value)
                try element(name, child, document, &out)
            } else {
                try item(-1, child, document, &out)
            }
        }
    }

    /// Writes an object that says its type by `@type`: a message type, or a simple one whose value is in `$`.
    private mutating func typed(
        _ name: Int, _ index: Int, _ members: [(key: Int, value: Int)], close: RawSpan,
        _ document: borrowing Document, _ out: inout ByteWriter
    ) throws(XMLEncodingError) {
        let outer = declared
        let mark = fresh.count
        guard nodes[name].kind == .string else { throw XMLEncodingError(.type, at: name) }
        let text = document.text(of: nodes[name])
        if let type = plan.messageType(named: text), !types[type].typeAttribute.isEmpty {
            _ = enter(type, &out)
            out.append(literals.extracting(types[type].typeAttribute.range))
            try untyped(type, index, close: close, document, &out)
        } else if let scalar = plan.scalarType(named: text),
            let value = members.first(where: { document.text(of: nodes[$0.key]).equals("$") })?.value
        {
            try declare(.xsi, &out)
            try declareNames(name, document, &out)
            out.append(" xsi:type=\"")
            try names(name, document, &out)
            out.append(UInt8(ascii: "\""))
            let plan = ValuePlan(content: .init(self.plan.scalars[scalar].type), target: Int32(scalar))
            declared[Int(NamespaceID.xsi.rawValue)] = true
            try self.value(plan, value, close: close, document, &out)
        } else {
            throw XMLEncodingError(.type, at: name)
        }
        declared = outer
        leave(mark)
    }
}

extension XMLPlan {
    /// The message type called `name`, as JSON says it: by its own name or by that of its declaration.
    func messageType(named name: RawSpan) -> Int? {
        if let index = messagesByName[String(decoding: name)] { return index }
        guard let found = typeNamed(name), found < types.count else { return nil }
        return found
    }

    func scalarType(named name: RawSpan) -> Int? {
        guard let found = typeNamed(name), found >= types.count else { return nil }
        return found - types.count
    }

    private func typeNamed(_ name: RawSpan) -> Int? {
        guard let name = try? ExpandedName(name, at: 0), let id = namespaces.id(of: name.namespace.span) else {
            return nil
        }
        let found = Int(find(name.local.span, id, in: typeNames))
        return found < 0 ? nil : found
    }
}
