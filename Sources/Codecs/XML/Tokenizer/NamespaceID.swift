/// A namespace name as a small number: stable for the namespaces of a `NamespaceTable`, given out per document for the
/// others, where two are equal exactly when their names are.
public struct NamespaceID: Hashable, Sendable {
    public let rawValue: Int32

    public init(rawValue: Int32) {
        self.rawValue = rawValue
    }

    /// No namespace.
    public static let none = NamespaceID(rawValue: 0)
    /// `http://www.w3.org/XML/1998/namespace`, always bound to the prefix `xml`.
    public static let xml = NamespaceID(rawValue: 1)
    /// `http://www.w3.org/2000/xmlns/`, which nothing may be bound to.
    public static let xmlns = NamespaceID(rawValue: 2)
    /// `http://www.w3.org/2001/XMLSchema-instance`: `xsi:type`, `xsi:nil`.
    public static let xsi = NamespaceID(rawValue: 3)
}
