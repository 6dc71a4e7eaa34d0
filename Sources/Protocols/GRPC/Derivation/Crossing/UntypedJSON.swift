internal import Canonical
internal import JSONCodec

/// JSON without a schema: what `google.protobuf.Value` has on the tape.
enum UntypedJSON {
    static let coder = JSONCoder(.any, schema: Schema.Builder().build())
}

extension Document {
    /// The subtree at `index` as a document of its own.
    func part(at index: Int) -> Document {
        var builder = DocumentBuilder()
        builder.append(subtree: index, of: self, field: Node.noField)
        return builder.finish()
    }
}
