/// Why bytes are no protobuf message.
public enum WireError: Error, Sendable {
    /// The bytes end inside a field, or a length reaches past the end.
    case truncated
    /// A varint of more than ten bytes.
    case overlong
    /// A field number or wire type that does not exist.
    case invalidTag
    /// A group that is not closed, or a close without a group.
    case unbalancedGroup
    /// Deeper than allowed.
    case tooDeep

    /// One line for people.
    public var message: String {
        switch self {
        case .truncated: "the bytes end inside a field"
        case .overlong: "a varint has more than ten bytes"
        case .invalidTag: "a tag has no valid field number or wire type"
        case .unbalancedGroup: "a group is not closed, or closed without having been opened"
        case .tooDeep: "messages nest too deep"
        }
    }
}
