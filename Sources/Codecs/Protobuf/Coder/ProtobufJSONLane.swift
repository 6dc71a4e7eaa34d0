public import Buffers
public import Canonical

/// Proto3 JSON to protobuf and back in one pass, without a document between: for calls whose messages nobody reads.
///
/// Source: protobuf.dev, "ProtoJSON Format".
public struct ProtobufJSONLane: Sendable {
    public let message: MessageID
    let plan: ProtobufPlan
    let root: FieldPlan

    /// A lane for `message` of the schema that `plan` was compiled from.
    public init(_ message: MessageID, plan: ProtobufPlan) {
        self.message = message
        self.plan = plan
        root = plan.messages[message.index].whole
    }

    /// Writes the protobuf message that the JSON text `bytes` means.
    ///
    /// - Throws: As `JSONCoder.decode`: "json.syntax", "json.depth", "request.invalid" with a violation for each rule that
    ///   is broken. Nothing is written then.
    public func writeProtobuf(of bytes: Bytes, into out: inout ByteWriter) throws(Failure) {
        let start = out.count
        var reader = JSONMessageReader(
            bytes.span, plan: plan, sink: WireSink(exchange(&out, with: ByteWriter())))
        do throws(Failure) {
            try reader.readRoot(root)
            out = reader.finish().out
        } catch {
            out = reader.finish().out
            out.truncate(to: start)
            throw error
        }
    }

    /// Writes the JSON text that the protobuf message `bytes` is shown as.
    ///
    /// - Throws: As `ProtobufCoder.decode`, and "protobuf.no_json" for what JSON cannot show. Nothing is written then.
    public func writeJSON(of bytes: Bytes, into out: inout ByteWriter) throws(Failure) {
        let start = out.count
        var reader = WireMessageReader(
            plan: plan, sink: JSONSink(exchange(&out, with: ByteWriter()), plan: plan))
        do throws(Failure) {
            try reader.readRoot(bytes.span, root)
            out = reader.finish().out
        } catch {
            out = reader.finish().out
            out.truncate(to: start)
            throw error
        }
    }
}
