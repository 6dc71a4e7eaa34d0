internal import Buffers
internal import Canonical
internal import ProtobufSchema

/// What takes the values of a message as a reader finds them: the tape, protobuf bytes, JSON text.
///
/// A reader gives the items of one field together, and a field that is not repeated at most once; everything between
/// `openX` and `closeX` belongs to X. `place` is the index of the field on a tape (`Node.noField` for values of maps and
/// the like). Generic readers are compiled anew for each sink, so that nothing is called through a table per value.
protocol MessageSink: ~Copyable {
    /// A state to go back to.
    associatedtype Mark

    var mark: Mark { get }
    /// Whether nothing came between the two.
    static func isSame(_ left: Mark, _ right: Mark) -> Bool
    mutating func rollBack(to mark: Mark)

    // MARK: Before a value

    /// Names the field whose value or values follow.
    mutating func member(_ field: Int, of message: MessagePlan)
    /// Comes before every item of a list.
    mutating func item()

    /// Takes fields off `wire` as long as they are simple and well-formed, by a shorter way than the reader's; where it
    /// stops the reader goes on.
    mutating func takeFields(_ wire: inout WireReader, of message: MessagePlan, _ progress: inout FieldProgress)

    /// Takes the string whose text begins at `start` of `json`, by a shorter way than the reader's, where it is short and
    /// has nothing to unescape.
    ///
    /// - Returns: The place behind its closing quote; nil when nothing was taken.
    mutating func takeString(_ json: RawSpan, from start: Int, _ field: FieldPlan) -> Int?

    // MARK: Structure

    mutating func openMessage(_ message: MessagePlan, _ field: FieldPlan, at place: UInt16) -> Int
    /// - Parameter present: The fields that came; empty from a reader that has no defaults to show.
    mutating func closeMessage(_ start: Int, _ message: MessagePlan, _ field: FieldPlan, present: FieldSet)
    mutating func openList(_ field: FieldPlan) -> Int
    mutating func closeList(_ start: Int, _ field: FieldPlan)
    mutating func openMap(_ field: FieldPlan, at place: UInt16) -> Int
    mutating func closeMap(_ start: Int)
    /// An entry of a map: a key and a value follow.
    mutating func openEntry(_ field: FieldPlan) -> Int
    mutating func closeEntry(_ start: Int, _ field: FieldPlan)
    mutating func key(_ text: TextPlace, _ bytes: RawSpan, _ field: FieldPlan)
    mutating func key(integer bits: UInt64, _ field: FieldPlan)
    mutating func key(boolean value: Bool, _ field: FieldPlan)

    // MARK: Simple values

    mutating func boolean(_ value: Bool, _ field: FieldPlan, at place: UInt16)
    /// An integer of any type as the 64 bits that a varint of it has.
    mutating func integer(_ bits: UInt64, _ field: FieldPlan, at place: UInt16)
    /// A `double`, or a `float` as the double of the same value.
    mutating func floating(_ value: Double, _ field: FieldPlan, at place: UInt16)
    mutating func string(_ text: TextPlace, _ bytes: RawSpan, _ field: FieldPlan, at place: UInt16)
    /// A `string` of proto2 that is no UTF-8.
    mutating func illFormed(_ text: TextPlace, _ bytes: RawSpan, _ field: FieldPlan, at place: UInt16) throws(Failure)
    mutating func bytes(_ text: TextPlace, _ bytes: RawSpan, _ field: FieldPlan, at place: UInt16)
    mutating func enumeration(_ number: Int32, _ type: EnumPlan, _ field: FieldPlan, at place: UInt16)

    // MARK: Well-known types

    /// Valid ones only, as everything here.
    mutating func timestamp(_ value: Timestamp, _ field: FieldPlan, at place: UInt16)
    mutating func duration(_ value: TimeSpan, _ field: FieldPlan, at place: UInt16)
    /// - Parameters:
    ///   - text: What JSON shows.
    ///   - fields: The message on the wire.
    mutating func fieldMask(_ text: RawSpan, fields: RawSpan, _ field: FieldPlan, at place: UInt16)
    /// An `Any`: what follows is the content of `message`, its members or, where it is shown otherwise, its value.
    mutating func openAny(_ url: RawSpan, _ message: MessagePlan, _ field: FieldPlan, at place: UInt16) -> AnyStart
    mutating func closeAny(_ start: AnyStart, _ message: MessagePlan, _ field: FieldPlan, present: FieldSet)
    /// A well-known type that JSON cannot show, by its fields on the wire: out of range, of an unknown type, without a
    /// value. An `Any` with nothing in it is shown.
    mutating func opaque(_ text: TextPlace, _ fields: RawSpan, _ field: FieldPlan, at place: UInt16) throws(Failure)

    // MARK: Struct, Value, ListValue

    mutating func dynamicNull(_ field: FieldPlan, at place: UInt16)
    mutating func dynamic(_ value: Bool, _ field: FieldPlan, at place: UInt16)
    mutating func dynamic(_ value: Double, _ field: FieldPlan, at place: UInt16) throws(Failure)
    mutating func dynamic(_ text: TextPlace, _ bytes: RawSpan, _ field: FieldPlan, at place: UInt16)
    mutating func openStruct(_ field: FieldPlan, at place: UInt16) -> Int
    /// The key of the value that follows.
    mutating func openStructEntry(_ text: TextPlace, _ bytes: RawSpan) -> Int
    mutating func closeStructEntry(_ start: Int)
    mutating func closeStruct(_ start: Int, _ field: FieldPlan)
    mutating func openListValue(_ field: FieldPlan, at place: UInt16) -> Int
    mutating func closeListValue(_ start: Int, _ field: FieldPlan)

    // MARK: The rest

    /// Whole fields that the schema does not know.
    mutating func unknown(_ text: TextPlace, _ fields: RawSpan)
}

extension MessageSink where Self: ~Copyable {
    mutating func takeFields(_ wire: inout WireReader, of message: MessagePlan, _ progress: inout FieldProgress) {}

    mutating func takeString(_ json: RawSpan, from start: Int, _ field: FieldPlan) -> Int? { nil }
}

/// What a sink is told about text that it is given.
struct TextPlace {
    /// Where it stands in the source of the document; -1 when it does not stand there as it is.
    var source: Int
    /// JSON may write it between quotes as it stands.
    var isPlain: Bool

    static let elsewhere = TextPlace(source: -1, isPlain: false)
}

/// Where an `Any` began, and where its content did.
struct AnyStart {
    var outer: Int
    var content: Int
}
