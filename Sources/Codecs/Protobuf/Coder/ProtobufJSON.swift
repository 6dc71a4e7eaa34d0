public import Buffers
public import Canonical
public import JSONCodec

/// Proto3 JSON for the messages of a schema: what `JSONCoder` speaks for contracts that were read from descriptors.
///
/// Source: protobuf.dev, "ProtoJSON Format".
public final class ProtobufJSON: JSONDialect {
    let plan: ProtobufPlan

    public init(_ plan: ProtobufPlan) {
        self.plan = plan
    }

    public func decode(_ bytes: Bytes, as message: MessageID) throws(Failure) -> Document {
        var reader = JSONMessageReader(bytes.span, plan: plan, sink: TapeSink(source: bytes))
        try reader.readRoot(plan.messages[message.index].whole)
        return reader.finish().builder.finish()
    }

    public func encode(
        _ document: borrowing Document, as message: MessageID, into out: inout ByteWriter
    ) throws(Failure) {
        let root = plan.messages[message.index].whole
        try write(document, into: &out) { reader throws(Failure) in
            try reader.readValue(0, root, at: Node.noField)
        }
    }

    public func encode(
        member field: Int, of document: borrowing Document, as message: MessageID, into out: inout ByteWriter
    ) throws(Failure) {
        let message = plan.messages[message.index]
        try write(document, into: &out) { reader throws(Failure) in
            try reader.readMember(field, of: message)
        }
    }

    public func rewrite(
        _ bytes: Bytes, of message: MessageID, as coder: any MessageCoder, into out: inout ByteWriter
    ) throws(Failure) -> Bool {
        guard let coder = coder as? ProtobufCoder, coder.plan === plan, coder.message == message else { return false }
        try ProtobufJSONLane(message, plan: plan).writeProtobuf(of: bytes, into: &out)
        return true
    }

    private func write(
        _ document: borrowing Document, into out: inout ByteWriter,
        _ body: (inout TapeMessageReader<JSONSink>) throws(Failure) -> Void
    ) throws(Failure) {
        let start = out.count
        var reader = TapeMessageReader(
            document, plan: plan, sink: JSONSink(exchange(&out, with: ByteWriter()), plan: plan))
        do throws(Failure) {
            try body(&reader)
            out = reader.finish().out
        } catch {
            out = reader.finish().out
            out.truncate(to: start)
            throw error
        }
    }
}
