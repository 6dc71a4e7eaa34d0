public import Buffers

extension ScalarCoder {
    /// Writes the lexical text of the value at `index`, as XML has it: what `append` reads.
    ///
    /// Only `string` nodes can hold characters that markup must escape; this writes them as they are.
    public func writeLexical(_ index: Int, of document: borrowing Document, into out: inout ByteWriter) {
        let node = document.nodes[index]
        switch node.kind {
        case .string, .number, .key: out.append(document.text(of: node))
        case .true: out.append("true")
        case .false: out.append("false")
        case .signed: out.append(decimal: Int(Int64(bitPattern: node.payload)))
        case .unsigned: out.append(decimal: UInt(node.payload))
        case .double: out.append(lexical: Double(bitPattern: node.payload))
        case .bytes: writeBytes(document.text(of: node), node.flags, into: &out)
        case .list:
            var isFirst = true
            for child in document.children(of: index) {
                if !isFirst { out.append(0x20) }
                isFirst = false
                (members.first ?? self).writeLexical(child, of: document, into: &out)
            }
        case .null, .object: break
        }
    }

    /// The member of a union that the lexical text of an atom belongs to.
    public func member(for text: RawSpan) -> ScalarCoder? {
        for member in members {
            if member.form == .union, let inner = member.member(for: text) { return inner }
            if (try? member.read(text, isPlain: true)) != nil { return member }
        }
        return nil
    }

    /// Writes the text of a `bytes` node in the text form of this type.
    public func writeBytes(_ text: RawSpan, _ flags: NodeFlags, into out: inout ByteWriter) {
        let wantsHexadecimal = form == .hexadecimal
        if flags.contains(wantsHexadecimal ? .isHexadecimal : .isBase64) { return out.append(text) }
        if flags.isDisjoint(with: [.isBase64, .isHexadecimal]) {
            return wantsHexadecimal ? out.append(hexadecimal: text) : out.append(base64: text)
        }
        // The other text form: through the bytes.
        var raw = ByteWriter(capacity: text.byteCount)
        if flags.contains(.isBase64) { raw.append(decodingBase64: text) } else { raw.append(decodingHexadecimal: text) }
        wantsHexadecimal ? out.append(hexadecimal: raw.written) : out.append(base64: raw.written)
    }
}
