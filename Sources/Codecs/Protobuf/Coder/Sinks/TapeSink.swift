internal import Buffers
internal import Canonical
internal import ProtobufSchema

/// Writes a document's tape.
///
/// On it stands what JSON shows, so that every format shows the same: a timestamp is text, a wrapper its value, an enum
/// the name of its value (the number where it has none), a struct an untyped object, an `Any` the object of its type with
/// the URL as a string of no field in front, or `{"@type", "value"}` where the type is itself shown otherwise. Bytes of no
/// field are whole fields that the schema does not know, as they stood on the wire: protobuf writes them again, and no
/// other format shows them.
struct TapeSink: MessageSink, ~Copyable {
    struct Mark {
        var nodes: Int
        var side: Int
    }

    var builder: DocumentBuilder

    init(source: Bytes) {
        builder = DocumentBuilder(source: source)
    }

    var mark: Mark { Mark(nodes: builder.nextIndex, side: builder.side.count) }

    static func isSame(_ left: Mark, _ right: Mark) -> Bool { left.nodes == right.nodes }

    mutating func rollBack(to mark: Mark) {
        builder.rollBack(nodes: mark.nodes, side: mark.side)
    }

    mutating func member(_ field: Int, of message: MessagePlan) {}

    mutating func item() {}

    mutating func unknown(_ text: TextPlace, _ fields: RawSpan) {
        append(.bytes, text, fields, at: Node.noField)
    }

    // MARK: Structure

    mutating func openMessage(_ message: MessagePlan, _ field: FieldPlan, at place: UInt16) -> Int {
        builder.openObject(message.id, field: place)
    }

    mutating func closeMessage(_ start: Int, _ message: MessagePlan, _ field: FieldPlan, present: FieldSet) {
        builder.close(start)
    }

    mutating func openList(_ field: FieldPlan) -> Int { 0 }

    mutating func closeList(_ start: Int, _ field: FieldPlan) {}

    mutating func openMap(_ field: FieldPlan, at place: UInt16) -> Int {
        builder.openObject(nil, field: place)
    }

    mutating func closeMap(_ start: Int) {
        builder.close(start)
    }

    mutating func openEntry(_ field: FieldPlan) -> Int { 0 }

    mutating func closeEntry(_ start: Int, _ field: FieldPlan) {}

    mutating func key(_ text: TextPlace, _ bytes: RawSpan, _ field: FieldPlan) {
        append(.key, text, bytes, at: Node.noField)
    }

    mutating func key(integer bits: UInt64, _ field: FieldPlan) {
        builder.text(
            .key, field.isUnsigned ? String(bits) : String(Int64(bitPattern: bits)), field: Node.noField)
    }

    mutating func key(boolean value: Bool, _ field: FieldPlan) {
        builder.text(.key, value ? "true" : "false", field: Node.noField)
    }

    // MARK: Simple values

    mutating func boolean(_ value: Bool, _ field: FieldPlan, at place: UInt16) {
        builder.boolean(value, field: place)
    }

    mutating func integer(_ bits: UInt64, _ field: FieldPlan, at place: UInt16) {
        if field.isUnsigned {
            builder.unsigned(bits, field: place)
        } else {
            builder.signed(Int64(bitPattern: bits), field: place)
        }
    }

    mutating func floating(_ value: Double, _ field: FieldPlan, at place: UInt16) {
        builder.double(value, field: place)
    }

    mutating func string(_ text: TextPlace, _ bytes: RawSpan, _ field: FieldPlan, at place: UInt16) {
        append(.string, text, bytes, at: place)
    }

    mutating func illFormed(_ text: TextPlace, _ bytes: RawSpan, _ field: FieldPlan, at place: UInt16) {
        append(.bytes, text, bytes, at: place)
    }

    mutating func bytes(_ text: TextPlace, _ bytes: RawSpan, _ field: FieldPlan, at place: UInt16) {
        append(.bytes, text, bytes, at: place)
    }

    mutating func enumeration(_ number: Int32, _ type: EnumPlan, _ field: FieldPlan, at place: UInt16) {
        if type.isNullValue, number == 0 { return builder.null(field: place) }
        let start = builder.side.count
        if type.withName(of: number, { name in name.withUnsafeBytes { builder.side.append(contentsOf: $0) } }) {
            builder.sideText(.string, from: start, flags: .isPlain, field: place)
        } else {
            builder.signed(Int64(number), field: place)
        }
    }

    /// A node with text: where it stands in the source, or a copy.
    mutating func append(_ kind: NodeKind, _ text: TextPlace, _ bytes: RawSpan, at place: UInt16) {
        let flags: NodeFlags = text.isPlain ? .isPlain : []
        if text.source >= 0 {
            builder.text(kind, text.source..<text.source &+ bytes.byteCount, flags: flags, field: place)
        } else {
            let start = builder.side.count
            bytes.withUnsafeBytes { builder.side.append(contentsOf: $0) }
            builder.sideText(kind, from: start, flags: flags, field: place)
        }
    }
}
