internal import Buffers
internal import ProtobufSchema

/// One value as reading and writing need it: a field, a key or value of a map, a whole message. Nothing in it is counted
/// by reference; the hot path copies it freely.
struct FieldPlan: Sendable {
    /// What JSON and the tape show.
    enum Form: UInt8, Sendable {
        case scalar, message, any, timestamp, duration, fieldMask, structure, value, listValue
    }

    enum Shape: UInt8, Sendable { case single, list, packed, map }

    /// Of a wrapper the type of the value in it.
    var type: ProtobufType
    var form: Form
    var shape = Shape.single
    /// A simple value in a message of its own (google/protobuf/wrappers.proto).
    var isWrapped = false
    /// A whole message: nothing says where it begins and ends.
    var isWhole = false
    /// A default value is not written.
    var omitsDefault = false
    var isRequired = false
    var checksUTF8 = true
    /// Its place among the oneofs of its message, or -1.
    var oneof = -1
    /// Of the message type or enum; of a map's plan.
    var index = 0
    var number = 0
    /// What stands before the value; before all values of a packed field.
    var tag = WireBytes()
    /// What stands before every value of a field; nothing inside a packed one.
    var itemTag = WireBytes()
    /// What stands before one value of a packed field, or before many of a list; both are read, whatever is written.
    var otherTag = WireBytes()
    /// What stands behind a message: the end of a group.
    var end = WireBytes()
    /// The message stands between group tags, without its length.
    var isGroup = false
    /// Integers from `least` to `most` are values.
    var least = Int64.min
    var most = Int64.max

    init(_ type: ProtobufType, form: Form) {
        self.type = type
        self.form = form
        switch type {
        case .int32, .sint32, .sfixed32, .enumeration: (least, most) = (Int64(Int32.min), Int64(Int32.max))
        case .uint32, .fixed32: (least, most) = (0, Int64(UInt32.max))
        case .uint64, .fixed64: least = 0
        default: break
        }
    }

    /// Whether the value is null in JSON's own way, so that null is not absence: `Value` and `NullValue`.
    func takesNull(_ plan: ProtobufPlan) -> Bool {
        form == .value || (type == .enumeration && plan.enums[index].isNullValue)
    }

    /// The plan of a value of the same kind behind another tag.
    func tagged(_ tag: WireBytes) -> FieldPlan {
        var plan = self
        plan.isWhole = false
        plan.tag = tag
        plan.itemTag = tag
        return plan
    }
}

/// Up to eight bytes as a little-endian word.
struct WireBytes: Sendable {
    private(set) var word: UInt64 = 0
    private(set) var length = 0
    /// The bits that count.
    private(set) var mask: UInt64 = 0

    init() {}

    init(number: Int, _ type: WireType) {
        append(varint: UInt64(number) << 3 | UInt64(type.rawValue))
    }

    /// Whether the bytes, at least one, stand in `span` at `index`.
    @inline(__always)
    func isNext(in span: RawSpan, at index: Int) -> Bool {
        guard index &+ 8 <= span.byteCount else { return isLast(in: span, at: index) }
        return (span.word(at: index) ^ word) & mask == 0 && length > 0
    }

    @inline(never)
    private func isLast(in span: RawSpan, at index: Int) -> Bool {
        guard length > 0, length <= span.byteCount &- index else { return false }
        for place in 0..<length where span[index &+ place] != UInt8(truncatingIfNeeded: word >> UInt64(place * 8)) {
            return false
        }
        return true
    }

    mutating func append(_ byte: UInt8) {
        word |= UInt64(byte) << UInt64(length * 8)
        mask |= 0xFF << UInt64(length * 8)
        length += 1
    }

    mutating func append(varint value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        append(UInt8(truncatingIfNeeded: rest))
    }
}
