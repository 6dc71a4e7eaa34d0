internal import Buffers
internal import Canonical

/// Well-known types, as what JSON shows of them.
extension TapeSink {
    mutating func timestamp(_ value: Timestamp, _ field: FieldPlan, at place: UInt16) {
        var text = ByteWriter(capacity: 32)
        value.write(into: &text)
        append(.string, TextPlace(source: -1, isPlain: true), text.written, at: place)
    }

    mutating func duration(_ value: TimeSpan, _ field: FieldPlan, at place: UInt16) {
        var text = ByteWriter(capacity: 32)
        value.write(into: &text)
        append(.string, TextPlace(source: -1, isPlain: true), text.written, at: place)
    }

    mutating func fieldMask(_ text: RawSpan, fields: RawSpan, _ field: FieldPlan, at place: UInt16) {
        append(.string, .elsewhere, text, at: place)
    }

    mutating func opaque(_ text: TextPlace, _ fields: RawSpan, _ field: FieldPlan, at place: UInt16) {
        let object = builder.openObject(MessageID(field.index), field: place)
        if fields.byteCount > 0 { unknown(text, fields) }
        builder.close(object)
    }

    // MARK: Any

    mutating func openAny(_ url: RawSpan, _ message: MessagePlan, _ field: FieldPlan, at place: UInt16) -> AnyStart {
        let object = builder.openObject(message.isShownOtherwise ? nil : message.id, field: place)
        if message.isShownOtherwise { builder.text(.key, "@type", field: Node.noField) }
        append(.string, .elsewhere, url, at: Node.noField)
        if message.isShownOtherwise { builder.text(.key, "value", field: Node.noField) }
        return AnyStart(outer: object, content: object)
    }

    mutating func closeAny(_ start: AnyStart, _ message: MessagePlan, _ field: FieldPlan, present: FieldSet) {
        builder.close(start.outer)
    }

    // MARK: Struct, Value, ListValue

    mutating func dynamicNull(_ field: FieldPlan, at place: UInt16) {
        builder.null(field: place)
    }

    mutating func dynamic(_ value: Bool, _ field: FieldPlan, at place: UInt16) {
        builder.boolean(value, field: place)
    }

    mutating func dynamic(_ value: Double, _ field: FieldPlan, at place: UInt16) {
        builder.double(value, field: place)
    }

    mutating func dynamic(_ text: TextPlace, _ bytes: RawSpan, _ field: FieldPlan, at place: UInt16) {
        append(.string, text, bytes, at: place)
    }

    mutating func openStruct(_ field: FieldPlan, at place: UInt16) -> Int {
        builder.openObject(nil, field: place)
    }

    mutating func closeStruct(_ start: Int, _ field: FieldPlan) {
        builder.close(start)
    }

    mutating func openStructEntry(_ text: TextPlace, _ bytes: RawSpan) -> Int {
        append(.key, text, bytes, at: Node.noField)
        return 0
    }

    mutating func closeStructEntry(_ start: Int) {}

    mutating func openListValue(_ field: FieldPlan, at place: UInt16) -> Int {
        builder.openList(field: place)
    }

    mutating func closeListValue(_ start: Int, _ field: FieldPlan) {
        builder.close(start)
    }
}
