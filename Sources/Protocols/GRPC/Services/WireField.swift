internal import Buffers
internal import Canonical
internal import ProtobufSchema

/// A field of a small message, for services that read theirs by hand.
struct WireField {
    let tag: WireTag
    /// Of a length-delimited field.
    let content: Bytes
    /// Of a varint.
    let number: UInt64

    var text: String { String(content) }

    static func all(of message: Message, _ formats: MessageFormats) throws(Failure) -> [WireField] {
        var out = ByteWriter()
        try formats.write(message, as: .protobuf, into: &out)
        let bytes = out.finish()
        guard let fields = try? all(of: bytes) else {
            throw Failure(.invalidArgument, "protobuf.malformed", "The bytes are no protobuf message.", origin: .client)
        }
        return fields
    }

    static func all(of bytes: Bytes) throws(WireError) -> [WireField] {
        var fields: [WireField] = []
        var reader = WireReader(bytes.span)
        while let tag = try reader.tag() {
            switch tag.type {
            case .lengthDelimited: fields.append(WireField(tag: tag, content: bytes[try reader.content()], number: 0))
            case .varint: fields.append(WireField(tag: tag, content: Bytes(), number: try reader.varint()))
            default: try reader.skip(tag)
            }
        }
        return fields
    }
}
