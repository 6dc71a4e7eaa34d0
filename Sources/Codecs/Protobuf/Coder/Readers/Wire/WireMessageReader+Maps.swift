internal import Buffers
internal import Canonical
internal import ProtobufSchema

/// Maps: repeated messages of a key and a value.
extension WireMessageReader where Sink: ~Copyable {
    /// Reads the entries that follow each other; the first tag was read. False when a key comes twice.
    mutating func readMap(
        _ cursor: inout WireReader, source: Int, _ field: FieldPlan, _ begin: Int, at place: UInt16
    ) throws(Failure) -> Bool {
        let start = sink.openMap(field, at: place)
        let outer = keys.open()
        var first = begin
        // They stand behind the map, not in it.
        var unknown: [Range<Int>] = []
        repeat {
            let range = try content(&cursor)
            let offset = source < 0 ? -1 : source &+ range.lowerBound
            switch try readEntry(cursor.span.extracting(range), source: offset, field) {
            case .read: break
            case .unknown: unknown.append(first..<cursor.index)
            case .duplicate:
                keys.close(outer)
                return false
            }
            first = cursor.index
        } while cursor.skip(field.tag)
        keys.close(outer)
        sink.closeMap(start)
        for entry in unknown { sink.unknown(self.place(source, entry.lowerBound), cursor.span.extracting(entry)) }
        return true
    }

    private mutating func readEntry(
        _ content: RawSpan, source: Int, _ field: FieldPlan
    ) throws(Failure) -> EntryReading {
        let map = plan.maps[field.index]
        let parts = try EntryParts(content, map, plan.malformed)
        if let value = parts.value, map.value.type == .enumeration, try !isKnown(content, value, map.value) {
            return .unknown
        }
        let entry = sink.openEntry(field)
        guard keys.insert(try identity(content, parts.key, map.key)) else { return .duplicate }
        try pushKey(content, parts.key, source: source, map.key)
        do throws(Failure) {
            if let merged = parts.merged {
                try readMergedValue(merged.span, map.value)
            } else if let value = parts.value {
                var cursor = WireReader(content)
                cursor.index = value
                try readValue(&cursor, source: source, map.value, at: Node.noField)
            } else {
                try pushDefault(map.value)
            }
        } catch {
            throw error.within(keyText(content, parts.key, map.key))
        }
        sink.closeEntry(entry, field)
        return .read
    }

    private mutating func readMergedValue(_ content: RawSpan, _ field: FieldPlan) throws(Failure) {
        if field.form == .message {
            try readMessage(whole: content, source: -1, field, at: Node.noField)
        } else {
            try readWellKnown(content, source: -1, field, at: Node.noField)
        }
    }

    private func isKnown(_ content: RawSpan, _ value: Int, _ field: FieldPlan) throws(Failure) -> Bool {
        let type = plan.enums[field.index]
        guard type.isClosed else { return true }
        var cursor = WireReader(content)
        cursor.index = value
        return type.isKnown(Int32(truncatingIfNeeded: try varint(&cursor)))
    }

    // MARK: Keys

    /// What stands for a key among others.
    func identity(_ content: RawSpan, _ key: Int?, _ field: FieldPlan) throws(Failure) -> UInt64 {
        guard let key else { return field.type == .string ? KeyLog.identity(of: RawSpan()) : 0 }
        var cursor = WireReader(content)
        cursor.index = key
        switch field.type {
        case .string: return KeyLog.identity(of: content.extracting(try self.content(&cursor)))
        case .bool: return try varint(&cursor) != 0 ? 1 : 0
        default: return try integer(&cursor, field)
        }
    }

    private mutating func pushKey(
        _ content: RawSpan, _ key: Int?, source: Int, _ field: FieldPlan
    ) throws(Failure) {
        var cursor = WireReader(content)
        cursor.index = key ?? content.byteCount
        switch field.type {
        case .string:
            let range = key == nil ? 0..<0 : try self.content(&cursor)
            let text = content.extracting(range)
            let kind = UTF8Text.kind(of: text)
            guard kind != .invalid else { throw notText }
            let offset = source < 0 ? -1 : source &+ range.lowerBound
            sink.key(TextPlace(source: offset, isPlain: kind == .plain), text, field)
        case .bool: sink.key(boolean: key == nil ? false : try varint(&cursor) != 0, field)
        default: sink.key(integer: key == nil ? 0 : try integer(&cursor, field), field)
        }
    }

    /// The key for people.
    private func keyText(_ content: RawSpan, _ key: Int?, _ field: FieldPlan) -> String {
        guard let key else { return "" }
        var cursor = WireReader(content)
        cursor.index = key
        if field.type == .string {
            guard let range = try? self.content(&cursor) else { return "" }
            return String(decoding: content.extracting(range))
        }
        guard let bits = try? integer(&cursor, field) else { return "" }
        return field.isUnsigned ? String(bits) : String(Int64(bitPattern: bits))
    }

    private mutating func pushDefault(_ field: FieldPlan) throws(Failure) {
        guard field.form == .scalar, !field.isWrapped else { return try readMergedValue(RawSpan(), field) }
        switch field.type {
        case .string: sink.string(.elsewhere, RawSpan(), field, at: Node.noField)
        case .bytes: sink.bytes(.elsewhere, RawSpan(), field, at: Node.noField)
        case .bool: sink.boolean(false, field, at: Node.noField)
        case .float, .double: sink.floating(0, field, at: Node.noField)
        case .enumeration:
            let type = plan.enums[field.index]
            sink.enumeration(type.defaultNumber, type, field, at: Node.noField)
        default: sink.integer(0, field, at: Node.noField)
        }
    }
}

/// What became of an entry.
private enum EntryReading {
    case read
    /// Its value is a number that a closed enum does not know.
    case unknown
    /// Its key was there before.
    case duplicate
}

/// Where the key and the value of an entry stand: the last of each, behind their tags.
struct EntryParts {
    private(set) var key: Int?
    private(set) var value: Int?
    /// The content of a message that came in several pieces.
    private(set) var merged: Bytes?

    init(_ content: RawSpan, _ map: MapPlan, _ failure: (WireError) -> Failure) throws(Failure) {
        var cursor = WireReader(content)
        var pieces = ByteWriter()
        var count = 0
        do throws(WireError) {
            while let tag = try cursor.tag() {
                if tag.number == 1, map.key.reads(tag) {
                    key = cursor.index
                    try cursor.skip(tag)
                } else if tag.number == 2, map.value.reads(tag) {
                    value = cursor.index
                    guard map.value.form != .scalar || map.value.isWrapped else {
                        try cursor.skip(tag)
                        continue
                    }
                    let range = tag.type == .startGroup ? try cursor.group(2) : try cursor.content()
                    // Most entries have one value: it is copied only when a second one comes.
                    if count > 0 || !cursor.isAtEnd { pieces.append(content.extracting(range)) }
                    count += 1
                } else {
                    try cursor.skip(tag)
                }
            }
        } catch {
            throw failure(error)
        }
        if count > 1 { merged = pieces.finish() }
    }
}
