internal import Canonical

/// A value of a configuration file that knows where it stands.
struct YAMLNode: Sendable {
    enum Content: Sendable {
        case scalar(YAMLScalar)
        case list([YAMLNode])
        case mapping([YAMLEntry])
    }

    var content: Content
    var location: SourceLocation

    /// The entry of a mapping; nil for other nodes.
    subscript(key: String) -> YAMLEntry? {
        guard case .mapping(let entries) = content else { return nil }
        return entries.first { $0.key == key }
    }

    /// What it is, as a finding says it: "expected a list, found a mapping".
    var kind: String {
        switch content {
        case .list: "a list"
        case .mapping: "a mapping"
        case .scalar(let scalar): scalar.isNothing ? "nothing" : "\"\(scalar.shown)\""
        }
    }
}

/// A key of a mapping with its value.
struct YAMLEntry: Sendable {
    var key: String
    var keyLocation: SourceLocation
    var value: YAMLNode
}

/// Text as the file has it. What it means (a number, a duration, an address) is decided by the key it belongs to,
/// never by how it looks, so `off`, `no` and `1.1` are what their author wrote.
struct YAMLScalar: Sendable {
    /// The value, with variables expanded.
    var text: String
    /// What the file says where `text` came from outside it: `${BANK_PASSWORD}`. Such values are never printed.
    var raw: String?
    var isPlain: Bool

    /// The text that may be printed.
    var shown: String { raw ?? text }

    /// Whether it is an empty value or `null`.
    var isNothing: Bool { isPlain && raw == nil && (text.isEmpty || text == "~" || text == "null") }
}
