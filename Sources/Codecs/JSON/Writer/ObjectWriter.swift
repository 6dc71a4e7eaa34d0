public import Buffers
public import Canonical

/// An object of a schema that is written while its values come, in the order of their fields: for codecs that have no document
/// between. What `JSONCoder` writes for a document of the same values; mixed content and what the type has no place for is
/// left to it.
public struct ObjectWriter {
    private let plan: JSONPlan
    private let message: MessagePlan
    /// The array of its only field stands for the object.
    private let isWrapper: Bool
    private var members: MemberWriter

    /// Begins the message of `coder`, an object of its type; nil where documents are needed.
    public init?(_ coder: JSONCoder, into out: inout ByteWriter) {
        guard coder.dialect == nil, case .message(let type) = coder.type else { return nil }
        self.init(type, of: FieldPlan(.message, index: type.index), coder.plan, into: &out)
    }

    private init(_ type: MessageID, of field: FieldPlan, _ plan: JSONPlan, into out: inout ByteWriter) {
        self.plan = plan
        message = plan.messages[type.index]
        isWrapper = field.isCollapsed && field.index == type.index
        let saysType = !isWrapper && (field.index != type.index || message.isPolymorphic)
        members = MemberWriter(isFirst: !saysType)
        out.append(isWrapper ? UInt8(ascii: "[") : UInt8(ascii: "{"))
        if saysType { message.labels.writeType(into: &out) }
    }

    /// Begins an object of `type`, the value of `field`, which `begin` was called for.
    public func object(_ type: MessageID, at field: Int, into out: inout ByteWriter) -> ObjectWriter {
        ObjectWriter(type, of: message.fields[field], plan, into: &out)
    }

    /// Writes what stands before a value of `field`; false when the object is past that field, which cannot be mended.
    public mutating func begin(_ field: Int, into out: inout ByteWriter) -> Bool {
        guard field < message.fields.count, members.mayBegin(field) else { return false }
        if isWrapper { members.beginItem(into: &out) } else { members.begin(field, message, into: &out) }
        return true
    }

    /// Writes the value of `field`: what a node of the same kind, text and flags is written as. False for what needs its node.
    public func write(
        _ kind: NodeKind, _ text: RawSpan, _ flags: NodeFlags, at field: Int, into out: inout ByteWriter
    ) -> Bool {
        switch kind {
        case .string where !flags.contains(.isPlain): out.append(json: text)
        case .string, .bytes: out.append(quoted: text)
        case .number:
            switch message.fields[field].form {
            case .string: out.append(quoted: text)
            case .varying: return false
            case .number, .boolean, .array: out.append(text)
            }
        case .true: out.append("true")
        case .false: out.append("false")
        case .null: out.append("null")
        case .signed, .unsigned, .double, .object, .list, .key: return false
        }
        return true
    }

    public mutating func end(into out: inout ByteWriter) {
        if isWrapper { return out.append(UInt8(ascii: "]")) }
        members.end(message, into: &out)
        out.append(UInt8(ascii: "}"))
    }
}
