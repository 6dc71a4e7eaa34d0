public import Buffers
public import Canonical
internal import JSONCodec

/// Protobuf for one message type of a contract: bytes to tape and back, both along a plan compiled at load.
///
/// On the tape stands what proto3 JSON shows (`TapeSink` says how), so that every format shows the same. Fields that the
/// schema does not know travel with their message.
public final class ProtobufCoder: MessageCoder {
    public let message: MessageID
    let plan: ProtobufPlan
    let root: FieldPlan

    /// A coder for `message` of the schema that `plan` was compiled from; coders of one contract share one plan.
    public init(_ message: MessageID, plan: ProtobufPlan) {
        self.message = message
        self.plan = plan
        root = plan.messages[message.index].whole
    }

    /// Reads one whole message.
    ///
    /// - Throws: `invalidArgument`, with a violation that has the pointer: "protobuf.malformed", "protobuf.depth",
    ///   "protobuf.utf8", "protobuf.required"; with `origin` upstream the code is `internal`. `resourceExhausted`:
    ///   "protobuf.scattered" for messages whose fields would have to be put together on too many levels.
    public func decode(_ bytes: Bytes) throws(Failure) -> Document {
        var reader = WireMessageReader(plan: plan, sink: TapeSink(source: bytes))
        try reader.readRoot(bytes.span, root)
        return reader.finish().builder.finish()
    }

    /// Writes `document`, whatever format it was read from.
    ///
    /// - Throws: `invalidArgument` (`internal` with `origin` upstream), with a violation that has the pointer, for a value
    ///   that does not fit its field: "protobuf.type", "protobuf.required", "protobuf.oneof", "protobuf.duplicate",
    ///   "protobuf.depth". Nothing is written then.
    public func encode(_ document: borrowing Document, into out: inout ByteWriter) throws(Failure) {
        let start = out.count
        var reader = TapeMessageReader(
            document, plan: plan, sink: WireSink(exchange(&out, with: ByteWriter())))
        do throws(Failure) {
            try reader.readValue(0, root, at: Node.noField)
            out = reader.finish().out
        } catch {
            out = reader.finish().out
            out.truncate(to: start)
            throw error
        }
    }

    public func rewrite(
        _ bytes: Bytes, as coder: any MessageCoder, into out: inout ByteWriter
    ) throws(Failure) -> Bool {
        guard let coder = coder as? JSONCoder, let (dialect, message) = coder.dialect, message == self.message,
            let json = dialect as? ProtobufJSON, json.plan === plan
        else { return false }
        try ProtobufJSONLane(message, plan: plan).writeJSON(of: bytes, into: &out)
        return true
    }
}
