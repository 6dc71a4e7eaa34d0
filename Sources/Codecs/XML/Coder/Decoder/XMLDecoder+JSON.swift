internal import Buffers
internal import Canonical
internal import JSONCodec

/// An attribute that waits for its place among the elements.
struct AttributeText {
    let field: Int
    let range: Range<Int>
}

/// XML to JSON without a document between, for messages as they should be: elements in the order of their schema, nothing
/// unknown, no rule broken. Whatever else comes is a `Detour`: the caller goes back and reads a document, which says what
/// there is to say.
extension XMLDecoder {
    struct Detour: Error {}

    /// Writes the element that `xml` stands on, a whole message of type `type`, as `object`.
    mutating func message(
        _ type: Int, _ object: inout ObjectWriter, _ xml: inout XMLTokenizer, into out: inout ByteWriter
    ) throws(Detour) {
        guard xml.attributeIndex(.xsi, "type") == nil, !xml.isNil else { throw Detour() }
        try members(of: type, &object, &xml, into: &out)
    }

    /// Writes the element that `xml` stands on, of the message type `type`, as the members of `object`, up to its end tag.
    mutating func members(
        of type: Int, preset: Literal = .empty, _ object: inout ObjectWriter, _ xml: inout XMLTokenizer,
        into out: inout ByteWriter
    ) throws(Detour) {
        let traits = types[type].traits
        if report.isChecking, !traits.isDisjoint(with: [.hasBounds, .isAbstract]) { throw Detour() }
        var cursor = Cursor(type, types[type], object: 0)
        cursor.preset = preset
        let firstAttribute = waiting.count
        if xml.attributeCount > 0 { try keepAttributes(&cursor, &xml) }
        if types[type].text >= 0 {
            let place = Int(types[type].text)
            try begin(place, &cursor, &object, &xml, into: &out)
            var value = fields[cursor.first &+ place].value
            if !preset.isEmpty { value.traits.insert(.hasDefault) }
            try characters(value, at: place, object, &xml, into: &out)
        } else {
            try content(&cursor, &object, &xml, into: &out)
        }
        if report.isChecking {
            checkFields(cursor)
            guard report.isClean else { throw Detour() }
        }
        try writeAttributes(before: cursor.fieldCount, &cursor, &object, &xml, into: &out)
        waiting.removeLast(waiting.count &- firstAttribute)
        object.end(into: &out)
    }

    // MARK: Elements

    private mutating func content(
        _ cursor: inout Cursor, _ object: inout ObjectWriter, _ xml: inout XMLTokenizer, into out: inout ByteWriter
    ) throws(Detour) {
        while true {
            let place = leaf(&cursor, &xml)
            if place >= 0 {
                try begin(place, &cursor, &object, &xml, into: &out)
                try text(xml.text, fields[cursor.first &+ place].value, at: place, object, into: &out)
                continue
            }
            switch try tag(&xml) {
            case .startElement:
                let place = find(&cursor, &xml)
                guard place >= 0 else { throw Detour() }
                try begin(place, &cursor, &object, &xml, into: &out)
                try value(fields[cursor.first &+ place].value, at: place, object, &xml, into: &out)
            case .text: guard xml.isBlankText else { throw Detour() }
            case .endElement: return
            case .end: throw Detour()
            }
        }
    }

    /// Writes what stands before a value of the field at `place`.
    @inline(__always)
    private mutating func begin(
        _ place: Int, _ cursor: inout Cursor, _ object: inout ObjectWriter, _ xml: inout XMLTokenizer,
        into out: inout ByteWriter
    ) throws(Detour) {
        if !cursor.attributes.isEmpty {
            try writeAttributes(before: place, &cursor, &object, &xml, into: &out)
        }
        let isRepeated = fields[cursor.first &+ place].value.isRepeated
        guard cursor.present.insert(place) || isRepeated, object.begin(place, into: &out) else { throw Detour() }
        cursor.pass(place, isRepeated: isRepeated)
    }

