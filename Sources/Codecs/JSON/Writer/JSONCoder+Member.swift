public import Buffers
public import Canonical

extension JSONCoder {
    /// Writes the value of one field of the root object by itself: an array for a repeated field, `null` when it is absent.
    ///
    /// - Parameter field: Its place in the root's message type.
    public func encode(
        member field: Int, of document: borrowing Document, into out: inout ByteWriter
    ) throws(Failure) {
        if let (dialect, message) = dialect {
            return try dialect.encode(member: field, of: document, as: message, into: &out)
        }
        guard let id = document.root.message, plan.messages[id.index].fields.indices.contains(field) else {
            out.append("null")
            return
        }
        let value = plan.messages[id.index].fields[field]
        let encoder = JSONEncoder(document, plan: plan)
        if value.isRepeated { out.append(UInt8(ascii: "[")) }
        var isFirst = true
        for child in document.children(of: 0) where Int(document.nodes[child].field) == field {
            if !isFirst { out.append(UInt8(ascii: ",")) }
            isFirst = false
            encoder.write(child, as: value, into: &out)
        }
        if value.isRepeated { out.append(UInt8(ascii: "]")) } else if isFirst { out.append("null") }
    }
}
