/// A namespace name and a local name (Namespaces in XML 1.0); the namespace is empty for none. For load time and tests:
/// the hot path works with namespace ids and spans.
public struct QualifiedName: Hashable, Sendable {
    public var namespace: String
    public var local: String

    public init(_ namespace: String, _ local: String) {
        self.namespace = namespace
        self.local = local
    }
}

extension QualifiedName: CustomStringConvertible {
    /// James Clark's form, `{namespace}local`.
    public var description: String { namespace.isEmpty ? local : "{\(namespace)}\(local)" }
}

extension QualifiedName: Comparable {
    /// By namespace, then by local name.
    public static func < (one: QualifiedName, other: QualifiedName) -> Bool {
        one.namespace == other.namespace ? one.local < other.local : one.namespace < other.namespace
    }
}
