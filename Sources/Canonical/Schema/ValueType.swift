/// The type of a value: of a field, of an operation's input, of a list's items.
public enum ValueType: Sendable {
    /// A simple value with rules.
    case scalar(ScalarType)
    /// An object of the schema.
    case message(MessageID)
    /// Values of one type by keys of another: a JSON object whose member names are the keys. On the tape it is an untyped
    /// object, each `key` node followed by its value; a key is the lexical form of its type.
    indirect case map(key: ScalarType, value: ValueType)
    /// Anything: the value brings its own structure.
    case any
    /// No value at all.
    case nothing
}

/// The place of a message type in its schema.
public struct MessageID: Hashable, Sendable {
    public let index: Int

    public init(_ index: Int) {
        self.index = index
    }
}
