internal import Buffers
internal import XMLCodec

/// The elements of one document in document order; `ContractElement` is how they are looked at.
final class ContractTree {
    struct Node {
        var local: String
        var namespace: Int32
        var attributes: Range<Int>
        var firstChild: Int32 = -1
        var nextSibling: Int32 = -1
        /// Which of the tree's `prefixes` are in scope.
        var prefixes: Int32
        var offset: Int32
    }

    struct Attribute {
        var namespace: Int32
        var name: Range<Int32>
        var value: Range<Int32>
    }

    private static let known = NamespaceTable([ContractNamespace.xsd] + ContractNamespace.xsdDrafts)

    /// The numbers of XML Schema's namespace and its drafts'.
    static let schemaNamespaces: Range<Int32> = {
        let first = known.id(of: ContractNamespace.xsd)?.rawValue ?? 0
        return first..<first + 1 + Int32(ContractNamespace.xsdDrafts.count)
    }()

    let nodes: [Node]
    let attributes: [Attribute]
    /// Namespaces by number; 0 is none.
    let namespaces: [String]
    /// The sets of prefixes that are in scope somewhere.
    let prefixes: [[String: String]]
    /// The text of the elements that have more than white space.
    let texts: [Int32: String]
    /// Names and values of attributes, one after another.
    private let storage: [UInt8]
    private let source: Bytes
    /// Found when the first place is asked for.
    private lazy var lines = LineIndex(source)

    /// Reads a whole document.
    ///
    /// - Parameter source: The document in UTF-8.
    static func read(_ source: Bytes) throws(XMLError) -> ContractElement {
        var reader = ContractTreeReader(size: source.count)
        try reader.read(source, namespaces: known)
        return ContractElement(tree: ContractTree(reader, source: source), index: 0)
    }

    private init(_ reader: borrowing ContractTreeReader, source: Bytes) {
        nodes = reader.nodes
        attributes = reader.attributes
        namespaces = reader.namespaces
        prefixes = reader.prefixes
        texts = reader.texts
        storage = reader.storage
        self.source = source
    }

    // MARK: Looking

    func string(_ range: Range<Int32>) -> String {
        String(decoding: storage[Int(range.lowerBound)..<Int(range.upperBound)], as: UTF8.self)
    }

    func bytes(_ range: Range<Int32>, equal text: StaticString) -> Bool {
        guard range.count == text.utf8CodeUnitCount else { return false }
        let start = Int(range.lowerBound)
        for index in 0..<range.count where storage[start + index] != text.utf8Start[index] { return false }
        return true
    }

    /// The line and the column of the byte at `offset`.
    func place(of offset: Int) -> (line: Int, column: Int) { lines.place(of: offset) }
}
