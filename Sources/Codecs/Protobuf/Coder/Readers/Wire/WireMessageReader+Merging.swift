internal import Buffers
internal import Canonical
internal import ProtobufSchema

/// Fields brought together: what a reader that kept all of a message in memory would have at its end.
extension WireMessageReader where Sink: ~Copyable {
    /// One field as it stands.
    private struct Piece {
        /// The index of the field; behind all others when it is not known.
        var field: Int
        /// All of it, with its tag, which may be longer than it needs to be.
        var whole: Range<Int>
        /// All behind the tag; nothing for an item of a message set, whose tag is of another kind.
        var value: Range<Int>
        /// The content of a message.
        var content: Range<Int>
        /// It has the other one of the field's tags.
        var isOther = false
    }

    /// The fields of `content` in the order of the schema: the last value of a field that is not repeated, or all its
    /// pieces as one message; the last member of each oneof; of a map the last entry of each key; unknown fields last.
    mutating func merge(_ content: RawSpan, of message: MessagePlan) throws(Failure) -> Bytes {
        mergeBudget &-= content.byteCount
        guard mergeBudget >= 0 else {
            throw plan.failure(
                "protobuf.scattered", "The fields of nested messages are scattered too much.", code: .resourceExhausted)
        }
        var pieces = try self.pieces(content, of: message)
        dropLosers(&pieces, of: message)
        pieces.sort { ($0.field, $0.whole.lowerBound) < ($1.field, $1.whole.lowerBound) }
        var out = ByteWriter(capacity: content.byteCount + 16)
        var start = 0
        while start < pieces.count {
            var end = start + 1
            while end < pieces.count, pieces[end].field == pieces[start].field { end += 1 }
            let field = pieces[start].field
            let plan = field < message.fields.count ? message.fields[field] : nil
            try write(pieces[start..<end], plan, of: content, into: &out)
            start = end
        }
        return out.finish()
    }

    private func pieces(_ content: RawSpan, of message: MessagePlan) throws(Failure) -> [Piece] {
        var pieces: [Piece] = []
        var cursor = WireReader(content)
        while true {
            let start = cursor.index
            guard let tag = try tag(&cursor) else { return pieces }
            let value = cursor.index
            if message.isMessageSet, tag == WireTag(1, .startGroup) {
                let item = try SetItem(&cursor, plan.malformed)
                let field = item.content == nil ? nil : message.field(numbered: item.number)
                let range = item.content ?? start..<start
                let whole = start..<cursor.index
                pieces.append(Piece(field: field ?? .max, whole: whole, value: start..<start, content: range))
                continue
            }
            var field = message.field(numbered: tag.number) ?? .max
            if field != .max, !message.fields[field].reads(tag) { field = .max }
            if field != .max, try isUnknownValue(content, value, message.fields[field]) { field = .max }
            var range = start..<start
            switch tag.type {
            case .lengthDelimited: range = try self.content(&cursor)
            case .startGroup:
                do { range = try cursor.group(tag.number) } catch { throw plan.malformed(error) }
            default: try skip(tag, &cursor)
            }
            let isOther = field != .max && tag.isOther(message.fields[field])
            pieces.append(
                Piece(
                    field: field, whole: start..<cursor.index, value: value..<cursor.index, content: range,
                    isOther: isOther))
        }
    }

    private func isUnknownValue(_ content: RawSpan, _ value: Int, _ field: FieldPlan) throws(Failure) -> Bool {
        guard field.shape == .single, field.type == .enumeration, plan.enums[field.index].isClosed else { return false }
        var cursor = WireReader(content)
        cursor.index = value
        return !plan.enums[field.index].isKnown(Int32(truncatingIfNeeded: try varint(&cursor)))
    }

    /// Keeps of each oneof what came since its last member was another one.
    private func dropLosers(_ pieces: inout [Piece], of message: MessagePlan) {
        var winners: [Int: (field: Int, start: Int)] = [:]
        func oneof(_ piece: Piece) -> Int {
            piece.field < message.fields.count ? message.fields[piece.field].oneof : -1
        }
        for piece in pieces {
            let oneof = oneof(piece)
            guard oneof >= 0, winners[oneof]?.field != piece.field else { continue }
            winners[oneof] = (piece.field, piece.whole.lowerBound)
        }
        guard !winners.isEmpty else { return }
        pieces.removeAll { piece in
            guard let winner = winners[oneof(piece)] else { return false }
            return piece.field != winner.field || piece.whole.lowerBound < winner.start
        }
    }

    /// Writes all pieces of one field.
    private mutating func write(
        _ pieces: ArraySlice<Piece>, _ field: FieldPlan?, of content: RawSpan, into out: inout ByteWriter
    ) throws(Failure) {
        guard let field else {
            for piece in pieces { out.append(content.extracting(piece.whole)) }
            return
        }
        if field.shape == .list || field.shape == .packed {
            for piece in pieces { write(piece, field, of: content, into: &out) }
        } else if field.shape == .map {
            for piece in try lastEntries(pieces, field, of: content) { write(piece, field, of: content, into: &out) }
        } else if field.form == .scalar && !field.isWrapped {
            if let last = pieces.last { write(last, field, of: content, into: &out) }
        } else {
            out.append(word: field.tag.word, length: field.tag.length)
            if !field.isGroup { out.append(varint: UInt64(pieces.reduce(0) { $0 + $1.content.count })) }
            for piece in pieces { out.append(content.extracting(piece.content)) }
            out.append(word: field.end.word, length: field.end.length)
        }
    }

    private func write(_ piece: Piece, _ field: FieldPlan, of content: RawSpan, into out: inout ByteWriter) {
        let tag = piece.isOther ? field.otherTag : field.tag
        out.append(word: tag.word, length: tag.length)
        out.append(content.extracting(piece.value))
    }

    private mutating func lastEntries(
        _ pieces: ArraySlice<Piece>, _ field: FieldPlan, of content: RawSpan
    ) throws(Failure) -> [Piece] {
        let map = plan.maps[field.index]
        var kept: [Piece] = []
        let outer = keys.open()
        for piece in pieces.reversed() {
            let entry = content.extracting(piece.content)
            let parts = try EntryParts(entry, map, plan.malformed)
            if keys.insert(try identity(entry, parts.key, map.key)) { kept.append(piece) }
        }
        keys.close(outer)
        return kept.reversed()
    }
}
