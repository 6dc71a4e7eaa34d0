internal import Buffers
internal import Canonical

/// Writing a tape: the schema's order, arrays exactly for repeated fields, numbers by policy.
extension JSONPlan {
    /// Writes the value at `index`, a value of `field`.
    func write(_ index: Int, of document: borrowing Document, as field: FieldPlan, into out: inout ByteWriter) {
        let node = document.nodes[index]
        switch node.kind {
        case .null: out.append("null")
        case .true: out.append("true")
        case .false: out.append("false")
        case .string:
            let text = document.text(of: node)
            if node.flags.contains(.isPlain) { writePlain(text, into: &out) } else { out.append(json: text) }
        case .number: writeNumber(document.text(of: node), as: field, into: &out)
        case .signed, .unsigned: writeInteger(node, as: field, into: &out)
        case .double: writeDouble(Double(bitPattern: node.payload), into: &out)
        case .bytes: writeBytes(document.text(of: node), node.flags, as: field, into: &out)
        case .list: writeList(index, of: document, as: field, into: &out)
        case .object: writeObject(index, node, of: document, as: field, into: &out)
        case .key: out.append("null")
        }
    }

    private func writeObject(
        _ index: Int, _ node: Node, of document: borrowing Document, as field: FieldPlan, into out: inout ByteWriter
    ) {
        guard let id = node.message else { return writeUntyped(index, of: document, as: field, into: &out) }
        let message = messages[id.index]
        let saysType: Bool
        if case .message(let declared) = field.value {
            saysType = declared != id || message.isPolymorphic
        } else {
            saysType = true
        }
        out.append(UInt8(ascii: "{"))
        if saysType { message.labels.writeType(into: &out) }
        var members = MemberWriter(plan: self, message: message, isFirst: !saysType)
        members.writeMembers(of: index, node, document, into: &out)
        out.append(UInt8(ascii: "}"))
    }

    private func writeUntyped(
        _ index: Int, of document: borrowing Document, as field: FieldPlan, into out: inout ByteWriter
    ) {
        out.append(UInt8(ascii: "{"))
        var isValue = false
        var isFirst = true
        for child in document.children(of: index) {
            if isValue {
                write(child, of: document, as: field, into: &out)
            } else {
                if !isFirst { out.append(UInt8(ascii: ",")) }
                isFirst = false
                out.append(json: document.text(of: document.nodes[child]))
                out.append(UInt8(ascii: ":"))
            }
            isValue.toggle()
        }
        out.append(UInt8(ascii: "}"))
    }

    private func writeList(
        _ index: Int, of document: borrowing Document, as field: FieldPlan, into out: inout ByteWriter
    ) {
        let item = field.members.first ?? field
        out.append(UInt8(ascii: "["))
        var isFirst = true
        for child in document.children(of: index) {
            if !isFirst { out.append(UInt8(ascii: ",")) }
            isFirst = false
            write(child, of: document, as: item, into: &out)
        }
        out.append(UInt8(ascii: "]"))
    }

    // MARK: Simple values

    private func writePlain(_ text: RawSpan, into out: inout ByteWriter) {
        out.append(UInt8(ascii: "\""))
        out.append(text)
        out.append(UInt8(ascii: "\""))
    }

    private func writeNumber(_ text: RawSpan, as field: FieldPlan, into out: inout ByteWriter) {
        field.showsNumber(text, options.numbers) ? out.append(text) : writePlain(text, into: &out)
    }

    private func writeInteger(_ node: Node, as field: FieldPlan, into out: inout ByteWriter) {
        let isQuoted = field.form == .string
        if isQuoted { out.append(UInt8(ascii: "\"")) }
        if node.kind == .signed {
            out.append(decimal: Int(Int64(bitPattern: node.payload)))
        } else {
            out.append(decimal: UInt(node.payload))
        }
        if isQuoted { out.append(UInt8(ascii: "\"")) }
    }

    private func writeDouble(_ value: Double, into out: inout ByteWriter) {
        let isQuoted = !value.isFinite
        if isQuoted { out.append(UInt8(ascii: "\"")) }
        out.append(lexical: value)
        if isQuoted { out.append(UInt8(ascii: "\"")) }
    }

    /// Bytes in the text form of their type: base64 where it has none.
    private func writeBytes(
        _ text: RawSpan, _ flags: NodeFlags, as field: FieldPlan, into out: inout ByteWriter
    ) {
        out.append(UInt8(ascii: "\""))
        if case .scalar(let coder) = field.value {
            coder.writeBytes(text, flags, into: &out)
        } else if flags.isDisjoint(with: [.isBase64, .isHexadecimal]) {
            out.append(base64: text)
        } else {
            out.append(text)
        }
        out.append(UInt8(ascii: "\""))
    }
}

extension FieldPlan {
    /// Whether JSON shows the number `text` without quotes.
    func showsNumber(_ text: RawSpan, _ policy: NumberPolicy) -> Bool {
        guard form == .varying, case .scalar(let union) = value else { return form != .string }
        return union.member(for: text)?.jsonForm(policy) != .string
    }
}
