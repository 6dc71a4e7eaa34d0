internal import Buffers
public import Canonical
internal import JSONCodec
internal import ProtobufCodec

/// The messages of one direction of a method, in both of their formats.
public final class MessageFormats: Sendable {
    public let protobuf: any MessageCoder
    public let json: any MessageCoder

    init(_ message: MessageID, protobuf: ProtobufPlan, json: JSONPlan) {
        self.protobuf = ProtobufCoder(message, plan: protobuf)
        self.json = JSONCoder(.message(message), plan: json)
    }

    /// The messages that stand for those of another contract.
    init(_ formats: MessageFormats, _ root: DerivedMethod.Root, _ crossing: Crossing) {
        protobuf = DerivedCoder(formats.protobuf, root, crossing)
        json = DerivedCoder(formats.json, root, crossing)
    }

    func message(_ bytes: Bytes, as format: PayloadFormat) -> Message {
        .encoded(bytes, by: format == .protobuf ? protobuf : json)
    }

    /// The bytes of a message that was received in the format that is wanted.
    func received(_ message: Message, as format: PayloadFormat) -> Bytes? {
        guard case .encoded(let bytes, let coder) = message else { return nil }
        switch format {
        case .protobuf: return coder === protobuf ? bytes : nil
        case .json: return coder === json ? bytes : nil
        }
    }

    /// Writes `message`: as it was received, from one format to the other in one pass, or by its document.
    func write(_ message: Message, as format: PayloadFormat, into out: inout ByteWriter) throws(Failure) {
        try message.write(by: format == .protobuf ? protobuf : json, into: &out)
    }
}
