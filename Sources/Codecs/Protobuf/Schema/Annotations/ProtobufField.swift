public import Canonical

/// What protobuf knows of a field; stands on every field of a contract that was read from descriptors.
public struct ProtobufField: Sendable {
    /// The name in the .proto file; that of the canonical field is `jsonName`, or `[full.name]` for an extension.
    public var name: String
    public var jsonName: String
    public var number: Int
    /// The type on the wire: `group` for every message between group tags, whatever the file calls it. That of a map is
    /// `message`, the entry's.
    public var type: ProtobufType
    public var isRepeated: Bool
    /// How it is written; packed and single values are both read.
    public var isPacked: Bool
    public var presence: FieldDescriptor.Presence
    public var isUTF8Checked: Bool
    public var isExtension: Bool
    /// The place of its oneof in `ProtobufMessage.oneofs`; the synthetic ones of proto3 do not count.
    public var oneof: Int?
    /// The type of its messages as protobuf structures them, well-known types too; nil for maps.
    public var message: MessageID?
    /// Set where the values of `message` are shown in another way than its fields.
    public var wellKnown: WellKnownType?
    public var enumeration: ProtobufEnum?
    public var map: ProtobufMap?
    /// The declared default: text, C-escaped for bytes, the name for enums. An enum without one has its first value.
    public var defaultValue: String?
}
