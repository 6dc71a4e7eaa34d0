/// A kind of value: how it is read, how the JSON Schema describes it, and how a default is shown there.
struct Shape<Value: Sendable>: Sendable {
    let schema: JSON
    /// Reads a value; nil when it was reported.
    let read: @Sendable (YAMLNode, inout Reader) -> Value?
    /// The value as the file would say it; nil where a default is better told in words.
    let show: @Sendable (Value) -> JSON?

    init(
        schema: JSON, show: @escaping @Sendable (Value) -> JSON? = { _ in nil },
        read: @escaping @Sendable (YAMLNode, inout Reader) -> Value?
    ) {
        self.schema = schema
        self.read = read
        self.show = show
    }

    func described(_ note: String) -> JSON {
        schema.adding("description", .string(note))
    }

    /// The same values, save the words that CONFIG promises and this version does not understand yet.
    func later(_ words: Set<String>) -> Shape {
        Shape(schema: schema, show: show) { node, reader in
            guard case .scalar(let scalar) = node.content, words.contains(scalar.text) else {
                return read(node, &reader)
            }
            reader.unsupported(scalar.text, at: node.location)
            return nil
        }
    }
}

extension Shape {
    /// A word or number that `parse` understands; `expected` says what that is.
    static func scalar(
        _ expected: String, schema: JSON, show: @escaping @Sendable (Value) -> JSON? = { _ in nil },
        parse: @escaping @Sendable (String) -> Value?
    ) -> Shape {
        Shape(schema: schema, show: show) { node, reader in
            guard case .scalar(let scalar) = node.content, !scalar.isNothing, let value = parse(scalar.text) else {
                reader.expect(expected, found: node)
                return nil
            }
            return value
        }
    }
}

extension Shape where Value: Configurable {
    /// A mapping with declared keys.
    static var mapping: Shape {
        Shape(schema: Value.descriptions.schema) { Value.read($0, reader: &$1) }
    }
}
