/// One element of a document read as a whole: for contracts at load time and for tests, never for messages.
public struct XMLElement: Sendable {
    public struct Attribute: Sendable {
        public var name: QualifiedName
        public var value: String
    }

    public var name: QualifiedName
    public var attributes: [Attribute] = []
    public var children: [XMLElement] = []
    /// The text that stands directly in the element, put together.
    public var text = ""
    /// Every prefix in scope with its namespace; the empty prefix is the default namespace.
    public var prefixes: [String: String]
    /// Where the start tag begins.
    public var position: XMLPosition
    /// Where the whole element lies in the UTF-8 document.
    public var range: Range<Int>
}

extension XMLElement {
    public var local: String { name.local }
    public var namespace: String { name.namespace }

    /// The value of an attribute without namespace, or nil.
    public func attribute(_ local: String) -> String? {
        attribute(QualifiedName("", local))
    }

    public func attribute(_ name: QualifiedName) -> String? {
        attributes.first { $0.name == name }?.value
    }

    public func children(_ namespace: String, _ local: String) -> [XMLElement] {
        children.filter { $0.name.local == local && $0.name.namespace == namespace }
    }

    public func firstChild(_ namespace: String, _ local: String) -> XMLElement? {
        children.first { $0.name.local == local && $0.name.namespace == namespace }
    }

    /// The name that `prefix:local` means here; without a prefix it is in the default namespace. Nil when the prefix is
    /// not declared or either half is missing.
    public func resolve(_ value: String) -> QualifiedName? {
        let parts = value.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        guard parts.count <= 2, let local = parts.last, !local.isEmpty else { return nil }
        guard parts.count == 2 else { return QualifiedName(prefixes[""] ?? "", local) }
        guard !parts[0].isEmpty, let namespace = prefixes[parts[0]] else { return nil }
        return QualifiedName(namespace, local)
    }
}
