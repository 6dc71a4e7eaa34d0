public import Buffers

/// Writes a document's tape front to back; what every decoder fills.
///
/// Not copyable: one decoder owns it. `field` is the index in the enclosing message type, `Node.noField` elsewhere.
public struct DocumentBuilder: ~Copyable {
    public private(set) var nodes: [Node] = []
    /// Text that is not in the source as it stands; append to it, then refer to it by `sideText`.
    public var side: [UInt8] = []
    public let source: Bytes

    /// Opens a tape over `source`, which text nodes refer to.
    public init(source: Bytes = Bytes()) {
        self.source = source
        nodes.reserveCapacity(min(max(source.count / 16, 8), 4096))
    }

    /// Opens a tape over the text of `document`, whose nodes can then be taken over as they are.
    public init(over document: borrowing Document) {
        source = document.source
        side = document.side
        nodes.reserveCapacity(document.nodes.count)
    }

    /// The index that the next node will have.
    public var nextIndex: Int { nodes.count }

    // MARK: Subtrees

    /// Opens an object, typed or not; returns its index for `close`.
    public mutating func openObject(_ type: MessageID?, field: UInt16) -> Int {
        let payload = type.map { UInt64(UInt($0.index)) } ?? UInt64.max
        return append(.object, payload: payload, field: field)
    }

    public mutating func openList(field: UInt16) -> Int {
        append(.list, payload: 0, field: field)
    }

    /// Closes the object or list at `index`: its subtree is what was appended since.
    public mutating func close(_ index: Int) {
        nodes[index].extent = UInt32(truncatingIfNeeded: nodes.count - index)
    }

    // MARK: Values

    public mutating func null(field: UInt16) {
        _ = append(.null, payload: 0, field: field)
    }

    public mutating func boolean(_ value: Bool, field: UInt16) {
        _ = append(value ? .true : .false, payload: 0, field: field)
    }

    public mutating func signed(_ value: Int64, field: UInt16) {
        _ = append(.signed, payload: UInt64(bitPattern: value), field: field)
    }

    public mutating func unsigned(_ value: UInt64, field: UInt16) {
        _ = append(.unsigned, payload: value, field: field)
    }

    public mutating func double(_ value: Double, field: UInt16) {
        _ = append(.double, payload: value.bitPattern, field: field)
    }

    /// A node whose text is `range` of the source.
    public mutating func text(_ kind: NodeKind, _ range: Range<Int>, flags: NodeFlags = [], field: UInt16) {
        precondition(range.upperBound <= source.count)
        let payload = UInt64(UInt32(range.lowerBound)) << 32 | UInt64(UInt32(range.count))
        _ = append(kind, payload: payload, flags: flags, field: field)
    }

    /// A node whose text is what was appended to `side` from `start` on.
    public mutating func sideText(_ kind: NodeKind, from start: Int, flags: NodeFlags = [], field: UInt16) {
        let payload = UInt64(UInt32(start)) << 32 | UInt64(UInt32(side.count - start))
        _ = append(kind, payload: payload, flags: flags.union(.isInSide), field: field)
    }

    /// A node whose text is `range` of the side area.
    public mutating func sideText(_ kind: NodeKind, _ range: Range<Int>, flags: NodeFlags = [], field: UInt16) {
        precondition(range.upperBound <= side.count)
        let payload = UInt64(UInt32(range.lowerBound)) << 32 | UInt64(UInt32(range.count))
        _ = append(kind, payload: payload, flags: flags.union(.isInSide), field: field)
    }

    /// A node whose text is `string`.
    public mutating func text(_ kind: NodeKind, _ string: String, field: UInt16) {
        let start = side.count
        side.append(contentsOf: string.utf8)
        sideText(kind, from: start, field: field)
    }

    /// Changes the type of the object at `index`, once its discriminator is known.
    public mutating func setType(_ type: MessageID, at index: Int) {
        nodes[index].payload = UInt64(UInt(type.index))
    }

    public mutating func insertFlags(_ flags: NodeFlags, at index: Int) {
        nodes[index].flags.formUnion(flags)
    }

    /// Takes over a node without children of the document whose text this tape is over.
    public mutating func append(_ node: Node, field: UInt16) {
        var node = node
        node.field = field
        nodes.append(node)
    }

    /// Copies the subtree at `index` of `other` as a value of `field`; its text goes to the side area.
    public mutating func append(subtree index: Int, of other: borrowing Document, field: UInt16) {
        let first = nodes.count
        for place in index..<index + Int(other.nodes[index].extent) {
            var node = other.nodes[place]
            switch node.kind {
            case .number, .string, .bytes, .key:
                let start = side.count
                other.text(of: node).withUnsafeBytes { side.append(contentsOf: $0) }
                node.payload = UInt64(UInt32(start)) << 32 | UInt64(UInt32(side.count - start))
                node.flags.formUnion(.isInSide)
            case .null, .false, .true, .signed, .unsigned, .double, .object, .list: break
            }
            nodes.append(node)
        }
        nodes[first].field = field
    }

    /// Forgets all nodes from `nodes` on and the side area from `side` on: what a failed attempt appended.
    public mutating func rollBack(nodes count: Int, side length: Int) {
        nodes.removeSubrange(count...)
        side.removeSubrange(length...)
    }

    /// The document; the builder is used up.
    public consuming func finish() -> Document {
        precondition(!nodes.isEmpty, "a document has a root")
        return Document(source: source, side: side, nodes: nodes)
    }

    private mutating func append(
        _ kind: NodeKind, payload: UInt64, flags: NodeFlags = [], field: UInt16
    ) -> Int {
        nodes.append(Node(payload: payload, extent: 1, field: field, kind: kind, flags: flags))
        return nodes.count &- 1
    }
}
