public import Buffers
public import Canonical

/// JSON for one type of a contract: bytes to tape in one pass and back, both along a plan compiled at load.
///
/// Reads RFC 8259 strictly (valid UTF-8, no byte order mark, no duplicate names, bounded depth) and checks every rule of
/// the schema on the way. Knows nothing of HTTP or of other formats.
public final class JSONCoder: MessageCoder {
    public let type: ValueType
    let plan: JSONPlan
    private let root: FieldPlan
    /// Who reads and writes instead, and what.
    public let dialect: (any JSONDialect, MessageID)?

    /// A coder for `type` of the schema that `plan` was compiled from; coders of one contract share one plan.
    public init(_ type: ValueType, plan: JSONPlan) {
        self.type = type
        (self.plan, root) = plan.root(type)
        dialect = plan.dialect.flatMap { dialect in
            if case .message(let message) = type { (dialect, message) } else { nil }
        }
    }

    /// A coder with a plan of its own.
    public convenience init(_ type: ValueType, schema: Schema, options: JSONOptions = JSONOptions()) {
        self.init(type, plan: JSONPlan(schema, options: options))
    }

    /// Reads one whole JSON text.
    ///
    /// - Throws: `invalidArgument`: "json.syntax" for what is not JSON, with its line and column; "json.depth"; and
    ///   "request.invalid" with a violation for each rule of the schema that is broken. With `origin` upstream the code is
    ///   `internal` and the last reason "response.invalid".
    public func decode(_ bytes: Bytes) throws(Failure) -> Document {
        if let (dialect, message) = dialect { return try dialect.decode(bytes, as: message) }
        var reader = try JSONReader(bytes.span, source: bytes, plan: plan)
        if case .nothing = type {
            try reader.readNothing()
        } else {
            try reader.readRoot(root)
        }
        return try reader.finish()
    }

    /// Writes `document` as compact JSON. A value of type `nothing` is no byte at all.
    public func encode(_ document: borrowing Document, into out: inout ByteWriter) throws(Failure) {
        if case .nothing = type { return }
        if let (dialect, message) = dialect { return try dialect.encode(document, as: message, into: &out) }
        JSONEncoder(document, plan: plan).write(0, as: root, into: &out)
    }

    public func rewrite(
        _ bytes: Bytes, as coder: any MessageCoder, into out: inout ByteWriter
    ) throws(Failure) -> Bool {
        guard let (dialect, message) = dialect else { return false }
        return try dialect.rewrite(bytes, of: message, as: coder, into: &out)
    }
}
