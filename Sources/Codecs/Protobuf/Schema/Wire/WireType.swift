/// How the bytes of a field are laid out; the low three bits of its tag.
///
/// Source: protobuf.dev, "Encoding".
public enum WireType: UInt8, Sendable {
    case varint = 0, fixed64 = 1, lengthDelimited = 2, startGroup = 3, endGroup = 4, fixed32 = 5
}

/// What stands before the value of a field.
public struct WireTag: Sendable, Equatable {
    /// 1 to 536 870 911.
    public let number: Int
    public let type: WireType

    public static let numbers = 1...0x1FFF_FFFF

    public init(_ number: Int, _ type: WireType) {
        self.number = number
        self.type = type
    }
}
