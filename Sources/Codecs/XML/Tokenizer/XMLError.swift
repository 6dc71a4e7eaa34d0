public import Buffers

/// Why a document was refused, and where.
///
/// Two words in size, so that throwing one costs nothing; line and column are found by `position(in:)` when someone
/// asks.
public struct XMLError: Error, Hashable, Sendable {
    /// What is wrong. The raw values are reason tokens, which are API (docs/failures.md).
    public enum Reason: String, Sendable, CaseIterable {
        // What is not well-formed (XML 1.0, Namespaces in XML 1.0).
        case syntax = "xml.syntax"
        case truncated = "xml.truncated"
        case name = "xml.name"
        case mismatchedTag = "xml.mismatched_tag"
        case outsideRoot = "xml.outside_root"
        case duplicateAttribute = "xml.duplicate_attribute"
        case entity = "xml.entity"
        case character = "xml.character"
        case undeclaredPrefix = "xml.undeclared_prefix"
        case namespace = "xml.namespace"
        case declaration = "xml.declaration"
        // What is not accepted.
        case doctype = "xml.doctype"
        case encoding = "xml.encoding"
        case charset = "xml.charset"
        // What is past a limit of `XMLLimits`.
        case tooLarge = "xml.too_large"
        case tooDeep = "xml.too_deep"
        case tagTooLarge = "xml.tag_too_large"
        case nameTooLong = "xml.name_too_long"
        case textTooLarge = "xml.text_too_large"
        case tooManyAttributes = "xml.too_many_attributes"
        case tooManyNamespaces = "xml.too_many_namespaces"
    }

    public let reason: Reason
    /// The first byte that is wrong, counted from the start of what was read.
    public let offset: Int

    public init(_ reason: Reason, at offset: Int) {
        self.reason = reason
        self.offset = offset
    }

    /// Where the error stands in the document that was read.
    public func position(in document: Bytes) -> XMLPosition {
        XMLPosition(of: offset, in: document.span)
    }
}

extension XMLError: CustomStringConvertible {
    /// A sentence safe to show to clients: it holds nothing of the document.
    public var message: String {
        switch reason {
        case .syntax: "The XML is not well-formed."
        case .truncated: "The XML document ends too early."
        case .name: "A name is missing or holds a character that names cannot have."
        case .mismatchedTag: "An end tag does not match its start tag."
        case .outsideRoot: "There is content outside the root element."
        case .duplicateAttribute: "An attribute occurs twice."
        case .entity: "An entity is referred to that XML does not predefine."
        case .character: "There is a character that XML 1.0 does not allow."
        case .undeclaredPrefix: "A namespace prefix is not declared."
        case .namespace: "A namespace declaration is not allowed."
        case .declaration: "The XML declaration is wrong."
        case .doctype: "A document type declaration is not accepted."
        case .encoding: "The document is not in the character encoding that it claims."
        case .charset: "The character encoding is not supported."
        case .tooLarge: "The XML document is too large."
        case .tooDeep: "Elements are nested too deeply."
        case .tagTooLarge: "A tag is too large."
        case .nameTooLong: "A name is too long."
        case .textTooLarge: "A run of text is too large."
        case .tooManyAttributes: "An element has too many attributes."
        case .tooManyNamespaces: "There are too many namespace declarations."
        }
    }

    public var description: String { "\(reason.rawValue) at byte \(offset)" }
}
