public import Canonical

/// A message type that proto3 JSON shows in a way of its own.
///
/// A field of such a type has in the canonical schema the type of what JSON shows, `valueType`, so that every format
/// shows a timestamp as a timestamp. On the tape stands that value; only protobuf bytes have the message's fields.
///
/// Source: protobuf.dev, "ProtoJSON Format".
public enum WellKnownType: String, Sendable, CaseIterable {
    case any = "google.protobuf.Any"
    /// RFC 3339 text in UTC with 0, 3, 6 or 9 fraction digits.
    case timestamp = "google.protobuf.Timestamp"
    /// Decimal seconds and `s`.
    case duration = "google.protobuf.Duration"
    /// Paths in lowerCamelCase, separated by commas.
    case fieldMask = "google.protobuf.FieldMask"
    case structure = "google.protobuf.Struct"
    case value = "google.protobuf.Value"
    case listValue = "google.protobuf.ListValue"
    case doubleValue = "google.protobuf.DoubleValue"
    case floatValue = "google.protobuf.FloatValue"
    case int64Value = "google.protobuf.Int64Value"
    case uint64Value = "google.protobuf.UInt64Value"
    case int32Value = "google.protobuf.Int32Value"
    case uint32Value = "google.protobuf.UInt32Value"
    case boolValue = "google.protobuf.BoolValue"
    case stringValue = "google.protobuf.StringValue"
    case bytesValue = "google.protobuf.BytesValue"

    /// What the canonical schema has for a value of it.
    public var valueType: ValueType {
        switch self {
        case .any, .value, .listValue: .any
        case .structure: .map(key: ProtobufScalars.string, value: .any)
        case .timestamp: .scalar(ProtobufScalars.timestamp)
        case .duration: .scalar(ProtobufScalars.duration)
        case .fieldMask: .scalar(ProtobufScalars.fieldMask)
        default: wrapped.map { .scalar(ProtobufScalars.type($0)) } ?? .any
        }
    }

    /// The type of the only field of a wrapper (google/protobuf/wrappers.proto); nil for other messages.
    public var wrapped: ProtobufType? {
        switch self {
        case .doubleValue: .double
        case .floatValue: .float
        case .int64Value: .int64
        case .uint64Value: .uint64
        case .int32Value: .int32
        case .uint32Value: .uint32
        case .boolValue: .bool
        case .stringValue: .string
        case .bytesValue: .bytes
        default: nil
        }
    }
}
