internal import Buffers
public import Canonical

/// A value of a JSON text without a schema, for looking things up in it.
public struct JSONView {
    private let document: Document
    private let index: Int

    public init(_ document: Document) {
        self.init(document, 0)
    }

    private init(_ document: Document, _ index: Int) {
        self.document = document
        self.index = index
    }

    private var node: Node { document.nodes[index] }

    public var isObject: Bool { node.kind == .object }

    /// The names and values of an object; none of anything else.
    public var members: [(name: String, value: JSONView)] {
        guard isObject else { return [] }
        let children = Array(document.children(of: index))
        return stride(from: 0, to: children.count - 1, by: 2).map { place in
            let name = String(decoding: document.text(of: document.nodes[children[place]]))
            return (name, JSONView(document, children[place + 1]))
        }
    }

    public subscript(name: String) -> JSONView? {
        members.first { $0.name == name }?.value
    }

    /// The items of an array; nil for anything else.
    public var items: [JSONView]? {
        guard node.kind == .list else { return nil }
        return document.children(of: index).map { JSONView(document, $0) }
    }

    public var string: String? {
        guard node.kind == .string else { return nil }
        return String(decoding: document.text(of: node))
    }

    public var integer: Int? {
        guard node.kind == .number else { return nil }
        return Int(String(decoding: document.text(of: node)))
    }

    /// The value as a document of its own.
    public var copy: Document {
        var builder = DocumentBuilder()
        builder.append(subtree: index, of: document, field: Node.noField)
        return builder.finish()
    }
}
