import Buffers
import XMLCodec

/// A tokenizer as the macros of the test library need it: copyable, and with strings for spans.
final class TokenReader {
    private var tokenizer: XMLTokenizer

    init(_ document: String, _ namespaces: NamespaceTable = .standard) {
        tokenizer = XMLTokenizer(Bytes(document), namespaces: namespaces)
    }

    var token: XMLToken {
        get throws(XMLError) { try tokenizer.next() }
    }

    func skip(_ tokens: Int) throws(XMLError) {
        for _ in 0..<tokens { _ = try tokenizer.next() }
    }

    func skipElement() throws(XMLError) -> String {
        String(tokenizer.source[try tokenizer.skipElement()])
    }

    func reset(to document: String) {
        tokenizer.reset(to: Bytes(document))
    }

    var depth: Int { tokenizer.depth }
    var range: Range<Int> { tokenizer.range }
    var position: String { tokenizer.position.description }
    var namespace: NamespaceID { tokenizer.namespace }
    var localName: String { tokenizer.localNameText }
    var text: String { tokenizer.textText }
    var textRange: Range<Int>? { tokenizer.textRange }
    var isBlankText: Bool { tokenizer.isBlankText }
    var prefixes: [String: String] { tokenizer.prefixes }

    func isElement(_ namespace: NamespaceID, _ localName: StaticString) -> Bool {
        tokenizer.isElement(namespace, localName)
    }

    func attributeNamespace(_ index: Int) -> NamespaceID { tokenizer.attributeNamespace(index) }
    func attributeValue(_ index: Int) -> String { tokenizer.attributeText(index) }
    func attributeValueRange(_ index: Int) -> Range<Int>? { tokenizer.attributeValueRange(index) }

    func attributeIndex(_ namespace: NamespaceID, _ name: StaticString) -> Int? {
        tokenizer.attributeIndex(namespace, name)
    }

    func namespaceName(_ id: NamespaceID) -> String { String(tokenizer.namespaceName(id)) }

    func namespace(forPrefix prefix: String) -> String? {
        tokenizer.namespace(forPrefix: Bytes(prefix)).map { namespaceName($0) }
    }
}

extension XMLTokenizer {
    fileprivate var localNameText: String { String(decoding: localName) }
    fileprivate var textText: String { String(decoding: text) }
    fileprivate func attributeText(_ index: Int) -> String { String(decoding: attributeValue(index)) }
    fileprivate func namespace(forPrefix prefix: Bytes) -> NamespaceID? { namespace(forPrefix: prefix.span) }
}
