internal import Canonical

/// The canonical types of protobuf's simple values, one object each.
enum ProtobufScalars {
    static let string = ScalarType(.string)
    static let timestamp = ScalarType(.temporal(.dateTime), name: WellKnownType.timestamp.rawValue)
    static let duration = ScalarType(.string, name: WellKnownType.duration.rawValue)
    static let fieldMask = ScalarType(.string, name: WellKnownType.fieldMask.rawValue)

    private static let boolean = ScalarType(.boolean)
    private static let bytes = ScalarType(.bytes(.base64))
    private static let double = ScalarType(.float(bits: 64))
    private static let float = ScalarType(.float(bits: 32))
    private static let int = ScalarType(.int(bits: 32))
    private static let unsigned = ScalarType(.unsigned(bits: 32))
    private static let long = ScalarType(.long)
    private static let unsignedLong = ScalarType(.unsignedLong)

    /// The type of a simple value; text for those that are none.
    static func type(_ type: ProtobufType) -> ScalarType {
        switch type {
        case .double: double
        case .float: float
        case .int64, .sint64, .sfixed64: long
        case .uint64, .fixed64: unsignedLong
        case .int32, .sint32, .sfixed32: int
        case .uint32, .fixed32: unsigned
        case .bool: boolean
        case .bytes: bytes
        case .string, .group, .message, .enumeration: string
        }
    }
}
