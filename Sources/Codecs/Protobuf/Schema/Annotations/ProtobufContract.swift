public import Buffers
public import Canonical

/// What a contract that was read from descriptors keeps of them.
public struct ProtobufContract: Sendable {
    public let descriptors: DescriptorSet
    /// The message types by full name: what an `Any` may hold.
    public let messages: [String: MessageID]
    /// Every file as a `google.protobuf.FileDescriptorProto`, imported files before those that import them: what server
    /// reflection gives out.
    public let files: [(name: String, descriptor: Bytes)]

    init(_ descriptors: DescriptorSet, messages: [String: MessageID]) {
        self.descriptors = descriptors
        self.messages = messages
        files = descriptors.files.map { ($0.name, $0.source ?? $0.encoded()) }
    }
}
