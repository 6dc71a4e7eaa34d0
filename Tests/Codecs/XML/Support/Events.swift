import Buffers
import XMLCodec

/// What a document says, one line per start tag, attribute, text and end tag; nil when it is refused.
func events(_ document: Bytes, limits: XMLLimits = .message) throws(XMLError) -> [String] {
    var tokenizer = XMLTokenizer(document, limits: limits)
    var lines: [String] = []
    while true {
        switch try tokenizer.next() {
        case .startElement:
            lines.append("<" + expanded(tokenizer.namespaceName(tokenizer.namespace), tokenizer.localName))
            lines += attributes(tokenizer)
        case .endElement: lines.append(">")
        case .text: lines.append("'" + String(decoding: tokenizer.text))
        case .end: return lines
        }
    }
}

func events(_ document: String, limits: XMLLimits = .message) throws(XMLError) -> [String] {
    try events(Bytes(document), limits: limits)
}

/// Why a document is refused, or nil.
func refusal(_ document: Bytes, limits: XMLLimits = .message) -> XMLError.Reason? {
    do throws(XMLError) {
        _ = try events(document, limits: limits)
        return nil
    } catch {
        return error.reason
    }
}

func expanded(_ namespace: Bytes, _ local: RawSpan) -> String {
    "{" + String(namespace) + "}" + String(decoding: local)
}

private func attributes(_ tokenizer: borrowing XMLTokenizer) -> [String] {
    var lines: [String] = []
    for index in 0..<tokenizer.attributeCount {
        let name = expanded(
            tokenizer.namespaceName(tokenizer.attributeNamespace(index)), tokenizer.attributeLocalName(index))
        lines.append("@\(name)=" + String(decoding: tokenizer.attributeValue(index)))
    }
    return lines.sorted()
}
