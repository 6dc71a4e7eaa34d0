/// An enum type; fields of it are text in the canonical schema, the names of its values.
public final class ProtobufEnum: Sendable {
    public struct Value: Sendable {
        public let name: String
        public let number: Int32
    }

    public let fullName: String
    /// As declared: several may have one number, and the first of them is how it is written. The first of all is the
    /// default. Never empty.
    public let values: [Value]
    /// Whether numbers without a name are unknown fields instead of values.
    public let isClosed: Bool

    init(_ descriptor: EnumDescriptor) {
        fullName = descriptor.fullName
        let values = descriptor.values.map { Value(name: $0.name, number: $0.number) }
        self.values = values.isEmpty ? [Value(name: "", number: 0)] : values
        isClosed = descriptor.isClosed
    }

    /// `google.protobuf.NullValue`, which JSON shows as null.
    public var isNullValue: Bool { fullName == "google.protobuf.NullValue" }
}
