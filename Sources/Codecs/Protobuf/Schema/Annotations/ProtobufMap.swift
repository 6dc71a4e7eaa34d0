/// The fields of a map's entries.
public final class ProtobufMap: Sendable {
    /// Number 1: an integer, boolean or text.
    public let key: ProtobufField
    /// Number 2: never repeated, never a map.
    public let value: ProtobufField

    init(key: ProtobufField, value: ProtobufField) {
        self.key = key
        self.value = value
    }
}
