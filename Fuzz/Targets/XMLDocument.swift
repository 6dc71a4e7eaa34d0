internal import Buffers
internal import XMLCodec

/// Reads a document in every way there is; what was read and written again must read as the same.
func fuzzXML(_ input: [UInt8]) {
    let bytes = Bytes(input)
    _ = try? XMLElement.read(bytes)
    guard let document = try? XMLCharset.utf8(bytes), let copy = try? rewritten(document, mark: "_") else { return }
    // Every name has got a declaration of its own.
    let roomy = XMLLimits(attributes: 1024, tagBytes: .max, nameBytes: .max, textBytes: .max, namespaces: .max)
    let again = try? rewritten(copy, mark: "", limits: roomy)
    if again != copy { fatalError("a document changed: \(String(copy))") }
}

/// The document with a prefix per name. `mark` goes before each namespace, so that all of them can be declared.
private func rewritten(_ document: Bytes, mark: StaticString, limits: XMLLimits = .message) throws(XMLError) -> Bytes {
    var tokenizer = XMLTokenizer(document, limits: limits)
    var out = ByteWriter()
    while true {
        switch try tokenizer.next() {
        case .startElement: try writeStart(tokenizer, mark, into: &out)
        case .text: try out.appendXMLText(tokenizer.text)
        case .endElement:
            out.append("</e:")
            out.append(tokenizer.localName)
            out.append(">")
        case .end: return out.finish()
        }
    }
}

private func writeStart(
    _ tokenizer: borrowing XMLTokenizer, _ mark: StaticString, into out: inout ByteWriter
) throws(XMLError) {
    precondition(tokenizer.range.lowerBound < tokenizer.range.upperBound && tokenizer.depth > 0)
    out.append("<e:")
    out.append(tokenizer.localName)
    try declare("e", mark, tokenizer.namespaceName(tokenizer.namespace), into: &out)
    for index in 0..<tokenizer.attributeCount {
        let prefix = "a\(index)"
        try declare(prefix, mark, tokenizer.namespaceName(tokenizer.attributeNamespace(index)), into: &out)
        out.append(" \(prefix):")
        out.append(tokenizer.attributeLocalName(index))
        out.append("=\"")
        try out.appendXMLAttributeValue(tokenizer.attributeValue(index))
        out.append("\"")
    }
    out.append(">")
}

private func declare(
    _ prefix: String, _ mark: StaticString, _ namespace: Bytes, into out: inout ByteWriter
) throws(XMLError) {
    out.append(" xmlns:\(prefix)=\"")
    out.append(mark)
    try out.appendXMLAttributeValue(namespace.span)
    out.append("\"")
}
