internal import Buffers
internal import Canonical
internal import ProtobufSchema

/// Reads a document and pushes what it finds into a sink. Whatever format the document was read from, the values that
/// proto3 JSON takes are taken: integers as text or numbers, enums by name or number, bytes raw or in base64.
struct TapeMessageReader<Sink: MessageSink & ~Copyable>: ~Copyable, ~Escapable {
    let plan: ProtobufPlan
    let nodes: Span<Node>
    private let source: RawSpan
    private let side: RawSpan
    var sink: Sink
    var keys = KeyLog()
    private var depth = 0

    @_lifetime(borrow document)
    init(_ document: borrowing Document, plan: ProtobufPlan, sink: consuming Sink) {
        self.plan = plan
        self.sink = sink
        nodes = document.nodes.span
        source = document.source.span
        side = document.side.span.bytes
    }

    consuming func finish() -> Sink { sink }

    /// The text of a node that has one.
    @_lifetime(copy self)
    func text(of node: Node) -> RawSpan {
        let range = node.textOffset..<node.textOffset &+ node.textLength
        return (node.flags.contains(.isInSide) ? side : source).extracting(range)
    }

    /// The node after the subtree at `index`.
    func index(after index: Int) -> Int {
        index &+ Int(nodes[index].extent)
    }

    /// Reads the value at `index`, one of `field`.
    mutating func readValue(_ index: Int, _ field: FieldPlan, at place: UInt16) throws(Failure) {
        switch field.form {
        case .scalar: try readScalar(nodes[index], field, at: place)
        case .message: try readMessage(index, field, at: place)
        default: try readWellKnown(index, field, at: place)
        }
    }

    func unexpected(_ expectation: String) -> Failure {
        plan.failure("protobuf.type", "The value must be \(expectation).")
    }

    mutating func enter() throws(Failure) {
        depth &+= 1
        guard depth <= plan.options.maximumDepth else {
            throw plan.failure("protobuf.depth", "The messages nest deeper than \(plan.options.maximumDepth) levels.")
        }
    }

    mutating func leave() {
        depth &-= 1
    }

    // MARK: Messages

    private mutating func readMessage(_ index: Int, _ field: FieldPlan, at place: UInt16) throws(Failure) {
        let message = plan.messages[field.index]
        let node = nodes[index]
        guard node.kind == .object, node.message == message.id else {
            throw unexpected("an object of \(message.fullName)")
        }
        let start = sink.openMessage(message, field, at: place)
        let present = try readFields(of: index, message)
        sink.closeMessage(start, message, field, present: present)
    }

    /// Reads the children of the object at `index`, those of one field together; unknown fields last.
    mutating func readFields(of index: Int, _ message: MessagePlan) throws(Failure) -> FieldSet {
        try enter()
        var present = FieldSet()
        var oneofs = FieldSet()
        var hasUnknown = false
        if isOrdered(index) {
            var child = index &+ 1
            let end = self.index(after: index)
            while child < end {
                if nodes[child].field == Node.noField { hasUnknown = true }
                try readRun(&child, until: end, message, &present, &oneofs)
            }
        } else {
            for (field, run) in orderedRuns(index) { try readField(run, field, message, &present, &oneofs) }
            hasUnknown = true
        }
        if hasUnknown { readUnknown(of: index) }
        leave()
        try check(message, present)
        return present
    }

    private func check(_ message: MessagePlan, _ present: FieldSet) throws(Failure) {
        guard !present.isSuperset(of: message.required) else { return }
        for (index, name) in message.fieldNames.enumerated()
        where message.required.contains(index) && !present.contains(index) {
            throw plan.failure("protobuf.required", "A required field is missing.").within(name)
        }
    }

    private mutating func readUnknown(of index: Int) {
        var child = index &+ 1
        let end = self.index(after: index)
        while child < end {
            let node = nodes[child]
            if node.field == Node.noField, node.kind == .bytes { sink.unknown(.elsewhere, text(of: node)) }
            child = self.index(after: child)
        }
    }

    // MARK: Order

    /// Whether the children of each field stand together; JSON's and protobuf's readers leave them so.
    private func isOrdered(_ index: Int) -> Bool {
        var child = index &+ 1
        let end = self.index(after: index)
        var seen = FieldSet()
        var last = Node.noField
        while child < end {
            let field = nodes[child].field
            if field != last, field != Node.noField, !seen.insert(Int(field)) { return false }
            last = field
            child = self.index(after: child)
        }
        return true
    }

    private func orderedRuns(_ index: Int) -> [(field: Int, run: TapeRun)] {
        var runs: [Int: [Int]] = [:]
        var child = index &+ 1
        let end = self.index(after: index)
        while child < end {
            let field = nodes[child].field
            if field != Node.noField { runs[Int(field), default: []].append(child) }
            child = self.index(after: child)
        }
        return runs.sorted { $0.key < $1.key }.map { ($0.key, TapeRun($0.value)) }
    }

    /// Reads the children from `child` on that are of the same field.
    private mutating func readRun(
        _ child: inout Int, until end: Int, _ message: MessagePlan, _ present: inout FieldSet, _ oneofs: inout FieldSet
    ) throws(Failure) {
        let number = nodes[child].field
        let first = child
        var count = 0
        while child < end, nodes[child].field == number {
            count &+= 1
            child = index(after: child)
        }
        guard number != Node.noField else { return }
        try readField(TapeRun(first: first, count: count), Int(number), message, &present, &oneofs)
    }
}
