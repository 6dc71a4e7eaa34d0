internal import Buffers
internal import Canonical
internal import ProtobufSchema

/// Messages and their fields. `source` is where the cursor's bytes begin in the document's source, -1 for a copy.
extension WireMessageReader where Sink: ~Copyable {
    mutating func readMessage(
        _ cursor: inout WireReader, source: Int, _ field: FieldPlan, at place: UInt16
    ) throws(Failure) {
        let message = plan.messages[field.index]
        let before = sink.mark
        let start = sink.openMessage(message, field, at: place)
        guard field.isGroup else {
            let range = try content(&cursor)
            return try readMessage(cursor.span, range, source: source, field, at: place, start, before)
        }
        try enter()
        let begin = cursor.index
        var progress = FieldProgress()
        guard try readFields(&cursor, source: source, of: message, group: field.number, &progress) else {
            leave()
            cursor.index = begin
            let range = try content(&cursor, field)
            return try readMerged(cursor.span.extracting(range), field, at: place, before)
        }
        leave()
        try close(start, message, field, progress.seen)
    }

    /// Reads the message whose content is `range` of `span`; the sink has it open since `start`.
    private mutating func readMessage(
        _ span: RawSpan, _ range: Range<Int>, source: Int, _ field: FieldPlan, at place: UInt16, _ start: Int,
        _ before: Sink.Mark
    ) throws(Failure) {
        let message = plan.messages[field.index]
        try enter()
        var progress = FieldProgress()
        var cursor = WireReader(span.extracting(range))
        let offset = source < 0 ? -1 : source &+ range.lowerBound
        let isRead = try readFields(&cursor, source: offset, of: message, group: 0, &progress)
        leave()
        guard isRead else { return try readMerged(span.extracting(range), field, at: place, before) }
        try close(start, message, field, progress.seen)
    }

    /// A message that stands by itself in `span`.
    mutating func readMessage(
        whole span: RawSpan, source: Int, _ field: FieldPlan, at place: UInt16
    ) throws(Failure) {
        let before = sink.mark
        let start = sink.openMessage(plan.messages[field.index], field, at: place)
        try readMessage(span, 0..<span.byteCount, source: source, field, at: place, start, before)
    }

    private mutating func readMerged(
        _ content: RawSpan, _ field: FieldPlan, at place: UInt16, _ before: Sink.Mark
    ) throws(Failure) {
        let message = plan.messages[field.index]
        sink.rollBack(to: before)
        let start = sink.openMessage(message, field, at: place)
        try close(start, message, field, readMergedFields(content, of: message))
    }

    private mutating func readMergedFields(_ content: RawSpan, of message: MessagePlan) throws(Failure) -> FieldSet {
        let merged = try merge(content, of: message)
        try enter()
        var progress = FieldProgress()
        var cursor = WireReader(merged.span)
        guard try readFields(&cursor, source: -1, of: message, group: 0, &progress) else {
            throw plan.failure("protobuf.malformed", "The fields of a message cannot be brought together.")
        }
        leave()
        return progress.seen
    }

    /// Reads the fields of a message that the sink has open; brings them together where that is needed.
    ///
    /// - Returns: The fields that have a value.
    mutating func readContent(_ content: RawSpan, source: Int, of message: MessagePlan) throws(Failure) -> FieldSet {
        let before = sink.mark
        try enter()
        var progress = FieldProgress()
        var cursor = WireReader(content)
        let isRead = try readFields(&cursor, source: source, of: message, group: 0, &progress)
        leave()
        if isRead {
            try check(message, progress.seen)
            return progress.seen
        }
        sink.rollBack(to: before)
        let present = try readMergedFields(content, of: message)
        try check(message, present)
        return present
    }

    private mutating func close(
        _ start: Int, _ message: MessagePlan, _ field: FieldPlan, _ present: FieldSet
    ) throws(Failure) {
        try check(message, present)
        sink.closeMessage(start, message, field, present: present)
    }

    private func check(_ message: MessagePlan, _ present: FieldSet) throws(Failure) {
        guard !present.isSuperset(of: message.required) else { return }
        for (index, name) in message.fieldNames.enumerated()
        where message.required.contains(index) && !present.contains(index) {
            throw plan.failure("protobuf.required", "A required field is missing.").within(name)
        }
    }

