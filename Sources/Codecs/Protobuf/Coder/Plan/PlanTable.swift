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
        plan.tag = tag(note, plan)
        if let map = note.map {
            plan.shape = .map
            plan.index = maps.count
            plan.tag = WireBytes(number: note.number, .lengthDelimited)
            maps.append(MapPlan(key: entryField(map.key), value: entryField(map.value)))
        } else if note.isRepeated {
            plan.shape = note.isPacked ? .packed : .list
            if note.isPacked { plan.tag = WireBytes(number: note.number, .lengthDelimited) }
        } else {
            let isMessage = plan.form != .scalar || plan.isWrapped
            plan.omitsDefault = note.presence == .implicit && !isMessage && note.oneof == nil
        }
        if note.type == .group {
            plan.isGroup = true
        } else if inMessageSet {
            plan.becomeMessageSetItem()
        }
        return plan
    }

    /// A value alone: its type, form and index.
    private mutating func value(_ note: ProtobufField) -> FieldPlan {
        if let id = note.message { return .message(note.wellKnown, id, type: note.type) }
        var plan = FieldPlan(note.type, form: .scalar)
        if let type = note.enumeration {
            plan.index = index(of: type)
            plan.takesNull = type.isNullValue
        }
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
    /// A message set writes an extension as a group of its own: the number as field 2, the message as field 3.
    fileprivate mutating func becomeMessageSetItem() {
        var tag = WireBytes(number: 1, .startGroup)
        tag.append(0x10)
        tag.append(varint: UInt64(number))
        tag.append(0x1A)
        self.tag = tag
        isSetItem = true
    }
}

/// The fields of a map's entries.
struct MapPlan: Sendable {
    let key: FieldPlan
    let value: FieldPlan
}
