internal import ProtobufSchema

/// One value as reading and writing need it: a field, a key or value of a map, a whole message.
///
/// The hot path hands it from function to function: it is three words and two bytes, which travel in registers, and
/// nothing in it is counted by reference.
struct FieldPlan: Sendable {
    /// What JSON and the tape show.
    enum Form: UInt8, Sendable {
        case scalar, message, any, timestamp, duration, fieldMask, structure, value, listValue
    }

    enum Shape: UInt8, Sendable { case single, list, packed, map }

    /// How one value is read, where `type` and `form` would have to be asked both.
    enum Kind: UInt8, Sendable {
        case text, boolean, integer, floating, bytes, enumeration, message, wellKnown
    }

    /// The bytes of the tag.
    private var tagWord: UInt64 = 0
    /// The index below, the number above.
    private var numbers: UInt64 = 0
    /// From below, eight bits each: length of the tag, shape, flags, form; sixteen bits oneof.
    private var rest: UInt64 = 0
    /// Of a wrapper the type of the value in it.
    let type: ProtobufType
    let kind: Kind

    init(_ type: ProtobufType, form: Form) {
        self.type = type
        kind = Kind(type, form)
        set(24, UInt64(form.rawValue))
        oneof = -1
        takesNull = form == .value
    }

    private func byte(_ shift: UInt64) -> UInt8 { UInt8(truncatingIfNeeded: rest >> shift) }

    private mutating func set(_ shift: UInt64, _ value: UInt64, bits: UInt64 = 8) {
        let mask: UInt64 = ((1 << bits) - 1) << shift
        rest = rest & ~mask | value << shift & mask
    }

    // MARK: What it is

    var form: Form { Form(rawValue: byte(24)) ?? .scalar }

    var shape: Shape {
        get { Shape(rawValue: byte(8)) ?? .single }
        set { set(8, UInt64(newValue.rawValue)) }
    }

    /// Its values stand behind its tag as they are, not in a message, and in no oneof.
    @inline(__always)
    var isBare: Bool {
        // The flags isWrapped, isWhole, isGroup and isSetItem, the form and the oneof.
        rest & 0xFFFF_FF0F_0000 == 0xFFFF_0000_0000
    }

    /// Neither list nor map.
    var isSingle: Bool { byte(8) == Shape.single.rawValue }

    /// Of the message type or enum; of a map's plan.
    var index: Int {
        get { Int(numbers & 0xFFFF_FFFF) }
        set { numbers = numbers & ~0xFFFF_FFFF | UInt64(UInt32(truncatingIfNeeded: newValue)) }
    }

    var number: Int {
        get { Int(numbers >> 32) }
        set { numbers = numbers & 0xFFFF_FFFF | UInt64(UInt32(truncatingIfNeeded: newValue)) << 32 }
    }

    /// Its place among the oneofs of its message, or -1.
    var oneof: Int {
        get { Int(Int16(truncatingIfNeeded: rest >> 32)) }
        set { set(32, UInt64(UInt16(truncatingIfNeeded: newValue)), bits: 16) }
    }

    /// What stands before the value; before all values of a packed field.
    var tag: WireBytes {
        get { WireBytes(word: tagWord, count: byte(0)) }
        set {
            tagWord = newValue.word
            set(0, UInt64(newValue.length))
        }
    }

    /// What stands before every value; nothing inside a packed field.
    @inline(__always)
    var itemTag: WireBytes {
        byte(8) == Shape.packed.rawValue ? WireBytes() : tag
    }

    // MARK: Flags

    private struct Flags: OptionSet {
        let rawValue: UInt8

        static let isWrapped = Flags(rawValue: 1)
        static let isWhole = Flags(rawValue: 2)
        static let isGroup = Flags(rawValue: 4)
        static let isSetItem = Flags(rawValue: 8)
        static let omitsDefault = Flags(rawValue: 16)
        static let isRequired = Flags(rawValue: 32)
        static let acceptsAnyBytes = Flags(rawValue: 64)
        static let takesNull = Flags(rawValue: 128)
    }

    private subscript(_ flag: Flags) -> Bool {
        get { Flags(rawValue: byte(16)).contains(flag) }
        set {
            let flags = Flags(rawValue: byte(16))
            set(16, UInt64((newValue ? flags.union(flag) : flags.subtracting(flag)).rawValue))
        }
    }

    /// A simple value in a message of its own (google/protobuf/wrappers.proto).
    var isWrapped: Bool {
        get { self[.isWrapped] }
        set { self[.isWrapped] = newValue }
    }

    /// A whole message: nothing says where it begins and ends.
    var isWhole: Bool {
        get { self[.isWhole] }
        set { self[.isWhole] = newValue }
    }

    /// The message stands between group tags, without its length.
    var isGroup: Bool {
        get { self[.isGroup] }
        set { self[.isGroup] = newValue }
    }

    /// An item of a message set: a group with a number and the message in it.
    var isSetItem: Bool {
        get { self[.isSetItem] }
        set { self[.isSetItem] = newValue }
    }

    /// A default value is not written.
    var omitsDefault: Bool {
        get { self[.omitsDefault] }
        set { self[.omitsDefault] = newValue }
    }

    var isRequired: Bool {
        get { self[.isRequired] }
        set { self[.isRequired] = newValue }
    }

    var checksUTF8: Bool {
        get { !self[.acceptsAnyBytes] }
        set { self[.acceptsAnyBytes] = !newValue }
    }

    /// Whether the value is null in JSON's own way, so that null is not absence: `Value` and `NullValue`.
    var takesNull: Bool {
        get { self[.takesNull] }
        set { self[.takesNull] = newValue }
    }
}

extension FieldPlan.Kind {
    fileprivate init(_ type: ProtobufType, _ form: FieldPlan.Form) {
        switch (form, type) {
        case (.message, _): self = .message
        case (.scalar, .string): self = .text
        case (.scalar, .bool): self = .boolean
        case (.scalar, .float), (.scalar, .double): self = .floating
        case (.scalar, .bytes): self = .bytes
        case (.scalar, .enumeration): self = .enumeration
        case (.scalar, _): self = .integer
        default: self = .wellKnown
        }
    }
}
