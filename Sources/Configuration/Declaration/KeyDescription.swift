/// What a key is, apart from where its value goes.
struct KeyDescription: Sendable {
    enum Presence: Sendable {
        case required, optional
        /// Part of the contract with the user, and not of this version: refused by its name.
        case unsupported
    }

    let name: String
    let presence: Presence
    let schema: JSON
}

extension [KeyDescription] {
    /// The JSON Schema of a mapping with these keys.
    var schema: JSON {
        let known = filter { $0.presence != .unsupported }
        let required = known.filter { $0.presence == .required }.map { JSON.string($0.name) }
        let schema: JSON = [
            "type": "object",
            "properties": .object(known.map { (key: $0.name, value: $0.schema) }),
            "additionalProperties": false,
        ]
        return required.isEmpty ? schema : schema.adding("required", .array(required))
    }

    /// Reports the keys of `node` that are none of these, and those of these that it lacks.
    func check(_ node: YAMLNode, reader: inout Reader) {
        guard case .mapping(let entries) = node.content else { return }
        // The keys that misspelt ones were meant to be are not missing as well.
        var meant: Set<String> = []
        for entry in entries where !contains(where: { $0.name == entry.key }) {
            let nearest = Suggestion.nearest(to: entry.key, among: map(\.name))
            if let nearest { meant.insert(nearest) }
            reader.descend(into: entry) { _, reader in
                let suggestion = nearest.map { "; did you mean \"\($0)\"?" } ?? ""
                reader.report("config.unknown-key", "unknown key\(suggestion)", at: entry.keyLocation)
            }
        }
        // A key that this version does not support may stand in for one that it demands, as `join` does for `call`.
        guard !contains(where: { $0.presence == .unsupported && node[$0.name] != nil }) else { return }
        for key in self where key.presence == .required && node[key.name] == nil && !meant.contains(key.name) {
            reader.missing("the key \"\(key.name)\" is missing", in: node)
        }
    }
}
