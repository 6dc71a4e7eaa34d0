/// One entry of a document's tape: a value, or the head of a subtree. 16 bytes.
public struct Node: Sendable {
    /// By kind: offset and length of text (`offset << 32 | length`), the bits of a number, or the message type's index.
    public var payload: UInt64
    /// How many nodes the subtree has, this one included; at least 1.
    public var extent: UInt32
    /// Which field of the enclosing message type this is a value of; `Node.noField` for roots, list items and members of
    /// untyped objects; one of `firstReserved` and above in objects that hold what their type has no place for.
    public var field: UInt16
    public var kind: NodeKind
    public var flags: NodeFlags

    public static let noField = UInt16.max
    /// An element that the type of its object has no place for: an untyped object of one member, its name to its value.
    /// JSON shows all of them as `$any`.
    public static let unknownElement = UInt16.max - 1
    /// The attributes that the type of their object has no place for: an untyped object of names and texts. JSON shows
    /// it as `@*`.
    public static let unknownAttributes = UInt16.max - 2
    /// No field of a message type has this index or a higher one.
    public static let firstReserved = unknownAttributes

    public var textOffset: Int { Int(payload >> 32) }
    public var textLength: Int { Int(payload & 0xFFFF_FFFF) }

    /// The type of a typed object; nil for an untyped one.
    public var message: MessageID? {
        payload == UInt64.max ? nil : MessageID(Int(payload))
    }
}

public enum NodeKind: UInt8, Sendable {
    case null, `false`, `true`
    /// A number as exact decimal text: `-?digits[.digits][e…]`, a valid JSON number.
    case number
    /// `payload` is an Int64's bits, a UInt64, or a Double's bits.
    case signed, unsigned, double
    case string
    /// Bytes; base64 or hexadecimal text when flagged so, else raw.
    case bytes
    /// An object. Children of a typed one carry field indices, and the items of a repeated field stand as siblings with the
    /// same index. Children of an untyped one are pairs: a `key`, then its value.
    case object
    /// An array: items of an untyped array or of a scalar list.
    case list
    /// The name of the next node in an untyped object.
    case key
}

public struct NodeFlags: OptionSet, Sendable {
    public let rawValue: UInt8

    public init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    /// The text lies in the side area (it was unescaped or made), not in the source.
    public static let isInSide = NodeFlags(rawValue: 1)
    public static let isBase64 = NodeFlags(rawValue: 2)
    /// An object that is null but has attributes (`xsi:nil` with attributes).
    public static let isNil = NodeFlags(rawValue: 4)
    /// Text that JSON may write between quotes as it is: no quote, backslash or control character in it.
    public static let isPlain = NodeFlags(rawValue: 8)
    /// Upper-case hexadecimal text of bytes.
    public static let isHexadecimal = NodeFlags(rawValue: 16)
}
