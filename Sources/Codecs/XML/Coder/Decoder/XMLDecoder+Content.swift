internal import Buffers
internal import Canonical

/// Child elements and groups of them.
extension XMLDecoder {
    /// Everything up to the end tag.
    mutating func content(
        _ cursor: inout Cursor, _ xml: inout XMLTokenizer, _ builder: inout DocumentBuilder
    ) throws(XMLError) {
        var token = try next(&cursor, &xml, &builder)
        while true {
            switch token {
            case .startElement:
                let place = find(&cursor, &xml)
                if place >= 0 {
                    token = try child(place, &cursor, &xml, &builder)
                } else {
                    token = try stranger(&cursor, &xml, &builder)
                }
            case .text:
                looseText(&cursor, &xml, &builder)
                token = try xml.next()
            case .endElement, .end: return
            }
        }
    }

    /// The next token of an object's content that takes a closer look: reads the elements before it that are as expected.
    mutating func next(
        _ cursor: inout Cursor, _ xml: inout XMLTokenizer, _ builder: inout DocumentBuilder
    ) throws(XMLError) -> XMLToken {
        guard cursor.readsAhead else { return try xml.next() }
        while true {
            let place = leaf(&cursor, &xml)
            guard place >= 0 else { return try xml.nextTag() }
            _ = cursor.present.insert(place)
            let value = fields[cursor.first &+ place].value
            cursor.pass(place, isRepeated: value.isRepeated)
            append(builder.lexical(&xml), value, UInt16(truncatingIfNeeded: place), &xml, &builder)
            try checkSide(&builder, &xml)
        }
    }

    /// Reads the next element if it is one of the next fields of its object and has only plain text in it; returns its field
    /// then, else -1.
    @inline(__always)
    mutating func leaf(_ cursor: inout Cursor, _ xml: inout XMLTokenizer) -> Int {
        guard let tag = xml.expectedTag() else { return -1 }
        let present = cursor.present.low
        for place in cursor.next..<max(cursor.next, min(cursor.next &+ 3, cursor.fieldCount, 64)) {
            let field = cursor.first &+ place
            guard fields[field].isLeaf, fields[field].namespace == tag.namespace else { continue }
            let name = literals.extracting(fields[field].name.range)
            guard let end = fields[field].endOfName(name, at: tag.localStart, in: xml.source.span) else { continue }
            let isSurplus = present &>> UInt64(place) & 1 == 1 && !fields[field].value.isRepeated
            return !isSurplus && xml.leaf(tag, to: end) ? place : -1
        }
        return -1
    }

    /// Text between elements: part of the value of a mixed type, else to be white space only.
    private mutating func looseText(
        _ cursor: inout Cursor, _ xml: inout XMLTokenizer, _ builder: inout DocumentBuilder
    ) {
        if types[cursor.type].traits.contains(.isMixed) {
            string(builder.lexical(&xml), Node.noField, &builder)
        } else if !xml.isBlankText {
            report.ignore(.unexpectedText, at: cursor.object)
        }
    }

    /// The field that the current element belongs to, -1 for none.
    ///
    /// Most elements are the next ones in the schema, so that they are told by comparing two or three numbers.
    @inline(__always)
    mutating func find(_ cursor: inout Cursor, _ xml: inout XMLTokenizer) -> Int {
        let range = xml.localNameRange
        let key = xml.source.span.nameKey(range.lowerBound, range.upperBound)
        let tail = xml.source.span.nameTail(range.lowerBound, range.upperBound)
        let next = cursor.next
        if next < cursor.fieldCount, range.count < 16 {
            let field = cursor.first &+ next
            if fields[field].key == key, fields[field].tail == tail, fields[field].namespace == xml.namespace {
                return next
            }
        }
        return findElsewhere(key, tail, &cursor, &xml)
    }

    @inline(never)
    private mutating func findElsewhere(
        _ key: UInt64, _ tail: UInt64, _ cursor: inout Cursor, _ xml: inout XMLTokenizer
    ) -> Int {
        let namespace = xml.namespace
        let name = xml.localName
        for place in cursor.next..<max(cursor.next, min(cursor.next &+ 4, cursor.fieldCount)) {
            let field = cursor.first &+ place
            if fields[field].key == key, fields[field].tail == tail, fields[field].namespace == namespace,
                name.byteCount < 16 || literals.extracting(fields[field].name.range).equals(name)
            {
                return place
            }
        }
        let minimum = Int32(truncatingIfNeeded: cursor.next)
        return Int(plan.find(name, namespace, in: types[cursor.type].elements, from: minimum))
    }

    /// Reads the current element as the field at `place`; returns the token behind what was read.
    mutating func child(
        _ place: Int, _ cursor: inout Cursor, _ xml: inout XMLTokenizer, _ builder: inout DocumentBuilder
    ) throws(XMLError) -> XMLToken {
        let field = cursor.first &+ place
        let value = fields[field].value
        if !cursor.present.insert(place), !value.isRepeated {
            return try stranger(isSurplus: true, &cursor, &xml, &builder)
        }
        if place < cursor.last, !value.isRepeated, report.isChecking { checkOrder(cursor, &xml) }
        cursor.pass(place, isRepeated: value.isRepeated)
        if fields[field].role == .group { return try group(field, place, &xml, &builder) }
        try self.value(value, UInt16(truncatingIfNeeded: place), &xml, &builder)
        return try next(&cursor, &xml, &builder)
    }

    /// One object of the group `field`: as many elements as belong to one branch of a choice or one run of a sequence.
    /// Returns the token that is not part of it any more.
    private mutating func group(
        _ field: Int, _ place: Int, _ xml: inout XMLTokenizer, _ builder: inout DocumentBuilder
    ) throws(XMLError) -> XMLToken {
        let type = Int(fields[field].value.target)
        let object = builder.openObject(MessageID(type), field: UInt16(truncatingIfNeeded: place))
        var cursor = Cursor(type, types[type], object: object, isGroup: true)
        var token = XMLToken.startElement
        var isFirst = true
        while token == .startElement || token == .text {
            if token == .text {
                looseText(&cursor, &xml, &builder)
                token = try xml.next()
                continue
            }
            var place = find(&cursor, &xml)
            if place < 0 { place = wildcard(of: cursor, for: xml.namespace) }
            guard isFirst || (place >= 0 && continues(cursor, place)) else { break }
            isFirst = false
            if place < 0 {
                token = try stranger(&cursor, &xml, &builder)
            } else {
                token = try member(place, &cursor, &xml, &builder)
            }
        }
        if report.isChecking { check(&cursor, &builder) }
        builder.close(object)
        return token
    }

    private mutating func member(
        _ place: Int, _ cursor: inout Cursor, _ xml: inout XMLTokenizer, _ builder: inout DocumentBuilder
    ) throws(XMLError) -> XMLToken {
        guard fields[cursor.first &+ place].role == .wildcard else { return try child(place, &cursor, &xml, &builder) }
        return try item(place, &cursor, &xml, &builder)
    }

    /// Whether an element of the field at `place` belongs to the group's current object rather than to the next one.
    private func continues(_ cursor: Cursor, _ place: Int) -> Bool {
        let last = cursor.last
        if place < last { return false }
        if place == last { return fields[cursor.first &+ place].value.isRepeated }
        // Branches are runs of fields: what excludes an earlier field of the object excludes the last one too.
        for step in fields[cursor.first &+ place].choices {
            for other in fields[cursor.first &+ last].choices
            where plan.choices[Int(step)].excludes(plan.choices[Int(other)]) { return false }
        }
        return true
    }
}
