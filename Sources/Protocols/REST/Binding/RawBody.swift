internal import Buffers
internal import Canonical
internal import ProtobufSchema

/// Where a message holds a `google.api.HttpBody`, bytes of any type that are an HTTP body as they are: it is one, or a
/// field of it is.
///
/// Source: google/api/httpbody.proto.
struct RawBody: Sendable {
    /// What an HTTP body is.
    struct Content: Equatable {
        var type = ""
        var bytes = Bytes()
    }

    private let message: MessageID
    /// The place of the field that is the body, and its type; nil where the message itself is.
    private let field: (place: UInt16, type: MessageID)?
    private let contentType: UInt16
    private let data: UInt16

    /// nil when `type` is another one, or its field called `name` is.
    init?(_ type: ValueType, field name: String? = nil, _ schema: Schema) {
        guard case .message(let outer) = type else { return nil }
        var body = outer
        if let name {
            guard let place = schema[outer].fields.firstIndex(where: { $0.name == name }),
                case .message(let inner) = schema[outer].fields[place].type,
                !schema[outer].fields[place].cardinality.isRepeated
            else { return nil }
            field = (UInt16(place), inner)
            body = inner
        } else {
            field = nil
        }
        guard schema[body].annotations[ProtobufMessage.self]?.fullName == "google.api.HttpBody",
            let contentType = schema[body].fields.firstIndex(where: { $0.name == "contentType" }),
            let data = schema[body].fields.firstIndex(where: { $0.name == "data" })
        else { return nil }
        message = outer
        self.contentType = UInt16(contentType)
        self.data = UInt16(data)
    }

    // MARK: Into a message

    /// The message that has `content`, and beside it what `others`, a message of the same type, has.
    func message(_ content: Content, beside others: Document? = nil) -> Document {
        var builder = DocumentBuilder(source: content.bytes)
        let root = builder.openObject(message, field: Node.noField)
        if let others {
            for child in others.children(of: 0) {
                builder.append(subtree: child, of: others, field: others.nodes[child].field)
            }
        }
        let body = field.map { builder.openObject($0.type, field: $0.place) }
        if !content.type.isEmpty { builder.text(.string, content.type, field: contentType) }
        if !content.bytes.isEmpty { builder.text(.bytes, 0..<content.bytes.count, field: data) }
        if let body { builder.close(body) }
        builder.close(root)
        return builder.finish()
    }

    // MARK: Out of a message

    /// The body that `message` has; nil when it has none.
    func content(of message: borrowing Document) -> Content? {
        var place = 0
        if let field {
            guard let child = message.child(of: 0, field: Int(field.place)) else { return nil }
            place = child
        }
        var content = Content()
        for child in message.children(of: place) {
            let node = message.nodes[child]
            switch (node.field, node.kind) {
            case (contentType, .string): content.type = String(decoding: message.text(of: node))
            case (data, .bytes): content.bytes = bytes(node, of: message)
            default: break
            }
        }
        return content
    }

    /// Without a copy where they stand in what was received.
    private func bytes(_ node: Node, of message: borrowing Document) -> Bytes {
        if node.flags.contains(.isBase64) {
            var out = ByteWriter(capacity: node.textLength)
            out.append(decodingBase64: message.text(of: node))
            return out.finish()
        }
        if node.flags.contains(.isInSide) { return Bytes(copying: message.text(of: node)) }
        return message.source[node.textOffset..<node.textOffset + node.textLength]
    }
}
