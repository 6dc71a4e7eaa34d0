/// How a field stands in XML. An annotation of `Field`; without one a field is an unqualified child element.
public enum XMLNode: Sendable {
    /// A child element; repeated fields are repeated elements.
    case element(QualifiedName)
    case attribute(QualifiedName)
    /// The character content of a type with simple content and attributes (property `$`).
    case text
    /// The fields of the field's message type stand directly among the elements around it: a repeating group (property
    /// named after the group, or `$items`).
    case group
    /// Elements that the schema does not name (property `$any`).
    case wildcard(XMLWildcard)
    /// Attributes that the schema does not name (property `@*`).
    case attributeWildcard(XMLWildcard)
    /// Not in this element: the protocol puts it elsewhere (declared SOAP headers, property `$headers`).
    case elsewhere
}

/// Which names a wildcard admits and how closely they are looked at (XSD 1.0 part 1 §3.10).
public struct XMLWildcard: Sendable {
    public enum Namespaces: Sendable {
        case any
        /// Any but this one and none (`##other`).
        case other(than: String)
        /// One of these; the empty string is no namespace.
        case among([String])
    }
    public enum Process: Sendable { case strict, lax, skip }

    public var namespaces: Namespaces
    public var process: Process

    public init(namespaces: Namespaces, process: Process) {
        self.namespaces = namespaces
        self.process = process
    }
}
