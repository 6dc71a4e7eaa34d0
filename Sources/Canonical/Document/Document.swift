public import Buffers

/// The canonical value: a flat tape of nodes over the bytes it was read from.
///
/// Text is offset and length into the source; only what had escapes lies in a side area. The first node is the root, and
/// every node knows how many nodes its subtree has, so encoders skip what they do not need. Field names were resolved to
/// field indices of the schema while decoding. Digits of numbers are kept as text.
public struct Document: Sendable {
    public let source: Bytes
    public let side: [UInt8]
    public let nodes: [Node]

    init(source: Bytes, side: [UInt8], nodes: [Node]) {
        self.source = source
        self.side = side
        self.nodes = nodes
    }

    public var root: Node { nodes[0] }

    /// The text of a `number`, `string`, `bytes` or `key` node.
    @_lifetime(borrow self)
    public func text(of node: Node) -> RawSpan {
        let range = node.textOffset..<node.textOffset &+ node.textLength
        if node.flags.contains(.isInSide) {
            return _overrideLifetime(side.span.bytes.extracting(range), borrowing: self)
        }
        return _overrideLifetime(source.span.extracting(range), borrowing: self)
    }

    /// The indices of the direct children of the node at `index`, first to last.
    public func children(of index: Int) -> Children {
        Children(nodes: nodes, place: index + 1, end: index + Int(nodes[index].extent))
    }

    public struct Children: Sequence, IteratorProtocol {
        let nodes: [Node]
        var place: Int
        let end: Int

        public mutating func next() -> Int? {
            guard place < end else { return nil }
            defer { place &+= Int(nodes[place].extent) }
            return place
        }
    }

    /// The index of the first child of the object at `index` that belongs to `field`, or nil.
    public func child(of index: Int, field: Int) -> Int? {
        for child in children(of: index) where Int(nodes[child].field) == field { return child }
        return nil
    }
}
