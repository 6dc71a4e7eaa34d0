internal import Buffers
internal import XMLCodec

/// Reads a document into the arrays of a `ContractTree`.
struct ContractTreeReader: ~Copyable {
    private(set) var nodes: [ContractTree.Node] = []
    private(set) var attributes: [ContractTree.Attribute] = []
    private(set) var namespaces: [String] = []
    private(set) var prefixes: [[String: String]] = []
    private(set) var texts: [Int32: String] = [:]
    private(set) var storage: [UInt8] = []

    /// Makes room for what a document of `size` bytes usually has.
    init(size: Int) {
        nodes.reserveCapacity(size / 64)
        attributes.reserveCapacity(size / 32)
        storage.reserveCapacity(size / 2)
    }

    mutating func read(_ source: Bytes, namespaces: NamespaceTable) throws(XMLError) {
        var tokenizer = XMLTokenizer(source, namespaces: namespaces, limits: .contract)
        // The open elements, each with the last of its children so far.
        var open: [(index: Int32, lastChild: Int32)] = []
        while true {
            switch try tokenizer.next() {
            case .startElement:
                let index = Int32(nodes.count)
                if let parent = open.last { link(index, below: parent) }
                if !open.isEmpty { open[open.count - 1].lastChild = index }
                add(tokenizer, scope: open.last.map { nodes[Int($0.index)].prefixes })
                open.append((index, -1))
            case .text:
                if let element = open.last?.index, !tokenizer.isBlankText {
                    texts[element, default: ""] += String(decoding: tokenizer.text)
                }
            case .endElement: _ = open.popLast()
            case .end:
                if nodes.isEmpty { throw XMLError(.truncated, at: source.count) }
                return
            }
        }
    }

    private mutating func link(_ child: Int32, below parent: (index: Int32, lastChild: Int32)) {
        if parent.lastChild < 0 {
            nodes[Int(parent.index)].firstChild = child
        } else {
            nodes[Int(parent.lastChild)].nextSibling = child
        }
    }

    /// Adds the element of the tokenizer's start tag; `scope` is what its parent has in scope.
    private mutating func add(_ tokenizer: borrowing XMLTokenizer, scope: Int32?) {
        var prefixes = scope ?? -1
        if prefixes < 0 || tokenizer.declaresNamespaces {
            prefixes = Int32(self.prefixes.count)
            self.prefixes.append(tokenizer.prefixes)
        }
        let first = attributes.count
        for index in 0..<tokenizer.attributeCount {
            attributes.append(
                ContractTree.Attribute(
                    namespace: number(tokenizer.attributeNamespace(index), in: tokenizer),
                    name: store(tokenizer.attributeLocalName(index)),
                    value: store(tokenizer.attributeValue(index))))
        }
        nodes.append(
            ContractTree.Node(
                local: String(decoding: tokenizer.localName), namespace: number(tokenizer.namespace, in: tokenizer),
                attributes: first..<attributes.count, prefixes: prefixes,
                offset: Int32(tokenizer.range.lowerBound)))
    }

    /// The number of a namespace, whose name is kept the first time.
    private mutating func number(_ id: NamespaceID, in tokenizer: borrowing XMLTokenizer) -> Int32 {
        while namespaces.count <= Int(id.rawValue) {
            let next = NamespaceID(rawValue: Int32(namespaces.count))
            namespaces.append(next == .none ? "" : String(tokenizer.namespaceName(next)))
        }
        return id.rawValue
    }

    private mutating func store(_ text: RawSpan) -> Range<Int32> {
        let start = Int32(storage.count)
        text.withUnsafeBytes { storage.append(contentsOf: $0) }
        return start..<Int32(storage.count)
    }
}
