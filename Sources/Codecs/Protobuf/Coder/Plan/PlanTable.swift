internal import Canonical
internal import ProtobufSchema

/// The enums and maps of a plan while it is compiled, each once.
struct PlanTable {
    private(set) var enums: [EnumPlan] = []
    private(set) var maps: [MapPlan] = []
    private var enumIndices: [String: Int] = [:]

    /// The plan of a field.
    mutating func plan(_ note: ProtobufField, inMessageSet: Bool = false) -> FieldPlan {
        var plan = value(note)
        plan.number = note.number
        plan.oneof = note.oneof ?? -1
        plan.isRequired = note.presence == .required
        plan.checksUTF8 = note.isUTF8Checked
        plan.itemTag = tag(note, plan)
        plan.tag = plan.itemTag
        if let map = note.map {
            plan.shape = .map
            plan.index = maps.count
            plan.form = .message
            plan.tag = WireBytes(number: note.number, .lengthDelimited)
            plan.itemTag = plan.tag
            maps.append(MapPlan(key: entryField(map.key), value: entryField(map.value)))
        } else if note.isRepeated {
            plan.becomeRepeated(isPacked: note.isPacked)
        } else {
            let isMessage = plan.form != .scalar || plan.isWrapped
            plan.omitsDefault = note.presence == .implicit && !isMessage && note.oneof == nil
        }
        if note.type == .group {
            plan.isGroup = true
            plan.end = WireBytes(number: note.number, .endGroup)
        } else if inMessageSet {
            plan.becomeMessageSetItem()
        }
        return plan
    }

    /// A value alone: its type, form and index.
    private mutating func value(_ note: ProtobufField) -> FieldPlan {
        if let id = note.message { return .message(note.wellKnown, id, type: note.type) }
        var plan = FieldPlan(note.type, form: .scalar)
        if let type = note.enumeration { plan.index = index(of: type) }
        return plan
    }

    /// Both are always written.
    private mutating func entryField(_ note: ProtobufField) -> FieldPlan {
        var plan = plan(note)
        plan.omitsDefault = false
        return plan
    }

    private mutating func index(of type: ProtobufEnum) -> Int {
        if let index = enumIndices[type.fullName] { return index }
        enumIndices[type.fullName] = enums.count
        enums.append(EnumPlan(type))
        return enums.count - 1
    }

    private func tag(_ note: ProtobufField, _ plan: FieldPlan) -> WireBytes {
        let isFramed = plan.isWrapped && note.type != .group
        return WireBytes(number: note.number, isFramed ? .lengthDelimited : note.type.wireType)
    }
}

extension FieldPlan {
    fileprivate mutating func becomeRepeated(isPacked: Bool) {
        shape = isPacked ? .packed : .list
        guard form == .scalar, !isWrapped, type.isPackable else { return }
        otherTag = WireBytes(number: number, .lengthDelimited)
        guard isPacked else { return }
        (tag, otherTag) = (otherTag, tag)
        itemTag = WireBytes()
    }

    /// A message set writes an extension as a group of its own: the number as field 2, the message as field 3.
    fileprivate mutating func becomeMessageSetItem() {
        var tag = WireBytes(number: 1, .startGroup)
        tag.append(0x10)
        tag.append(varint: UInt64(number))
        tag.append(0x1A)
        self.tag = tag
        itemTag = tag
        end = WireBytes(number: 1, .endGroup)
    }
}

/// The fields of a map's entries.
struct MapPlan: Sendable {
    let key: FieldPlan
    let value: FieldPlan
}
