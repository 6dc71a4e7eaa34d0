public import Canonical

/// The global declarations of a contract's schemas: what a lax wildcard or an `xs:anyType` with `xsi:type` resolves
/// against. An annotation of `Contract`.
public struct XMLGlobals: Sendable {
    public struct Element: Sendable {
        public var type: ValueType
        public var isNillable: Bool

        public init(type: ValueType, isNillable: Bool) {
            self.type = type
            self.isNillable = isNillable
        }
    }

    public var elements: [QualifiedName: Element]
    /// Global simple types; global complex types carry `XMLTypeName`.
    public var scalars: [QualifiedName: ScalarType]
    /// Prefixes that the schema documents declare, for readable output and property names.
    public var prefixes: [(prefix: String, namespace: String)]

    public init(
        elements: [QualifiedName: Element] = [:], scalars: [QualifiedName: ScalarType] = [:],
        prefixes: [(prefix: String, namespace: String)] = []
    ) {
        self.elements = elements
        self.scalars = scalars
        self.prefixes = prefixes
    }
}
