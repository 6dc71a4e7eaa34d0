public import Canonical

/// What protobuf knows of an operation.
public struct ProtobufMethod: Sendable {
    /// The full name of the service.
    public var service: String
    public var name: String
    /// The types of the messages as protobuf structures them; the operation's own types show well-known ones in their way.
    public var input: MessageID
    public var output: MessageID
    public var isClientStreaming: Bool
    public var isServerStreaming: Bool
    public var idempotency: MethodDescriptor.Idempotency

    /// The path of a gRPC call.
    public var path: String { "/\(service)/\(name)" }
}
