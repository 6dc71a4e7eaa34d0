internal import Buffers
internal import Canonical

/// Simple values, escaped for where they stand.
extension XMLEncoder {
    /// Writes the simple value at `index` as content.
    func text(
        _ value: ValuePlan, _ index: Int, _ document: borrowing Document, _ out: inout ByteWriter
    ) throws(XMLEncodingError) {
        let node = nodes[index]
        switch node.kind {
        case .string: try escape(document.text(of: node), index, isAttribute: false, &out)
        case .number: out.append(document.text(of: node))
        case .true: out.append("true")
        case .false: out.append("false")
        case .null, .object, .key: throw XMLEncodingError(.text, at: index)
        case .list, .signed, .unsigned, .double, .bytes:
            try lexical(value, index, isAttribute: false, document, &out)
        }
    }

    /// Writes the simple value at `index` between the quotes of an attribute.
    func attributeText(
        _ value: ValuePlan, _ index: Int, _ document: borrowing Document, _ out: inout ByteWriter
    ) throws(XMLEncodingError) {
        switch nodes[index].kind {
        case .string: try escape(document.text(of: nodes[index]), index, isAttribute: true, &out)
        case .null, .object, .key: throw XMLEncodingError(.text, at: index)
        case .number, .true, .false, .list, .signed, .unsigned, .double, .bytes:
            try lexical(value, index, isAttribute: true, document, &out)
        }
    }

    func escape(
        _ text: RawSpan, _ index: Int, isAttribute: Bool, _ out: inout ByteWriter
    ) throws(XMLEncodingError) {
        do {
            if isAttribute {
                try out.appendXMLAttributeValue(text)
            } else {
                try out.appendXMLText(text)
            }
        } catch {
            throw XMLEncodingError(.character, at: index)
        }
    }

    /// A value that its type's coder puts into text; the items of a list may need escapes as well.
    private func lexical(
        _ value: ValuePlan, _ index: Int, isAttribute: Bool, _ document: borrowing Document, _ out: inout ByteWriter
    ) throws(XMLEncodingError) {
        for item in document.children(of: index) {
            switch nodes[item].kind {
            case .null, .object, .list, .key: throw XMLEncodingError(.text, at: item)
            case .string where !document.text(of: nodes[item]).isWord: throw XMLEncodingError(.item, at: item)
            case .true, .false, .number, .signed, .unsigned, .double, .string, .bytes: continue
            }
        }
        var raw = ByteWriter()
        coder(value).writeLexical(index, of: document, into: &raw)
        try escape(raw.written, index, isAttribute: isAttribute, &out)
    }

    private func coder(_ value: ValuePlan) -> ScalarCoder {
        if value.target >= 0, Int(value.target) < plan.scalars.count { return plan.scalars[Int(value.target)] }
        return rootScalar ?? XMLDecoder.text
    }
}

extension RawSpan {
    /// Whether this can be an item of a list: not empty, no white space.
    fileprivate var isWord: Bool {
        for index in 0..<byteCount where XMLCharacter.isWhitespace(self[index]) { return false }
        return byteCount > 0
    }
}
