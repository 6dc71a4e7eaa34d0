internal import Buffers
internal import Canonical

/// Elements that the schema does not name.
extension XMLDecoder {
    /// An element that the type has no place for, or no more: what a wildcard admits is its own, the rest is kept or left
    /// out as the options say. Returns the token behind it.
    mutating func stranger(
        isSurplus: Bool = false, _ cursor: inout Cursor, _ xml: inout XMLTokenizer, _ builder: inout DocumentBuilder
    ) throws(XMLError) -> XMLToken {
        let place = wildcard(of: cursor, for: xml.namespace)
        if place >= 0, fields[cursor.first &+ place].role == .group {
            return try child(place, &cursor, &xml, &builder)
        }
        if place >= 0 { return try item(place, &cursor, &xml, &builder) }
        let name = report.notesUnknown ? xml.elementName : nil
        report.addUnknown(name.map { isSurplus ? .repeated($0) : .unknownElement($0) }, at: cursor.object)
        guard report.options.unknown == .keep else {
            report.ignored += 1
            _ = try xml.skipElement()
            return try xml.next()
        }
        let free = freeWildcard(of: cursor)
        if free >= 0 { return try item(free, &cursor, &xml, &builder) }
        return try item(Node.unknownElement, .lax, &xml, &builder)
    }

    /// One element of the wildcard at `place`: an object with the element's name as its only member.
    mutating func item(
        _ place: Int, _ cursor: inout Cursor, _ xml: inout XMLTokenizer, _ builder: inout DocumentBuilder
    ) throws(XMLError) -> XMLToken {
        cursor.present.insert(place)
        if place > cursor.last {
            cursor.last = place
            cursor.next = place
        }
        let process = plan.wildcards[Int(fields[cursor.first &+ place].wildcard)].process
        return try item(UInt16(truncatingIfNeeded: place), process, &xml, &builder)
    }

    private mutating func item(
        _ field: UInt16, _ process: XMLWildcard.Process, _ xml: inout XMLTokenizer, _ builder: inout DocumentBuilder
    ) throws(XMLError) -> XMLToken {
        let object = builder.openObject(nil, field: field)
        builder.key(of: xml)
        try checkSide(&builder, &xml)
        let global = process == .skip ? -1 : plan.find(xml.localName, xml.namespace, in: plan.globalElements)
        if global >= 0 {
            try value(plan.globals[Int(global)].value, Node.noField, &xml, &builder)
        } else {
            if process == .strict, report.isChecking { report.add(.undeclaredElement(xml.elementName), at: object) }
            try anything(Node.noField, &xml, &builder)
        }
        builder.close(object)
        return try xml.next()
    }

    /// The first field with a wildcard that admits `namespace`; -1 for none.
    func wildcard(of cursor: Cursor, for namespace: NamespaceID) -> Int {
        let first = Int(types[cursor.type].wildcard)
        guard first >= 0 else { return -1 }
        for place in first..<cursor.fieldCount where isFree(place, cursor) {
            let field = cursor.first &+ place
            switch fields[field].role {
            case .wildcard: if plan.wildcards[Int(fields[field].wildcard)].admits(namespace) { return place }
            case .group: if admits(namespace, group: Int(fields[field].value.target), depth: 0) { return place }
            case .element, .attribute, .text, .attributeWildcard, .elsewhere: continue
            }
        }
        return -1
    }

    private func admits(_ namespace: NamespaceID, group type: Int, depth: Int) -> Bool {
        let first = Int(types[type].wildcard)
        // Groups inside groups end somewhere; the bound is for schemas that are wrong.
        guard first >= 0, depth < 16 else { return false }
        for field in types[type].firstField &+ first..<types[type].firstField &+ types[type].fieldCount {
            switch fields[field].role {
            case .wildcard: if plan.wildcards[Int(fields[field].wildcard)].admits(namespace) { return true }
            case .group:
                if admits(namespace, group: Int(fields[field].value.target), depth: depth &+ 1) { return true }
            case .element, .attribute, .text, .attributeWildcard, .elsewhere: continue
            }
        }
        return false
    }

    /// A wildcard field of the type itself that can take one more element, whatever it admits.
    private func freeWildcard(of cursor: Cursor) -> Int {
        for place in 0..<cursor.fieldCount
        where fields[cursor.first &+ place].role == .wildcard && isFree(place, cursor) { return place }
        return -1
    }

    private func isFree(_ place: Int, _ cursor: Cursor) -> Bool {
        fields[cursor.first &+ place].value.isRepeated || !cursor.present.contains(place)
    }
}

extension XMLTokenizer {
    /// The name of the current element, for people.
    var elementName: String {
        QualifiedName(String(namespaceName(namespace)), String(decoding: localName)).description
    }
}

extension DocumentBuilder {
    /// A key with the name of the current element.
    mutating func key(of xml: borrowing XMLTokenizer) {
        let start = side.count
        append(xml.namespace, xml.localName, xml)
        sideText(.key, from: start, field: Node.noField)
    }

    /// Appends `{namespace}local` to the side area.
    mutating func append(_ namespace: NamespaceID, _ local: RawSpan, _ xml: borrowing XMLTokenizer) {
        if namespace != .none {
            side.append(UInt8(ascii: "{"))
            xml.namespaceName(namespace).span.withUnsafeBytes { side.append(contentsOf: $0) }
            side.append(UInt8(ascii: "}"))
        }
        local.withUnsafeBytes { side.append(contentsOf: $0) }
    }

    /// The current text as it will stay: in the source where that says it as it is, else copied.
    mutating func lexical(_ xml: inout XMLTokenizer) -> LexicalText {
        if let range = xml.textRange { return .source(range) }
        return copy(xml.text)
    }

    /// The value of an attribute, likewise.
    mutating func lexical(attribute: Int, _ xml: borrowing XMLTokenizer) -> LexicalText {
        if let range = xml.attributeValueRange(attribute) { return .source(range) }
        return copy(xml.attributeValue(attribute))
    }

    private mutating func copy(_ text: RawSpan) -> LexicalText {
        let start = side.count
        text.withUnsafeBytes { side.append(contentsOf: $0) }
        return .side(start..<side.count)
    }
}
