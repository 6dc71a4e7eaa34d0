internal import Buffers
internal import Canonical
internal import JSONCodec
internal import ProtobufSchema

/// One message type, as reading and writing need it.
final class MessagePlan: Sendable {
    let id: MessageID
    let fullName: String
    let fields: [FieldPlan]
    /// As JSON shows them.
    let fieldNames: [String]
    /// `"name":` of every field.
    let labels: MemberLabels
    /// A message of this type by itself.
    let whole: FieldPlan
    let isMessageSet: Bool
    let required: FieldSet
    /// JSON names and the names in the file, two of each field.
    private let names: NameTable
    private let numbers: NumberTable

    init(_ type: MessageType, id: MessageID, table: inout PlanTable, options: ProtobufOptions) {
        self.id = id
        let note = type.annotations[ProtobufMessage.self]
        let notes = type.fields.map { $0.annotations[ProtobufField.self] }
        fullName = note?.fullName ?? type.name
        isMessageSet = note?.isMessageSet ?? false
        let isSet = isMessageSet
        let fields = notes.map { note in
            note.map { table.plan($0, inMessageSet: isSet) } ?? FieldPlan(.bytes, form: .scalar)
        }
        self.fields = fields
        let jsonNames = type.fields.map(\.name)
        let protoNames = zip(notes, jsonNames).map { note, name in note.map { $0.isExtension ? name : $0.name } ?? name
        }
        fieldNames = options.usesProtoNames ? protoNames : jsonNames
        labels = MemberLabels(fieldNames)
        names = NameTable(zip(jsonNames, protoNames).flatMap { [$0, $1] })
        numbers = NumberTable(fields.map { $0.number })
        required = FieldSet(fields.indices.filter { fields[$0].isRequired })
        var whole = FieldPlan.message(note?.wellKnown, id)
        whole.isWhole = true
        self.whole = whole
    }

    /// The field that JSON calls `name`; accepts the name in the file too.
    func field(named name: RawSpan) -> Int? {
        names.index(of: name).map { $0 / 2 }
    }

    func field(numbered number: Int) -> Int? {
        numbers.index(of: number)
    }

    /// Whether an `Any` has its content in a member `value`.
    var isShownOtherwise: Bool { whole.form != .message }
}

extension FieldPlan {
    /// A value of the message type `id`, without a tag yet.
    static func message(_ wellKnown: WellKnownType?, _ id: MessageID, type: ProtobufType = .message) -> FieldPlan {
        let form: Form =
            switch wellKnown {
            case nil: .message
            case .any: .any
            case .timestamp: .timestamp
            case .duration: .duration
            case .fieldMask: .fieldMask
            case .structure: .structure
            case .value: .value
            case .listValue: .listValue
            default: .scalar
            }
        var plan = FieldPlan(wellKnown?.wrapped ?? type, form: form)
        plan.isWrapped = form == .scalar
        plan.index = id.index
        return plan
    }
}
