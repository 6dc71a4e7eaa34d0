public import Buffers
public import Canonical

// Details as proto3 JSON shows an `Any`.
extension FailureDetail {
    private static let prefix = "type.googleapis.com/"

    /// A message whose type is not known, as its bytes.
    ///
    /// - Parameters:
    ///   - url: Of its type, or the name.
    ///   - base64: Its bytes; of either alphabet.
    init(type url: String, base64: String) {
        var builder = DocumentBuilder()
        let object = builder.openObject(nil, field: Node.noField)
        let full = url.contains("/") ? url : Self.prefix + url
        builder.text(.key, "@type", field: Node.noField)
        builder.text(.string, full, field: Node.noField)
        builder.text(.key, "value", field: Node.noField)
        var bytes = ByteWriter()
        bytes.append(decodingBase64: Array(base64.utf8).span.bytes)
        Self.append(bytes.written, to: &builder)
        builder.close(object)
        self.init(typeName: Self.name(of: full), document: builder.finish())
    }

    /// A body as it came, as a `google.api.HttpBody`.
    public init(body: Bytes, type: String) {
        var builder = DocumentBuilder()
        let object = builder.openObject(nil, field: Node.noField)
        builder.text(.key, "@type", field: Node.noField)
        builder.text(.string, Self.prefix + "google.api.HttpBody", field: Node.noField)
        if !type.isEmpty {
            builder.text(.key, "contentType", field: Node.noField)
            builder.text(.string, type, field: Node.noField)
        }
        builder.text(.key, "data", field: Node.noField)
        Self.append(body.span, to: &builder)
        builder.close(object)
        self.init(typeName: "google.api.HttpBody", document: builder.finish())
    }

    private static func append(_ bytes: RawSpan, to builder: inout DocumentBuilder) {
        var text = ByteWriter()
        text.append(base64: bytes)
        let start = builder.side.count
        builder.side.append(contentsOf: text.finish().array)
        builder.sideText(.bytes, from: start, flags: [.isBase64, .isPlain], field: Node.noField)
    }

    /// What stands behind the last slash of a type's URL.
    static func name(of url: String) -> String {
        url.split(separator: "/").last.map(String.init) ?? url
    }
}
