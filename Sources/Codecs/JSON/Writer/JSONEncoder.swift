internal import Buffers
internal import Canonical

/// Writes a tape as JSON along a plan: numbers by policy, strings as they stand where that is known to be right.
struct JSONEncoder: ~Escapable {
    let plan: JSONPlan
    let nodes: Span<Node>
    private let source: RawSpan
    private let side: RawSpan

    @_lifetime(borrow document)
    init(_ document: borrowing Document, plan: JSONPlan) {
        self.plan = plan
        nodes = document.nodes.span
        source = document.source.span
        side = document.side.span.bytes
    }

    /// The text of a node that has one.
    @_lifetime(copy self)
    func text(of node: Node) -> RawSpan {
        let range = node.textOffset..<node.textOffset &+ node.textLength
        return (node.flags.contains(.isInSide) ? side : source).extracting(range)
    }

    /// Writes the value at `index`, one of `field`.
    func write(_ index: Int, as field: FieldPlan, into out: inout ByteWriter) {
        let node = nodes[index]
        switch node.kind {
        case .string:
            let text = text(of: node)
            if node.flags.contains(.isPlain) { out.append(quoted: text) } else { out.append(json: text) }
        case .number: writeNumber(text(of: node), as: field, into: &out)
        case .object: writeObject(index, node, as: field, into: &out)
        case .true: out.append("true")
        case .false: out.append("false")
        case .null, .key: out.append("null")
        case .list: writeList(index, as: field, into: &out)
        case .bytes: writeBytes(node, as: field, into: &out)
        case .signed, .unsigned: writeInteger(node, as: field, into: &out)
        case .double: writeDouble(Double(bitPattern: node.payload), into: &out)
        }
    }

    /// The node after the subtree at `index`.
    func index(after index: Int) -> Int {
        index &+ Int(nodes[index].extent)
    }

    // MARK: Structure

    private func writeObject(_ index: Int, _ node: Node, as field: FieldPlan, into out: inout ByteWriter) {
        guard let id = node.message else {
            return writeUntyped(index, as: field.kind == .map ? plan.maps[field.index].value : field, into: &out)
        }
        let message = plan.messages[id.index]
        if field.isCollapsed, field.index == id.index { return writeWrapper(index, message, into: &out) }
        let saysType = field.kind != .message || field.index != id.index || message.isPolymorphic
        out.append(UInt8(ascii: "{"))
        if saysType { message.labels.writeType(into: &out) }
        var members = MemberWriter(isFirst: !saysType)
        members.writeMembers(of: index, message, self, into: &out)
        out.append(UInt8(ascii: "}"))
    }

    /// An object with one repeated field as the array of its items; null where it is null.
    private func writeWrapper(_ index: Int, _ message: MessagePlan, into out: inout ByteWriter) {
        if nodes[index].flags.contains(.isNil) { return out.append("null") }
        let end = self.index(after: index)
        var child = index &+ 1
        var isFirst = true
        out.append(UInt8(ascii: "["))
        while child < end {
            if nodes[child].field == 0 {
                if !isFirst { out.append(UInt8(ascii: ",")) }
                isFirst = false
                write(child, as: message.fields[0], into: &out)
            }
            child = self.index(after: child)
        }
        out.append(UInt8(ascii: "]"))
    }

    private func writeUntyped(_ index: Int, as field: FieldPlan, into out: inout ByteWriter) {
        let end = self.index(after: index)
        var key = index &+ 1
        out.append(UInt8(ascii: "{"))
        while key &+ 1 < end {
            if key > index &+ 1 { out.append(UInt8(ascii: ",")) }
            let name = nodes[key]
            if name.flags.contains(.isPlain) {
                out.append(quoted: text(of: name))
            } else {
                out.append(json: text(of: name))
            }
            out.append(UInt8(ascii: ":"))
            write(key &+ 1, as: field, into: &out)
            key = self.index(after: key &+ 1)
        }
        out.append(UInt8(ascii: "}"))
    }

    private func writeList(_ index: Int, as field: FieldPlan, into out: inout ByteWriter) {
        let item = field.kind == .scalar ? plan.scalars[field.index].members.first ?? field : field
        let end = self.index(after: index)
        var child = index &+ 1
        out.append(UInt8(ascii: "["))
        while child < end {
            if child > index &+ 1 { out.append(UInt8(ascii: ",")) }
            write(child, as: item, into: &out)
            child = self.index(after: child)
        }
        out.append(UInt8(ascii: "]"))
    }

    // MARK: Simple values

    private func writeNumber(_ text: RawSpan, as field: FieldPlan, into out: inout ByteWriter) {
        let isNumber =
            switch field.form {
            case .string: false
            case .varying: isNumber(text, as: field)
            case .number, .boolean, .array: true
            }
        if isNumber { out.append(text) } else { out.append(quoted: text) }
    }

    /// A union's number is shown as the member shows it that the number belongs to.
    private func isNumber(_ text: RawSpan, as field: FieldPlan) -> Bool {
        guard field.kind == .scalar else { return true }
        return plan.scalars[field.index].coder.member(for: text)?.jsonForm(plan.options.numbers) != .string
    }

    private func writeInteger(_ node: Node, as field: FieldPlan, into out: inout ByteWriter) {
        if field.form == .string { out.append(UInt8(ascii: "\"")) }
        if node.kind == .signed {
            out.append(decimal: Int(Int64(bitPattern: node.payload)))
        } else {
            out.append(decimal: UInt(node.payload))
        }
        if field.form == .string { out.append(UInt8(ascii: "\"")) }
    }

    private func writeDouble(_ value: Double, into out: inout ByteWriter) {
        if !value.isFinite { out.append(UInt8(ascii: "\"")) }
        out.append(lexical: value)
        if !value.isFinite { out.append(UInt8(ascii: "\"")) }
    }

    /// Bytes in the text form of their type: base64 where it has none.
    private func writeBytes(_ node: Node, as field: FieldPlan, into out: inout ByteWriter) {
        let text = text(of: node)
        out.append(UInt8(ascii: "\""))
        if field.kind == .scalar {
            plan.scalars[field.index].coder.writeBytes(text, node.flags, into: &out)
        } else if node.flags.isDisjoint(with: [.isBase64, .isHexadecimal]) {
            out.append(base64: text)
        } else {
            out.append(text)
        }
        out.append(UInt8(ascii: "\""))
    }
}
