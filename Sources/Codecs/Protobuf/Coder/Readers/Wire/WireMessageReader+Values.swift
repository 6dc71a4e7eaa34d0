internal import Buffers
internal import Canonical
internal import ProtobufSchema

/// Values, lists and maps.
extension WireMessageReader where Sink: ~Copyable {
    /// Reads one value behind its tag.
    @inline(__always)
    mutating func readValue(
        _ cursor: inout WireReader, source: Int, _ field: FieldPlan, at place: UInt16
    ) throws(Failure) {
        if field.isWrapped || field.kind == .wellKnown {
            let range = try content(&cursor, field)
            let offset = source < 0 ? -1 : source &+ range.lowerBound
            try readWellKnown(cursor.span.extracting(range), source: offset, field, at: place)
        } else if field.kind != .message {
            try readScalar(&cursor, source: source, field, at: place)
        } else if field.isWhole {
            try readMessage(whole: cursor.span, source: source, field, at: place)
        } else {
            try readMessage(&cursor, source: source, field, at: place)
        }
    }

    // MARK: Simple values

    @inline(__always)
    mutating func readScalar(
        _ cursor: inout WireReader, source: Int, _ field: FieldPlan, at place: UInt16
    ) throws(Failure) {
        switch field.kind {
        case .text: try readText(&cursor, source: source, field, at: place)
        case .integer: sink.integer(try integer(&cursor, field), field, at: place)
        case .boolean: sink.boolean(try varint(&cursor) != 0, field, at: place)
        case .floating:
            let value: Double
            do { value = try cursor.floating(field.type) } catch { throw plan.malformed(error) }
            sink.floating(value, field, at: place)
        case .enumeration:
            let number = Int32(truncatingIfNeeded: try varint(&cursor))
            sink.enumeration(number, plan.enums[field.index], field, at: place)
        case .bytes, .message, .wellKnown:
            let range = try content(&cursor)
            sink.bytes(self.place(source, range.lowerBound), cursor.span.extracting(range), field, at: place)
        }
    }

    @inline(__always)
    func integer(_ cursor: inout WireReader, _ field: FieldPlan) throws(Failure) -> UInt64 {
        do { return try cursor.integer(field.type) } catch { throw plan.malformed(error) }
    }

    @inline(__always)
    private mutating func readText(
        _ cursor: inout WireReader, source: Int, _ field: FieldPlan, at place: UInt16
    ) throws(Failure) {
        let range = try content(&cursor)
        let bytes = cursor.span.extracting(range)
        var text = self.place(source, range.lowerBound)
        switch UTF8Text.kind(of: bytes) {
        case .plain:
            text.isPlain = true
            sink.string(text, bytes, field, at: place)
        case .valid: sink.string(text, bytes, field, at: place)
        case .invalid:
            guard !field.checksUTF8 else { throw notText }
            try sink.illFormed(text, bytes, field, at: place)
        }
    }

    var notText: Failure { plan.failure("protobuf.utf8", "A string is not valid UTF-8.") }

    // MARK: Lists

    /// Reads the values of a repeated field that follow each other; the first tag was read, unless it is the other one.
    mutating func readList(
        _ cursor: inout WireReader, source: Int, _ field: FieldPlan, _ begin: Int, at place: UInt16
    ) throws(Failure) {
        let start = sink.openList(field)
        var count = 0
        var isNatural = cursor.index > begin
        repeat {
            if !isNatural { _ = try tag(&cursor) }
            let isPacked = (field.shape == .packed) == isNatural
            do throws(Failure) {
                if isPacked {
                    try readPacked(&cursor, field, begin, &count, at: place)
                } else {
                    try readItem(&cursor, source: source, field, begin, at: place)
                    count &+= 1
                }
            } catch {
                throw error.within(item: count)
            }
            isNatural = cursor.skip(field.tag)
        } while isNatural || isOther(field, cursor)
        sink.closeList(start, field)
    }

    /// Whether the other way to write the values of `field` is reached.
    private func isOther(_ field: FieldPlan, _ cursor: borrowing WireReader) -> Bool {
        field.otherTag.isNext(in: cursor.span, at: cursor.index)
    }

    private mutating func readItem(
        _ cursor: inout WireReader, source: Int, _ field: FieldPlan, _ begin: Int, at place: UInt16
    ) throws(Failure) {
        if field.type == .enumeration { return try readEnumItem(&cursor, field, at: place) }
        sink.item()
        try readValue(&cursor, source: source, field, at: place)
    }

    private mutating func readPacked(
        _ cursor: inout WireReader, _ field: FieldPlan, _ begin: Int, _ count: inout Int, at place: UInt16
    ) throws(Failure) {
        let range = try content(&cursor)
        var items = WireReader(cursor.span.extracting(range))
        while !items.isAtEnd {
            if field.type == .enumeration {
                try readEnumItem(&items, field, at: place)
            } else {
                sink.item()
                try readScalar(&items, source: -1, field, at: place)
            }
            count &+= 1
        }
    }

    /// An enum in a list; a number that a closed one does not know is a field that is not known.
    private mutating func readEnumItem(
        _ cursor: inout WireReader, _ field: FieldPlan, at place: UInt16
    ) throws(Failure) {
        let number = Int32(truncatingIfNeeded: try varint(&cursor))
        let type = plan.enums[field.index]
        guard !type.isClosed || type.isKnown(number) else {
            var raw = ByteWriter()
            raw.append(field: field.number, varint: UInt64(bitPattern: Int64(number)))
            return sink.unknown(.elsewhere, raw.written)
        }
        sink.item()
        sink.enumeration(number, type, field, at: place)
    }
}
