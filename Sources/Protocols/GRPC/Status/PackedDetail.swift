internal import Buffers
internal import Canonical
internal import ProtobufSchema

/// A `google.protobuf.Any`: a message and the URL of its type.
struct PackedDetail {
    let url: String
    let value: Bytes

    init(url: String, value: Bytes) {
        self.url = url
        self.value = value
    }

    /// Reads an `Any`.
    init(_ any: Bytes) throws(WireError) {
        var url = ""
        var value = Bytes()
        var reader = WireReader(any.span)
        while let tag = try reader.tag() {
            switch tag {
            case WireTag(1, .lengthDelimited): url = try reader.string()
            case WireTag(2, .lengthDelimited): value = any[try reader.content()]
            default: try reader.skip(tag)
            }
        }
        self.url = url
        self.value = value
    }

    /// A detail that is kept as its bytes: `@type`, then bytes.
    init?(raw document: Document) {
        let nodes = document.nodes
        guard nodes.count == 5, nodes[0].kind == .object, nodes[0].message == nil, nodes[2].kind == .string,
            nodes[4].kind == .bytes, document.text(of: nodes[1]).equals("@type")
        else { return nil }
        url = String(decoding: document.text(of: nodes[2]))
        var out = ByteWriter()
        out.append(decodingBase64: document.text(of: nodes[4]))
        value = out.finish()
    }

    /// What stands behind the last slash of the URL.
    var typeName: String { url.split(separator: "/").last.map(String.init) ?? url }

    func write(into out: inout ByteWriter) {
        if !url.isEmpty { out.append(field: 1, string: url) }
        if !value.isEmpty { out.append(field: 2, content: value.span) }
    }
}
