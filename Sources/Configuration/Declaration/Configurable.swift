/// A mapping of the configuration: its keys are declared once, and drive reading, findings and the JSON Schema.
///
/// The properties' initial values are the defaults, so `init()` is the mapping that says nothing.
protocol Configurable: Sendable {
    init()
    static var keys: [Key<Self>] { get }

    /// Looks for what no single key can see, after all keys are read.
    func inspect(_ node: YAMLNode, reader: inout Reader)
}

extension Configurable {
    func inspect(_ node: YAMLNode, reader: inout Reader) {}

    static var descriptions: [KeyDescription] { keys.map(\.description) }

    /// Reads the mapping `node`. What cannot be read is reported and keeps its default.
    static func read(_ node: YAMLNode, reader: inout Reader) -> Self? {
        guard case .mapping = node.content else {
            reader.expect("a mapping", found: node)
            return nil
        }
        var value = Self()
        value.fill(from: node, reader: &reader)
        descriptions.check(node, reader: &reader)
        value.inspect(node, reader: &reader)
        return value
    }

    /// Sets the properties for which `node` has keys.
    mutating func fill(from node: YAMLNode, reader: inout Reader) {
        for key in Self.keys {
            guard let entry = node[key.description.name] else { continue }
            reader.descend(into: entry) { node, reader in
                if key.description.presence == .unsupported {
                    reader.unsupported(entry.key, at: entry.keyLocation)
                } else {
                    key.read(node, &self, &reader)
                }
            }
        }
    }
}
