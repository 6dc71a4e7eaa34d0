internal import Canonical
internal import JSONCodec
internal import ProtobufSchema

/// The way between the messages of a contract and those of the .proto file that was made of it, compiled at load: what
/// `RequestCrossing` and `ResponseCrossing` follow.
final class Crossing: Sendable {
    /// By message type of the contract; nil for those that the file does not need.
    let messages: [CrossedMessage?]
    let ignoresUnknownFields: Bool
    private let wrappers: [String: CrossedWrapper]

    /// - Parameter derived: The contract of the file.
    init(_ builder: ProtoFileBuilder, to derived: Contract) {
        let schema = builder.contract.schema
        ignoresUnknownFields = builder.options.ignoresUnknownFields
        var options = JSONOptions()
        let requestJSON = JSONPlan(schema, options: options)
        options.origin = .upstream
        let responseJSON = JSONPlan(schema, options: options)
        var compiler = CrossingCompiler(builder, to: derived, requests: requestJSON, responses: responseJSON)
        messages = schema.messages.indices.map { compiler.message(MessageID($0)) }
        var wrappers: [String: CrossedWrapper] = [:]
        for method in builder.methods {
            for root in [method.input, method.output] + method.faults.values {
                guard case .wrapped(let name, let type) = root else { continue }
                wrappers[name] = compiler.wrapper(name, of: type)
            }
        }
        self.wrappers = wrappers
    }

    func wrapper(_ name: String) -> CrossedWrapper? { wrappers[name] }
}

/// One message type on both sides.
final class CrossedMessage: Sendable {
    let id: MessageID
    let derived: MessageID
    let name: String
    /// By field of the contract's type.
    let fields: [CrossedField]
    /// The types that may stand in its place, with the fields of the derived message that hold them.
    let variants: [(id: MessageID, field: Int)]
    let isAbstract: Bool
    let checker: ContentChecker
    /// By field of the derived message.
    private let places: [Place]

    enum Place { case field(Int), variant(Int), nothing }

    init(
        _ type: MessageType, id: MessageID, derived: MessageID, fields: [CrossedField],
        variants: [(id: MessageID, field: Int)], derivedCount: Int
    ) {
        self.id = id
        self.derived = derived
        self.fields = fields
        self.variants = variants
        name = type.name
        isAbstract = type.isAbstract
        checker = ContentChecker(type)
        var places = [Place](repeating: .nothing, count: derivedCount)
        for (index, field) in fields.enumerated() where field.derived >= 0 { places[field.derived] = .field(index) }
        for (index, variant) in variants.enumerated() { places[variant.field] = .variant(index) }
        self.places = places
    }

    /// What the field `index` of the derived message is here.
    func place(_ index: UInt16) -> Place {
        Int(index) < places.count ? places[Int(index)] : .nothing
    }
}

/// One field on both sides.
struct CrossedField: Sendable {
    let name: String
    /// The place of the derived field in its message; -1 where there is none.
    let derived: Int
    let form: CrossedForm
    let isRepeated: Bool
    /// One value here is all values of the derived field.
    let isList: Bool
    let isNillable: Bool
    let isRequired: Bool
    /// A derived field that is not set has the zero of its type.
    let hasZero: Bool
    /// The message that tells null from absent.
    let nillable: CrossedNillable?
}

/// The fields of a message that may be null.
struct CrossedNillable: Sendable {
    let message: MessageID
    let null: Int
    let value: Int
}

/// A value that is no object, and the message that has it in a field.
struct CrossedWrapper: Sendable {
    let message: MessageID
    let field: CrossedField
}

/// How one value crosses.
indirect enum CrossedForm: Sendable {
    case message(MessageID)
    case enumeration(CrossedEnumeration)
    case scalar(ScalarCoder, isText: Bool)
    case lexical(ScalarCoder)
    case json(request: JSONCoder, response: JSONCoder)
    case map(CrossedForm)
}

/// The values of an enum on both sides.
final class CrossedEnumeration: Sendable {
    let coder: ScalarCoder
    private let literals: NameTable
    private let names: NameTable
    private let texts: [[UInt8]]
    private let numbers: [Int64]

    init(_ type: ScalarType, _ values: [(literal: Facets.EnumerationValue, member: ProtobufNaming.Member)]) {
        coder = ScalarCoder(type)
        literals = NameTable(values.map(\.literal.literal))
        names = NameTable(values.map(\.member.name))
        texts = values.map { Array($0.literal.literal.utf8) }
        numbers = values.map { Int64($0.member.number) }
    }

    /// The number of `literal`; nil when the contract does not have it.
    func number(of literal: RawSpan) -> Int64? { literals.index(of: literal).map { numbers[$0] } }

    /// The literal of the value called `name`; nil for the value that means nothing.
    func literal(named name: RawSpan) -> [UInt8]? { names.index(of: name).map { texts[$0] } }
}
