internal import ProtobufSchema

/// What follows from a field's type and shape.
extension FieldPlan {
    /// The plan of a value of the same kind behind another tag.
    func tagged(_ tag: WireBytes) -> FieldPlan {
        var plan = self
        plan.isWhole = false
        plan.tag = tag
        return plan
    }

    // MARK: On the wire

    /// What stands before one value of a packed field, or before many of a list; both are read, whatever is written.
    var otherTag: WireBytes {
        guard shape == .list || shape == .packed, form == .scalar, !isWrapped, type.isPackable else {
            return WireBytes()
        }
        return WireBytes(number: number, shape == .packed ? type.wireType : .lengthDelimited)
    }

    /// What stands behind a message: the end of a group.
    var end: WireBytes {
        guard isGroup || isSetItem else { return WireBytes() }
        return WireBytes(number: isGroup ? number : 1, .endGroup)
    }

    // MARK: Integers

    var isUnsigned: Bool {
        switch type {
        case .uint32, .fixed32, .uint64, .fixed64: true
        default: false
        }
    }

    /// Integers of 64 bits, which not every reader of JSON numbers can hold.
    var isWide: Bool {
        switch type {
        case .int64, .uint64, .sint64, .fixed64, .sfixed64: true
        default: false
        }
    }

    /// Whether its type has `value`.
    @inline(__always)
    func holds(_ value: Int64) -> Bool {
        switch type {
        case .int64, .sint64, .sfixed64: true
        case .uint64, .fixed64: value >= 0
        case .uint32, .fixed32: value >= 0 && value <= Int64(UInt32.max)
        default: value == Int64(Int32(truncatingIfNeeded: value))
        }
    }
}
