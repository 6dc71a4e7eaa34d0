internal import Buffers
internal import Canonical
internal import ProtobufSchema

/// Simple values as addresses show them: what JSON shows, without its quotes.
enum ScalarText {
    /// The text of the value at `index`; nil for one that is not simple.
    static func text(of index: Int, in document: borrowing Document) -> Bytes? {
        let node = document.nodes[index]
        var out = ByteWriter(capacity: 24)
        switch node.kind {
        case .string, .number: out.append(document.text(of: node))
        case .true: out.append("true")
        case .false: out.append("false")
        case .signed: out.append(decimal: Int(Int64(bitPattern: node.payload)))
        case .unsigned: out.append(decimal: UInt(node.payload))
        case .double: append(Double(bitPattern: node.payload), to: &out)
        case .bytes:
            let isText = !node.flags.isDisjoint(with: [.isBase64, .isHexadecimal])
            if isText { out.append(document.text(of: node)) } else { out.append(base64: document.text(of: node)) }
        case .null, .object, .list, .key: return nil
        }
        return out.finish()
    }

    private static func append(_ value: Double, to out: inout ByteWriter) {
        if value.isInfinite { return out.append(value < 0 ? "-Infinity" : "Infinity") }
        // Whole numbers as JSON has them.
        if let whole = Int64(exactly: value), whole.magnitude < 1 << 53 { return out.append(decimal: Int(whole)) }
        out.append(lexical: value)
    }

    /// What a field without presence is when a message does not have it; nil for one that then has no value.
    static func text(ofAbsent field: Field) -> Bytes? {
        guard let note = field.annotations[ProtobufField.self], note.presence == .implicit, note.map == nil else {
            return nil
        }
        switch note.type {
        case .bool: return Bytes("false")
        case .enumeration: return note.enumeration.flatMap { $0.values.first.map { Bytes($0.name) } }
        case .string, .bytes: return Bytes()
        case .message, .group: return nil
        default: return Bytes("0")
        }
    }
}
