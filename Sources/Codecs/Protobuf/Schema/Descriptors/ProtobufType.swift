/// The type of a field as descriptors say it; the raw value is that of `FieldDescriptorProto.Type`.
public enum ProtobufType: Int32, Sendable {
    case double = 1, float, int64, uint64, int32, fixed64, fixed32, bool, string, group, message, bytes, uint32
    case enumeration, sfixed32, sfixed64, sint32, sint64

    /// The wire type of one value; groups are what they are, other messages are length-delimited.
    public var wireType: WireType {
        switch self {
        case .double, .fixed64, .sfixed64: .fixed64
        case .float, .fixed32, .sfixed32: .fixed32
        case .int64, .uint64, .int32, .bool, .uint32, .enumeration, .sint32, .sint64: .varint
        case .string, .message, .bytes: .lengthDelimited
        case .group: .startGroup
        }
    }

    /// Whether several values may stand in one length-delimited field.
    public var isPackable: Bool {
        switch self {
        case .string, .bytes, .message, .group: false
        default: true
        }
    }

    public var isMessage: Bool { self == .message || self == .group }

    /// The keyword in .proto files; nil for types that are named.
    public var keyword: String? {
        switch self {
        case .double: "double"
        case .float: "float"
        case .int64: "int64"
        case .uint64: "uint64"
        case .int32: "int32"
        case .fixed64: "fixed64"
        case .fixed32: "fixed32"
        case .bool: "bool"
        case .string: "string"
        case .bytes: "bytes"
        case .uint32: "uint32"
        case .sfixed32: "sfixed32"
        case .sfixed64: "sfixed64"
        case .sint32: "sint32"
        case .sint64: "sint64"
        case .group: "group"
        case .message, .enumeration: nil
        }
    }

    /// The scalar types by keyword; groups are no type that a field may name.
    static let scalars: [String: ProtobufType] = {
        let all = (1...18).compactMap { ProtobufType(rawValue: $0) }.filter { $0 != .group }
        return Dictionary(uniqueKeysWithValues: all.compactMap { type in type.keyword.map { ($0, type) } })
    }()
}
