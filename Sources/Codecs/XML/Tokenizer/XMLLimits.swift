/// How much of a document is read before it is refused. Sizes are in bytes of UTF-8.
public struct XMLLimits: Sendable {
    /// What a document type declaration is met with.
    public enum Doctype: Sendable {
        /// The document is refused: SOAP forbids DTDs, and every entity attack begins with one.
        case refuse
        /// The declaration is stepped over; nothing in it takes effect, nothing is fetched.
        case skip
    }

    public var documentBytes: Int
    /// Open elements, the root included.
    public var depth: Int
    /// Attributes of one element, namespace declarations included.
    public var attributes: Int
    /// One start tag from `<` to `>`.
    public var tagBytes: Int
    /// One name with its prefix.
    public var nameBytes: Int
    /// One run of text between two tags.
    public var textBytes: Int
    /// Namespace declarations in scope at one place, and distinct unknown namespaces in one document.
    public var namespaces: Int
    public var doctype: Doctype

    public init(
        documentBytes: Int = .max, depth: Int = 64, attributes: Int = 256, tagBytes: Int = 16 * 1024,
        nameBytes: Int = 1024, textBytes: Int = 16 * 1024 * 1024, namespaces: Int = 128, doctype: Doctype = .refuse
    ) {
        self.documentBytes = documentBytes
        self.depth = depth
        self.attributes = attributes
        self.tagBytes = tagBytes
        self.nameBytes = nameBytes
        self.textBytes = textBytes
        self.namespaces = namespaces
        self.doctype = doctype
    }

    /// For messages from the network; their size is bounded by the route's body limit.
    public static let message = XMLLimits()
    /// For WSDL and XSD files read at load time; real ones carry a DOCTYPE now and then.
    public static let contract = XMLLimits(
        documentBytes: 16 * 1024 * 1024, depth: 256, tagBytes: 256 * 1024, textBytes: 16 * 1024 * 1024,
        namespaces: 1024, doctype: .skip)
}
