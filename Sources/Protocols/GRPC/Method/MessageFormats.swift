internal import Buffers
internal import Canonical
public import JSONCodec
public import ProtobufCodec

/// The messages of one direction of a method, in both of their formats.
public final class MessageFormats: Sendable {
    public let protobuf: ProtobufCoder
    public let json: JSONCoder
    private let lane: ProtobufJSONLane
    /// The messages are those of a contract without protobuf: between the two stands JSON.
    private let isDerived: Bool
    private let isNothing: Bool

    init(_ message: MessageID, protobuf: ProtobufPlan, json: JSONPlan) {
        self.protobuf = ProtobufCoder(message, plan: protobuf)
        self.json = JSONCoder(.message(message), plan: json)
        lane = ProtobufJSONLane(message, plan: protobuf)
        isDerived = false
        isNothing = false
    }

    /// - Parameter json: Of the contract that `message` was derived from.
    init(_ message: MessageID, protobuf: ProtobufPlan, of type: ValueType, json: JSONPlan) {
        self.protobuf = ProtobufCoder(message, plan: protobuf)
        self.json = JSONCoder(type, plan: json)
        lane = ProtobufJSONLane(message, plan: protobuf)
        isDerived = true
        if case .nothing = type { isNothing = true } else { isNothing = false }
    }

    /// - Throws: As `ProtobufJSONLane.writeJSON` does, where the message must be JSON to be understood.
    func message(_ bytes: Bytes, as format: PayloadFormat) throws(Failure) -> Message {
        if isNothing { return .encoded(Bytes(), by: json) }
        guard format == .protobuf else { return .encoded(bytes, by: json) }
        guard isDerived else { return .encoded(bytes, by: protobuf) }
        var out = ByteWriter(capacity: bytes.count * 2)
        try lane.writeJSON(of: bytes, into: &out)
        return .encoded(out.finish(), by: json)
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
        switch (message, format) {
        case (.encoded(let bytes, let coder), .protobuf) where coder === json:
            try lane.writeProtobuf(of: bytes, into: &out)
        case (.encoded(let bytes, let coder), .json) where coder === protobuf:
            try lane.writeJSON(of: bytes, into: &out)
        case (_, .protobuf) where isDerived:
            var text = ByteWriter(capacity: 512)
            try message.write(by: json, into: &text)
            try lane.writeProtobuf(of: text.finish(), into: &out)
        case (_, .protobuf): try message.write(by: protobuf, into: &out)
        case (_, .json): try message.write(by: json, into: &out)
        }
    }
}
