internal import Buffers
public import Canonical
internal import ProtobufSchema

/// A schema compiled for protobuf and its JSON; one per contract and set of options, shared by its coders.
///
/// The schema's types and fields carry what protobuf knows of them (`ProtobufMessage`, `ProtobufField`).
public final class ProtobufPlan: Sendable {
    let options: ProtobufOptions
    let messages: [MessagePlan]
    let enums: [EnumPlan]
    let maps: [MapPlan]
    /// Types by full name.
    private let names: NameTable
    /// The value of an entry of a `Struct` (field 2 of the entry).
    let structValue: FieldPlan
    /// An item of a `ListValue` (field 1).
    let listItem: FieldPlan

    public init(_ schema: Schema, options: ProtobufOptions = ProtobufOptions()) {
        self.options = options
        var table = PlanTable()
        messages = schema.messages.indices.map { index in
            MessagePlan(schema.messages[index], id: MessageID(index), table: &table, options: options)
        }
        enums = table.enums
        maps = table.maps
        names = NameTable(messages.map(\.fullName))
        let value = messages.first { $0.whole.form == .value }?.whole ?? FieldPlan(.message, form: .value)
        structValue = value.tagged(WireBytes(number: 2, .lengthDelimited))
        listItem = value.tagged(WireBytes(number: 1, .lengthDelimited))
    }

    private init(_ other: ProtobufPlan, options: ProtobufOptions) {
        self.options = options
        messages = other.messages
        enums = other.enums
        maps = other.maps
        names = other.names
        structValue = other.structValue
        listItem = other.listItem
    }

    /// The same plan for what somebody else sends: all that is compiled is shared.
    public func reading(from origin: FailureOrigin) -> ProtobufPlan {
        var options = options
        options.origin = origin
        return ProtobufPlan(self, options: options)
    }

    /// The message type that the URL of an `Any` means: what stands behind its last slash.
    func message(at url: RawSpan) -> MessagePlan? {
        var start = url.byteCount
        while start > 0, url[start &- 1] != UInt8(ascii: "/") { start &-= 1 }
        guard start > 0 else { return nil }
        return names.index(of: url.extracting(start..<url.byteCount)).map { messages[$0] }
    }
}
