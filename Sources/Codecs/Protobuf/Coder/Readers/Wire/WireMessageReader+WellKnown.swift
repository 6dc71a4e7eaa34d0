internal import Buffers
internal import Canonical
internal import ProtobufSchema

/// Well-known types, by the content of their messages. Fields that they do not have are forgotten.
extension WireMessageReader where Sink: ~Copyable {
    mutating func readWellKnown(
        _ content: RawSpan, source: Int, _ field: FieldPlan, at place: UInt16
    ) throws(Failure) {
        switch field.form {
        case .scalar, .message: try readWrapper(content, source: source, field, at: place)
        case .timestamp, .duration: try readTime(content, source: source, field, at: place)
        case .fieldMask: try readFieldMask(content, source: source, field, at: place)
        case .any: try readAny(content, source: source, field, at: place)
        case .structure: try readStruct(content, source: source, field, at: place)
        case .value: try readDynamic(content, source: source, field, at: place)
        case .listValue: try readListValue(content, source: source, field, at: place)
        }
    }

    /// Calls `body` behind the tag of every field; it reads the value, or leaves it by false.
    @inline(__always)
    func forEachField(
        _ content: RawSpan, _ body: (WireTag, inout WireReader) throws(Failure) -> Bool
    ) throws(Failure) {
        var cursor = WireReader(content)
        while let tag = try tag(&cursor) {
            if try !body(tag, &cursor) { try skip(tag, &cursor) }
        }
    }

    private mutating func readWrapper(
        _ content: RawSpan, source: Int, _ field: FieldPlan, at place: UInt16
    ) throws(Failure) {
        var value = -1
        let type = field.type.wireType
        try forEachField(content) { tag, cursor throws(Failure) in
            if tag == WireTag(1, type) { value = cursor.index }
            return false
        }
        guard value >= 0 else { return try pushEmpty(field, at: place) }
        var cursor = WireReader(content)
        cursor.index = value
        try readScalar(&cursor, source: source, field, at: place)
    }

    private mutating func pushEmpty(_ field: FieldPlan, at place: UInt16) throws(Failure) {
        switch field.type {
        case .string: sink.string(.elsewhere, RawSpan(), field, at: place)
        case .bytes: sink.bytes(.elsewhere, RawSpan(), field, at: place)
        case .bool: sink.boolean(false, field, at: place)
        case .float, .double: sink.floating(0, field, at: place)
        default: sink.integer(0, field, at: place)
        }
    }

    private mutating func readTime(
        _ content: RawSpan, source: Int, _ field: FieldPlan, at place: UInt16
    ) throws(Failure) {
        var seconds: Int64 = 0
        var nanos: Int32 = 0
        try forEachField(content) { tag, cursor throws(Failure) in
            if tag == WireTag(1, .varint) {
                seconds = Int64(bitPattern: try varint(&cursor))
            } else if tag == WireTag(2, .varint) {
                nanos = Int32(truncatingIfNeeded: try varint(&cursor))
            } else {
                return false
            }
            return true
        }
        let timestamp = Timestamp(seconds: seconds, nanos: nanos)
        let duration = TimeSpan(seconds: seconds, nanos: nanos)
        if field.form == .timestamp, timestamp.isValid {
            sink.timestamp(timestamp, field, at: place)
        } else if field.form == .duration, duration.isValid {
            sink.duration(duration, field, at: place)
        } else {
            try sink.opaque(self.place(source, 0), content, field, at: place)
        }
    }

    private mutating func readFieldMask(
        _ content: RawSpan, source: Int, _ field: FieldPlan, at place: UInt16
    ) throws(Failure) {
        try forEachField(content) { tag, cursor throws(Failure) in
            guard tag == WireTag(1, .lengthDelimited) else { return false }
            guard UTF8Text.kind(of: content.extracting(try self.content(&cursor))) != .invalid else { throw notText }
            return true
        }
        var text = ByteWriter()
        if FieldMaskText.write(content, into: &text) {
            sink.fieldMask(text.written, fields: content, field, at: place)
        } else {
            try sink.opaque(self.place(source, 0), content, field, at: place)
        }
    }

    // MARK: Any

    private mutating func readAny(
        _ content: RawSpan, source: Int, _ field: FieldPlan, at place: UInt16
    ) throws(Failure) {
        var url = 0..<0
        var value = 0..<0
        try forEachField(content) { tag, cursor throws(Failure) in
            guard tag.type == .lengthDelimited, tag.number <= 2 else { return false }
            let range = try self.content(&cursor)
            if tag.number == 1 { url = range } else { value = range }
            return true
        }
        let name = content.extracting(url)
        guard UTF8Text.kind(of: name) != .invalid else { throw notText }
        let before = sink.mark
        let state = (depth, keys)
        if let message = plan.message(at: name) {
            do throws(Failure) {
                let offset = source < 0 ? -1 : source &+ value.lowerBound
                return try readAny(
                    name, content.extracting(value), source: offset, of: message, field, at: place)
            } catch {
                // It is carried on as it is; whoever knows the type better may read it.
                sink.rollBack(to: before)
                (depth, keys) = state
            }
        }
        let isEmpty = url.isEmpty && value.isEmpty
        try sink.opaque(
            isEmpty ? .elsewhere : self.place(source, 0), isEmpty ? RawSpan() : content, field, at: place)
    }

    private mutating func readAny(
        _ url: RawSpan, _ value: RawSpan, source: Int, of message: MessagePlan, _ field: FieldPlan, at place: UInt16
    ) throws(Failure) {
        let start = sink.openAny(url, message, field, at: place)
        try enter()
        var present = FieldSet()
        if message.isShownOtherwise {
            try readWellKnown(value, source: source, message.whole, at: Node.noField)
        } else {
            present = try readContent(value, source: source, of: message)
        }
        leave()
        sink.closeAny(start, message, field, present: present)
    }
}
