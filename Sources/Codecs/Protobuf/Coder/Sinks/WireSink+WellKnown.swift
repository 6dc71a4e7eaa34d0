internal import Buffers
internal import Canonical

/// Well-known types: the fields that google/protobuf/*.proto give them.
extension WireSink {
    mutating func timestamp(_ value: Timestamp, _ field: FieldPlan, at place: UInt16) {
        append(seconds: value.seconds, nanos: value.nanos, field)
    }

    mutating func duration(_ value: TimeSpan, _ field: FieldPlan, at place: UInt16) {
        append(seconds: value.seconds, nanos: value.nanos, field)
    }

    private mutating func append(seconds: Int64, nanos: Int32, _ field: FieldPlan) {
        let start = open(field)
        if seconds != 0 {
            out.append(0x08)
            append(varint: UInt64(bitPattern: seconds))
        }
        if nanos != 0 {
            out.append(0x10)
            append(varint: UInt64(bitPattern: Int64(nanos)))
        }
        close(start, field)
    }

    mutating func fieldMask(_ text: RawSpan, fields: RawSpan, _ field: FieldPlan, at place: UInt16) {
        let start = open(field)
        out.append(fields)
        close(start, field)
    }

    // MARK: Any

    mutating func openAny(_ url: RawSpan, _ message: MessagePlan, _ field: FieldPlan, at place: UInt16) -> AnyStart {
        let outer = open(field)
        append(url, tag: 0x0A)
        return AnyStart(outer: outer, content: openLength(0x12))
    }

    mutating func closeAny(_ start: AnyStart, _ message: MessagePlan, _ field: FieldPlan, present: FieldSet) {
        closeFilled(start.content)
        close(start.outer, field)
    }

    mutating func opaque(_ text: TextPlace, _ fields: RawSpan, _ field: FieldPlan, at place: UInt16) {
        let start = open(field)
        out.append(fields)
        close(start, field)
    }

    /// Closes what `openLength` opened; nothing stays of it when it is empty.
    private mutating func closeFilled(_ start: Int) {
        if out.count == start { out.truncate(to: start &- 2) } else { writeLength(at: start) }
    }

    // MARK: Struct, Value, ListValue

    mutating func dynamicNull(_ field: FieldPlan, at place: UInt16) {
        let start = open(field)
        out.append(word: 0x0008 as UInt64, length: 2)
        close(start, field)
    }

    mutating func dynamic(_ value: Bool, _ field: FieldPlan, at place: UInt16) {
        let start = open(field)
        out.append(word: (value ? 0x0120 : 0x0020) as UInt64, length: 2)
        close(start, field)
    }

    mutating func dynamic(_ value: Double, _ field: FieldPlan, at place: UInt16) {
        let start = open(field)
        out.append(0x11)
        out.append(word: value.bitPattern, length: 8)
        close(start, field)
    }

    mutating func dynamic(_ text: TextPlace, _ bytes: RawSpan, _ field: FieldPlan, at place: UInt16) {
        let start = open(field)
        append(bytes, tag: 0x1A)
        close(start, field)
    }

    mutating func openStruct(_ field: FieldPlan, at place: UInt16) -> Int {
        openKind(0x2A, field)
    }

    mutating func closeStruct(_ start: Int, _ field: FieldPlan) {
        closeKind(start, field)
    }

    mutating func openStructEntry(_ text: TextPlace, _ bytes: RawSpan) -> Int {
        let start = openLength(0x0A)
        append(bytes, tag: 0x0A)
        return start
    }

    mutating func closeStructEntry(_ start: Int) {
        writeLength(at: start)
    }

    mutating func openListValue(_ field: FieldPlan, at place: UInt16) -> Int {
        openKind(0x32, field)
    }

    mutating func closeListValue(_ start: Int, _ field: FieldPlan) {
        closeKind(start, field)
    }

    /// A struct or list by itself, or as the kind `tag` of a `Value`.
    private mutating func openKind(_ tag: UInt8, _ field: FieldPlan) -> Int {
        let start = open(field)
        return field.form == .value ? openLength(tag) : start
    }

    private mutating func closeKind(_ start: Int, _ field: FieldPlan) {
        guard field.form == .value else { return close(start, field) }
        writeLength(at: start)
        close(start &- 2, field)
    }
}
