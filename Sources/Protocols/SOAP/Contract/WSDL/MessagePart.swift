internal import Canonical
internal import XMLCodec

/// One part of a message, resolved: what is in the body or a header (WSDL 1.1 §2.3).
struct MessagePart {
    var name: String
    var declaration: ElementDeclaration
    /// Whether the part names a global element, rather than a type.
    var isElement: Bool
    /// The part in its message.
    var origin: Component
}
