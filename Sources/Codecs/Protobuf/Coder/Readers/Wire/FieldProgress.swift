internal import Buffers
internal import Canonical
internal import ProtobufSchema

/// What reading the fields of one message has found so far.
struct FieldProgress {
    /// Fields that came; a second time would be one too many.
    var seen = FieldSet()
    var oneofs = FieldSet()
    /// The field that is likely next: most writers keep the order of the numbers.
    var expected = 0

    /// The field whose tag comes next, where that is seen at once: the likely one, or one of the first numbers.
    @inline(__always)
    func next(of message: MessagePlan, in wire: borrowing WireReader) -> (index: Int, field: FieldPlan)? {
        let place = wire.index
        guard place < wire.span.byteCount else { return nil }
        if expected < message.fields.count {
            let field = message.fields[expected]
            if field.tag.isNext(in: wire.span, at: place) { return (expected, field) }
        }
        let tag = wire.span[place]
        guard tag < 0x80, let index = message.field(numbered: Int(tag >> 3)) else { return nil }
        let field = message.fields[index]
        return field.tag.isNext(in: wire.span, at: place) ? (index, field) : nil
    }
}
