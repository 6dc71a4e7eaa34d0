internal import Buffers
internal import Canonical

/// Reads one JSON text into a tape, front to back, along a plan.
///
/// A broken rule of the schema is noted and reading goes on; broken JSON ends it.
struct JSONReader: JSONScanning, ~Copyable, ~Escapable {
    let text: RawSpan
    let plan: JSONPlan
    var builder: DocumentBuilder
    var index = 0
    var depth = 0
    var violations: [Violation] = []
    /// How many bytes may still be looked at ahead of time in search of `@type`.
    var lookahead: Int
    /// Whether an untyped object that names a type is read as that type.
    var obeysTypes: Bool

    @_lifetime(copy text)
    init(_ text: RawSpan, source: Bytes, plan: JSONPlan) throws(Failure) {
        guard text.byteCount <= Int(UInt32.max) else {
            throw Failure(.resourceExhausted, "message.too_large", "The message is larger than 4 GiB.", origin: .client)
        }
        self.text = text
        self.plan = plan
        builder = DocumentBuilder(source: source)
        lookahead = text.byteCount &* 4
        obeysTypes = !plan.messages.isEmpty
    }

    var unescaped: [UInt8] {
        _read { yield builder.side }
        _modify { yield &builder.side }
    }

    var maximumViolations: Int { plan.options.maximumViolations }
    var maximumDepth: Int { plan.options.maximumDepth }
    var origin: FailureOrigin { plan.options.origin }

    /// The tape, when the whole text was read and nothing was found wrong.
    consuming func finish() throws(Failure) -> Document {
        try readEnd()
        return builder.finish()
    }

    mutating func readRoot(_ root: FieldPlan) throws(Failure) {
        try readStart()
        if peek == UInt8(ascii: "n"), root.kind == .message {
            try readLiteral("null")
            report("type", "must not be null")
            builder.null(field: Node.noField)
            return
        }
        try readValue(root, field: Node.noField)
        // What was refused left no node, and a tape has a root.
        if builder.nextIndex == 0 { builder.null(field: Node.noField) }
    }

    /// The value of an operation that takes or gives none: nothing, `null` or `{}`.
    mutating func readNothing() throws(Failure) {
        skipSpace()
        if index < text.byteCount {
            let before = builder.nextIndex
            try readUntyped(field: Node.noField)
            let node = builder.nodes[before]
            if node.kind != .null, node.kind != .object || node.extent > 1 { report("type", "must be empty") }
            builder.rollBack(nodes: before, side: 0)
        }
        builder.null(field: Node.noField)
    }
}
