/// What `XMLTokenizer.next()` came to; the tokenizer's properties say the rest.
public enum XMLToken: Sendable {
    /// A start tag, or the first half of an empty element.
    case startElement
    /// An end tag, or the second half of an empty element.
    case endElement
    /// Character data between two tags, never empty, whole: CDATA sections are part of it, comments split nothing.
    case text
    /// The document ended as it should; every further call gives this again.
    case end
}