    // MARK: Fields

    /// Reads fields up to the end of the cursor's bytes, or of the group whose number is given; false when they must be
    /// brought together first.
    private mutating func readFields(
        _ cursor: inout WireReader, source: Int, of message: MessagePlan, group: Int, _ progress: inout FieldProgress
    ) throws(Failure) -> Bool {
        while true {
            sink.takeFields(&cursor, of: message, &progress)
            let start = cursor.index
            let expected = progress.expected
            if expected < message.fields.count, cursor.skip(message.fields[expected].tag) {
                guard try readField(expected, of: message, &cursor, source: source, start, &progress) else {
                    return false
                }
                continue
            }
            guard let tag = try tag(&cursor) else {
                guard group == 0 else { throw plan.malformed(.unbalancedGroup) }
                return true
            }
            if tag.type == .endGroup {
                guard tag.number == group else { throw plan.malformed(.unbalancedGroup) }
                return true
            }
            if message.isMessageSet, tag == WireTag(1, .startGroup) {
                guard try readSetItem(&cursor, source: source, of: message, start, &progress) else { return false }
            } else if let index = message.field(numbered: tag.number), message.fields[index].reads(tag) {
                if tag.isOther(message.fields[index]) { cursor.index = start }
                guard try readField(index, of: message, &cursor, source: source, start, &progress) else { return false }
            } else {
                try skip(tag, &cursor)
                sink.unknown(place(source, start), cursor.span.extracting(start..<cursor.index))
            }
        }
    }

    func place(_ source: Int, _ start: Int) -> TextPlace {
        TextPlace(source: source < 0 ? -1 : source &+ start, isPlain: false)
    }

    /// Reads the value or values of a field whose tag was just read; it begins at `start`.
    @inline(__always)
    private mutating func readField(
        _ index: Int, of message: MessagePlan, _ cursor: inout WireReader, source: Int, _ start: Int,
        _ progress: inout FieldProgress
    ) throws(Failure) -> Bool {
        let field = message.fields[index]
        if !progress.seen.insert(index) { return false }
        if field.oneof >= 0, !progress.oneofs.insert(field.oneof) { return false }
        let place = UInt16(truncatingIfNeeded: index)
        progress.expected = index &+ 1
        do throws(Failure) {
            switch field.shape {
            case .single:
                if field.type == .enumeration, plan.enums[field.index].isClosed {
                    guard try hasKnownValue(cursor, field) else {
                        try skip(WireTag(field.number, .varint), &cursor)
                        sink.unknown(self.place(source, start), cursor.span.extracting(start..<cursor.index))
                        return true
                    }
                }
                sink.member(index, of: message)
                try readValue(&cursor, source: source, field, at: place)
            case .list, .packed:
                sink.member(index, of: message)
                try readList(&cursor, source: source, field, start, at: place)
            case .map:
                sink.member(index, of: message)
                return try readMap(&cursor, source: source, field, start, at: place)
            }
        } catch {
            throw error.within(message.fieldNames[index])
        }
        return true
    }

    private func hasKnownValue(_ cursor: borrowing WireReader, _ field: FieldPlan) throws(Failure) -> Bool {
        var ahead = WireReader(cursor.span)
        ahead.index = cursor.index
        return plan.enums[field.index].isKnown(Int32(truncatingIfNeeded: try varint(&ahead)))
    }
}

extension FieldPlan {
    /// Whether the value behind `tag` is one of this field.
    func reads(_ tag: WireTag) -> Bool {
        tag.type == wireType || tag.isOther(self)
    }

    /// How its values are written, or all of them when it is packed.
    private var wireType: WireType {
        if isGroup { return .startGroup }
        return shape == .packed || shape == .map || isWrapped || form != .scalar ? .lengthDelimited : type.wireType
    }
}

extension WireTag {
    /// Whether it is the tag of a packed field's single value, or of a list's packed ones.
    func isOther(_ field: FieldPlan) -> Bool {
        field.otherTag.length > 0 && type == (field.shape == .packed ? field.type.wireType : .lengthDelimited)
    }
}
