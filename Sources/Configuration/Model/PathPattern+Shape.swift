extension Configuration.PathPattern {
    static let shape = Shape<Self>(
        schema: ["type": "string", "pattern": "^(/|\\$\\{)"], show: { .string($0.description) },
        read: { node, reader in
            guard let text = Shape<String>.text.read(node, &reader) else { return nil }
            do throws(Problem) {
                return try Self(text)
            } catch {
                reader.report("config.bad-path", error.sentence, at: node.location)
                return nil
            }
        })

    /// What stands before other paths: no parameters, and the slash at its end does not count.
    static let prefixShape = Shape<String>(schema: shape.schema, show: { .string($0.isEmpty ? "/" : $0) }) {
        node, reader in
        guard let pattern = shape.read(node, &reader) else { return nil }
        var prefix = ""
        for segment in pattern.segments {
            guard case .literal(let text) = segment else {
                reader.report("config.bad-path", "a prefix has no parameters and no \"*\"", at: node.location)
                return nil
            }
            if !text.isEmpty { prefix += "/" + text }
        }
        return prefix
    }
}
