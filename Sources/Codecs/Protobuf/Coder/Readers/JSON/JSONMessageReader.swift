internal import Buffers
internal import Canonical
internal import JSONCodec

/// Reads proto3 JSON, front to back, and pushes what it finds into a sink.
///
/// A broken rule of the schema is noted and reading goes on; what was refused is not pushed.
///
/// Source: protobuf.dev, "ProtoJSON Format".
struct JSONMessageReader<Sink: MessageSink & ~Copyable>: JSONScanning, ~Copyable, ~Escapable {
    let text: RawSpan
    let plan: ProtobufPlan
    var sink: Sink
    var index = 0
    var depth = 0
    var unescaped: [UInt8] = []
    var violations: [Violation] = []
    /// Bytes that base64 text stands for.
    var decoded: [UInt8] = []
    var keys = KeyLog()
    /// How many bytes may still be looked at ahead of time in search of `@type`.
    var lookahead: Int

    var maximumViolations: Int { plan.options.maximumViolations }
    var maximumDepth: Int { plan.options.maximumDepth }
    var origin: FailureOrigin { plan.options.origin }

    @_lifetime(copy text)
    init(_ text: RawSpan, plan: ProtobufPlan, sink: consuming Sink) {
        self.text = text
        self.plan = plan
        self.sink = sink
        lookahead = text.byteCount &* 16
    }

    consuming func finish() -> Sink { sink }

    /// Reads the whole text as one message.
    mutating func readRoot(_ root: FieldPlan) throws(Failure) {
        guard text.byteCount <= Int(UInt32.max) else { throw plan.tooLarge }
        try readStart()
        if peek == UInt8(ascii: "n"), !root.takesNull {
            try readLiteral("null")
            report("type", "must not be null")
        } else {
            try readValue(root, at: Node.noField)
        }
        try readEnd()
    }

    // MARK: Text

    /// Shows `string` to the sink.
    @inline(__always)
    mutating func push<Result>(
        _ string: LexicalText, _ body: (inout Sink, TextPlace, RawSpan) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        if string.isInSide {
            let unescaped = unescaped
            return try body(&sink, .elsewhere, unescaped.span.bytes.extracting(string.range))
        }
        let place = TextPlace(source: string.range.lowerBound, isPlain: true)
        return try body(&sink, place, text.extracting(string.range))
    }

    @inline(__always)
    func withText<Result>(_ string: LexicalText, _ body: (RawSpan) -> Result) -> Result {
        if string.isInSide { return body(unescaped.span.bytes.extracting(string.range)) }
        return body(text.extracting(string.range))
    }

    /// Forgets what unescaping `string` made, which is the last of its kind.
    mutating func clear(_ string: LexicalText) {
        if string.isInSide { unescaped.removeSubrange(string.range.lowerBound...) }
    }

    /// Reads and forgets a value that breaks the rule `type`.
    mutating func refuse(_ detail: String) throws(Failure) {
        try skipValue()
        report("type", detail)
    }
}
