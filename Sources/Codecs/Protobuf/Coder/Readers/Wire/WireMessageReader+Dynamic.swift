internal import Buffers
internal import Canonical
internal import ProtobufSchema

/// `Struct`, `Value` and `ListValue` (google/protobuf/struct.proto).
extension WireMessageReader where Sink: ~Copyable {
    mutating func readDynamic(
        _ content: RawSpan, source: Int, _ field: FieldPlan, at place: UInt16
    ) throws(Failure) {
        var kind: WireTag?
        var value = 0
        var isScattered = false
        try forEachField(content) { tag, cursor throws(Failure) in
            guard let type = DynamicKind(rawValue: tag.number), type.wireType == tag.type else { return false }
            isScattered = isScattered || (kind == tag && type.isMessage)
            kind = tag
            value = cursor.index
            return false
        }
        guard let kind, let type = DynamicKind(rawValue: kind.number) else {
            return try sink.opaque(self.place(source, 0), content, field, at: place)
        }
        if isScattered {
            let merged = try merge(content, of: plan.messages[plan.listItem.index])
            return try readDynamic(merged.span, source: -1, field, at: place)
        }
        var cursor = WireReader(content)
        cursor.index = value
        try readDynamic(type, &cursor, source: source, field, at: place)
    }

    private mutating func readDynamic(
        _ kind: DynamicKind, _ cursor: inout WireReader, source: Int, _ field: FieldPlan, at place: UInt16
    ) throws(Failure) {
        let range = kind.wireType == .lengthDelimited ? try content(&cursor) : 0..<0
        let content = cursor.span.extracting(range)
        let offset = source < 0 ? -1 : source &+ range.lowerBound
        switch kind {
        case .null: sink.dynamicNull(field, at: place)
        case .boolean: sink.dynamic(try varint(&cursor) != 0, field, at: place)
        case .number:
            guard cursor.span.byteCount &- cursor.index >= 8 else { throw plan.malformed(.truncated) }
            try sink.dynamic(Double(bitPattern: cursor.span.word(at: cursor.index)), field, at: place)
        case .string:
            let text = UTF8Text.kind(of: content)
            guard text != .invalid else { throw notText }
            sink.dynamic(TextPlace(source: offset, isPlain: text == .plain), content, field, at: place)
        case .structure: try readStruct(content, source: offset, field, at: place)
        case .list: try readListValue(content, source: offset, field, at: place)
        }
    }

    // MARK: Struct

    mutating func readStruct(
        _ content: RawSpan, source: Int, _ field: FieldPlan, at place: UInt16
    ) throws(Failure) {
        let before = sink.mark
        try enter()
        if try !readEntries(content, source: source, field, at: place) {
            sink.rollBack(to: before)
            guard let message = plan.messages.first(where: { $0.whole.form == .structure }) else {
                throw plan.failure("protobuf.duplicate", "A key of a Struct comes twice.")
            }
            let merged = try merge(content, of: message)
            _ = try readEntries(merged.span, source: -1, field, at: place)
        }
        leave()
    }

    /// False when a key comes twice.
    private mutating func readEntries(
        _ content: RawSpan, source: Int, _ field: FieldPlan, at place: UInt16
    ) throws(Failure) -> Bool {
        let start = sink.openStruct(field, at: place)
        let outer = keys.open()
        var cursor = WireReader(content)
        while let tag = try tag(&cursor) {
            guard tag == WireTag(1, .lengthDelimited) else {
                try skip(tag, &cursor)
                continue
            }
            let range = try self.content(&cursor)
            let offset = source < 0 ? -1 : source &+ range.lowerBound
            guard try readEntry(content.extracting(range), source: offset) else {
                keys.close(outer)
                return false
            }
        }
        keys.close(outer)
        sink.closeStruct(start, field)
        return true
    }

    private mutating func readEntry(_ content: RawSpan, source: Int) throws(Failure) -> Bool {
        var key = 0..<0
        var value = 0..<0
        var count = 0
        var pieces = ByteWriter()
        try forEachField(content) { tag, cursor throws(Failure) in
            guard tag.type == .lengthDelimited, tag.number <= 2 else { return false }
            let range = try self.content(&cursor)
            if tag.number == 1 {
                key = range
            } else {
                value = range
                if count > 0 || !cursor.isAtEnd { pieces.append(content.extracting(range)) }
                count &+= 1
            }
            return true
        }
        let name = content.extracting(key)
        let kind = UTF8Text.kind(of: name)
        guard kind != .invalid else { throw notText }
        guard keys.insert(KeyLog.identity(of: name)) else { return false }
        let entry = sink.openStructEntry(
            TextPlace(source: source < 0 || key.isEmpty ? -1 : source &+ key.lowerBound, isPlain: kind == .plain), name)
        do throws(Failure) {
            if count > 1 {
                try readDynamic(pieces.written, source: -1, plan.structValue, at: Node.noField)
            } else {
                let offset = source < 0 ? -1 : source &+ value.lowerBound
                try readDynamic(content.extracting(value), source: offset, plan.structValue, at: Node.noField)
            }
        } catch {
            throw error.within(String(decoding: name))
        }
        sink.closeStructEntry(entry)
        return true
    }

    // MARK: ListValue

    mutating func readListValue(
        _ content: RawSpan, source: Int, _ field: FieldPlan, at place: UInt16
    ) throws(Failure) {
        try enter()
        let start = sink.openListValue(field, at: place)
        var count = 0
        var cursor = WireReader(content)
        while let tag = try tag(&cursor) {
            guard tag == WireTag(1, .lengthDelimited) else {
                try skip(tag, &cursor)
                continue
            }
            let range = try self.content(&cursor)
            let offset = source < 0 ? -1 : source &+ range.lowerBound
            sink.item()
            do throws(Failure) {
                try readDynamic(content.extracting(range), source: offset, plan.listItem, at: Node.noField)
            } catch {
                throw error.within(item: count)
            }
            count &+= 1
        }
        sink.closeListValue(start, field)
        leave()
    }
}

/// The fields of `google.protobuf.Value`.
private enum DynamicKind: Int {
    case null = 1, number, string, boolean, structure, list

    var wireType: WireType {
        switch self {
        case .null, .boolean: .varint
        case .number: .fixed64
        case .string, .structure, .list: .lengthDelimited
        }
    }

    var isMessage: Bool { self == .structure || self == .list }
}
