internal import Buffers

/// What the coder knows of one field: numbers and places only, so that copying it touches no reference count.
struct FieldPlan {
    /// Where the field stands in its element.
    enum Role: UInt8 {
        case element, attribute, text, group, wildcard, attributeWildcard, elsewhere

        /// Whether it stands in the start tag.
        var isAttribute: Bool { self == .attribute || self == .attributeWildcard }
    }

    /// `RawSpan.nameKey` of the local name of an element; 0, which no name has, for all other roles.
    var key: UInt64 = 0
    /// The last eight bytes of a local name that has as many, else 0.
    var tail: UInt64 = 0
    var namespace = NamespaceID.none
    /// An element whose value is its text.
    var isLeaf = false
    var role: Role
    var value = ValuePlan()
    var name = Literal.empty
    /// `<prefix:name`, without the end of the tag; for an attribute ` prefix:name="`.
    var open = Literal.empty
    /// `</prefix:name>`.
    var close = Literal.empty
    /// Which branches of which choices the field stands in; the same for all fields without.
    var choices: Range<Int32> = 0..<0
    /// The place of a wildcard in the plan's list.
    var wildcard: Int32 = 0
}

extension FieldPlan {
    /// Where the name ends that begins at `start`, if it is this field's; `name` is that name.
    @inline(__always)
    func endOfName(_ name: RawSpan, at start: Int, in input: RawSpan) -> Int? {
        let length = name.byteCount
        let end = start &+ length
        guard end &+ 8 <= input.byteCount else { return nil }
        let difference = input.word(at: start) ^ key
        if length < 8 { return difference & (1 &<< UInt64(8 &* length) &- 1) == 0 ? end : nil }
        guard difference &<< 8 == 0, input.word(at: end &- 8) == tail,
            length < 16 || input.extracting(start..<end).equals(name)
        else { return nil }
        return end
    }
}

/// One branch of one choice, among the steps that lead to a field.
struct ChoiceStep {
    /// Numbers the choices of one message type.
    var choice: Int32
    var branch: Int32

    /// Whether this step and `other` lead into different branches of one choice.
    func excludes(_ other: ChoiceStep) -> Bool {
        choice == other.choice && branch != other.branch
    }
}
