/// What protobuf knows of a message type.
public struct ProtobufMessage: Sendable {
    /// Package, outer messages and name, with dots between; what an `Any` says behind its slash.
    public var fullName: String
    /// Set where JSON does not show the fields.
    public var wellKnown: WellKnownType?
    public var isMessageSet: Bool
    /// The names of the oneofs, without the synthetic ones.
    public var oneofs: [String]
}