    /// Writes the current element as a value of the field at `place` of `object`.
    private mutating func value(
        _ value: ValuePlan, at place: Int, _ object: ObjectWriter, _ xml: inout XMLTokenizer,
        into out: inout ByteWriter
    ) throws(Detour) {
        let isMessage = value.content == .message
        guard isMessage || value.content.isText else { throw Detour() }
        var type = Int(value.target)
        if xml.attributeCount > 0 {
            if xml.isNil { return try null(value, &xml, into: &out) }
            if isMessage {
                type = instanceType(xml, declared: type, at: 0)
                guard report.isClean, !types[type].traits.contains(.needsDocument) else { throw Detour() }
            } else {
                try refuseAttributes(xml)
            }
        }
        guard isMessage else { return try characters(value, at: place, object, &xml, into: &out) }
        var inner = object.object(MessageID(type), at: place, into: &out)
        try members(of: type, preset: value.preset, &inner, &xml, into: &out)
    }

    private mutating func null(
        _ value: ValuePlan, _ xml: inout XMLTokenizer, into out: inout ByteWriter
    ) throws(Detour) {
        try refuseAttributes(xml)
        guard value.isNillable || !report.isChecking, try tag(&xml) == .endElement else { throw Detour() }
        out.append("null")
    }

    // MARK: Text

    /// Writes the text up to the end tag as one value.
    private mutating func characters(
        _ value: ValuePlan, at place: Int, _ object: ObjectWriter, _ xml: inout XMLTokenizer,
        into out: inout ByteWriter
    ) throws(Detour) {
        let first = try token(&xml)
        if first == .text {
            try text(xml.text, value, at: place, object, into: &out)
            guard try token(&xml) == .endElement else { throw Detour() }
        } else {
            guard first == .endElement, !value.traits.contains(.hasDefault) else { throw Detour() }
            try text(RawSpan(), value, at: place, object, into: &out)
        }
    }

    /// Writes `text` as a value of the field at `place` of `object`.
    private mutating func text(
        _ text: RawSpan, _ value: ValuePlan, at place: Int, _ object: borrowing ObjectWriter, into out: inout ByteWriter
    ) throws(Detour) {
        if value.content == .text { return out.append(json: text) }
        guard value.content == .scalar, let reading = coder(value).reading(of: text),
            object.write(reading.kind, text.extracting(reading.range), reading.flags, at: place, into: &out)
        else { throw Detour() }
    }

    // MARK: Attributes

    private mutating func keepAttributes(_ cursor: inout Cursor, _ xml: inout XMLTokenizer) throws(Detour) {
        let first = waiting.count
        for attribute in 0..<xml.attributeCount {
            let namespace = xml.attributeNamespace(attribute)
            let name = xml.attributeLocalName(attribute)
            let field = Int(plan.find(name, namespace, in: types[cursor.type].attributes))
            if field >= 0 {
                guard let range = xml.attributeValueRange(attribute) else { throw Detour() }
                cursor.present.insert(field)
                var place = waiting.count
                while place > first, waiting[place &- 1].field > field { place &-= 1 }
                waiting.insert(AttributeText(field: field, range: range), at: place)
            } else if !isForeign(namespace) {
                throw Detour()
            }
        }
        cursor.attributes = first..<waiting.count
    }

    /// Writes the attributes whose fields are before that at `place`.
    private mutating func writeAttributes(
        before place: Int, _ cursor: inout Cursor, _ object: inout ObjectWriter, _ xml: inout XMLTokenizer,
        into out: inout ByteWriter
    ) throws(Detour) {
        while let index = cursor.attributes.first, waiting[index].field < place {
            let (field, range) = (waiting[index].field, waiting[index].range)
            cursor.attributes = index &+ 1..<cursor.attributes.upperBound
            guard object.begin(field, into: &out) else { throw Detour() }
            let value = fields[cursor.first &+ field].value
            try text(xml.source.span.extracting(range), value, at: field, object, into: &out)
        }
    }

    /// What has no fields for attributes has none but those of other layers.
    private func refuseAttributes(_ xml: borrowing XMLTokenizer) throws(Detour) {
        for attribute in 0..<xml.attributeCount where !isForeign(xml.attributeNamespace(attribute)) { throw Detour() }
    }

    // MARK: Tokens

    private func token(_ xml: inout XMLTokenizer) throws(Detour) -> XMLToken {
        do { return try xml.next() } catch { throw Detour() }
    }

    private func tag(_ xml: inout XMLTokenizer) throws(Detour) -> XMLToken {
        do { return try xml.nextTag() } catch { throw Detour() }
    }
}
