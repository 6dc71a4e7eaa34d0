public import Buffers

extension XMLElement {
    /// Reads a whole document and returns its root.
    ///
    /// - Parameters:
    ///   - source: The document in any encoding that `XMLCharset` knows.
    ///   - charset: What came with it (Content-Type), or nothing.
    /// - Throws: `XMLError`; its offset counts in the document as UTF-8.
    public static func read(
        _ source: Bytes, charset: RawSpan = RawSpan(), limits: XMLLimits = .contract
    ) throws(XMLError) -> XMLElement {
        if source.count > limits.documentBytes { throw XMLError(.tooLarge, at: limits.documentBytes) }
        var reader = TreeReader(try XMLCharset.utf8(source, charset: charset), limits: limits)
        return try reader.read()
    }
}

/// Builds the tree of one document.
private struct TreeReader: ~Copyable {
    private var tokenizer: XMLTokenizer
    private var open: [XMLElement] = []
    /// The place of `offset`: moves forward with the start tags, so that finding all of them is one walk.
    private var position = XMLPosition()
    private var offset = 0

    init(_ source: Bytes, limits: XMLLimits) {
        tokenizer = XMLTokenizer(source, limits: limits)
    }

    mutating func read() throws(XMLError) -> XMLElement {
        var root: XMLElement?
        while true {
            switch try tokenizer.next() {
            case .startElement: open.append(startedElement())
            case .text:
                if let last = open.indices.last { open[last].text += String(decoding: tokenizer.text) }
            case .endElement:
                guard var element = open.popLast() else { continue }
                element.range = element.range.lowerBound..<tokenizer.range.upperBound
                if let last = open.indices.last {
                    open[last].children.append(element)
                } else {
                    root = element
                }
            case .end:
                guard let root else { throw XMLError(.truncated, at: tokenizer.source.count) }
                return root
            }
        }
    }

    private mutating func startedElement() -> XMLElement {
        let start = tokenizer.range.lowerBound
        let source = tokenizer.source
        position.advance(from: offset, to: start, in: source.span)
        offset = start
        var element = XMLElement(
            name: QualifiedName(name(tokenizer.namespace), String(decoding: tokenizer.localName)),
            prefixes: prefixes(), position: position, range: tokenizer.range)
        for index in 0..<tokenizer.attributeCount {
            let local = String(decoding: tokenizer.attributeLocalName(index))
            let name = QualifiedName(name(tokenizer.attributeNamespace(index)), local)
            element.attributes.append(.init(name: name, value: String(decoding: tokenizer.attributeValue(index))))
        }
        return element
    }

    private func name(_ id: NamespaceID) -> String {
        id == .none ? "" : String(tokenizer.namespaceName(id))
    }

    /// What the parent has, unless the tag declares something.
    private func prefixes() -> [String: String] {
        if let parent = open.last, !tokenizer.declaresNamespaces { return parent.prefixes }
        return tokenizer.prefixes
    }
}
