internal import Buffers
internal import Canonical
internal import JSONCodec

/// Reads `bytes` as JSON of no schema and of a schema with one of everything. What is read is written, and what is
/// written reads as itself.
func fuzzJSON(_ bytes: Bytes) {
    for coder in FuzzedJSON.coders {
        guard let document = try? coder.decode(bytes) else { continue }
        let once = FuzzedJSON.write(document, by: coder)
        guard let again = try? coder.decode(once) else { fatalError("what was written is not read") }
        precondition(FuzzedJSON.write(again, by: coder) == once, "what was written reads as something else")
    }
}

private enum FuzzedJSON {
    static let coders = [JSONCoder(.any, schema: schema), JSONCoder(.message(MessageID(0)), schema: schema)]

    static func write(_ document: Document, by coder: JSONCoder) -> Bytes {
        var out = ByteWriter()
        do {
            try coder.encode(document, into: &out)
        } catch {
            fatalError("what was read is not written: \(error.reason)")
        }
        return out.finish()
    }

    private static let schema: Schema = {
        var builder = Schema.Builder()
        let root = builder.reserve()
        let base = builder.reserve()
        let kinds: [ScalarKind] = [
            .string, .boolean, .int(bits: 32), .long, .integer, .decimal, .float(bits: 64), .bytes(.base64),
            .bytes(.hexadecimal), .temporal(.dateTime), .temporal(.duration), .uri, .qualifiedName,
            .list(of: ScalarType(.integer)), .union(of: [ScalarType(.integer), ScalarType(.string)]),
        ]
        var fields = kinds.enumerated().map { index, kind in
            Field(
                name: String(UnicodeScalar(UInt8(97 + index))), type: .scalar(ScalarType(kind)), cardinality: .optional,
                isNillable: index % 2 == 0)
        }
        fields.append(Field(name: "r", type: .message(root), cardinality: .repeated(minimum: 0, maximum: 3)))
        fields.append(Field(name: "t", type: .message(base), cardinality: .optional, isNillable: true))
        fields.append(Field(name: "$any", type: .any, cardinality: .repeated(minimum: 0, maximum: nil)))
        builder.define(root, MessageType(name: "R", fields: fields))
        let content = [
            Field(name: "@a", type: .scalar(ScalarType(.string)), cardinality: .optional),
            Field(name: "$", type: .scalar(ScalarType(.decimal))),
        ]
        builder.define(base, MessageType(name: "B", fields: content))
        _ = builder.add(MessageType(name: "D", fields: content, base: base))
        return builder.build()
    }()
}
