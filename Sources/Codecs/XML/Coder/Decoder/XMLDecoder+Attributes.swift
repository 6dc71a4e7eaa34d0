internal import Buffers
internal import Canonical

/// Attributes.
extension XMLDecoder {
    /// Reads the attributes of the current element as fields of the cursor's object.
    mutating func attributes(
        _ cursor: inout Cursor, _ xml: inout XMLTokenizer, _ builder: inout DocumentBuilder
    ) {
        var others = 0
        for attribute in 0..<xml.attributeCount {
            let namespace = xml.attributeNamespace(attribute)
            let table = types[cursor.type].attributes
            let place = Int(plan.find(xml.attributeLocalName(attribute), namespace, in: table))
            if place >= 0 {
                cursor.present.insert(place)
                let value = fields[cursor.first &+ place].value
                let index = UInt16(truncatingIfNeeded: place)
                append(builder.lexical(attribute: attribute, xml), value, index, &xml, &builder)
            } else if !isForeign(namespace) {
                others &+= 1
            }
        }
        if others > 0 { otherAttributes(&cursor, xml, &builder) }
    }

    /// The attributes that the type does not name: an object of those that its wildcard admits or that are kept.
    private mutating func otherAttributes(
        _ cursor: inout Cursor, _ xml: borrowing XMLTokenizer, _ builder: inout DocumentBuilder
    ) {
        let place = Int(types[cursor.type].attributeWildcard)
        let table = types[cursor.type].attributes
        let wildcard = place < 0 ? nil : plan.wildcards[Int(fields[cursor.first &+ place].wildcard)]
        let field = place < 0 ? Node.unknownAttributes : UInt16(truncatingIfNeeded: place)
        let object = builder.openObject(nil, field: field)
        for attribute in 0..<xml.attributeCount where isStrange(attribute, table, xml) {
            if wildcard?.admits(xml.attributeNamespace(attribute)) != true {
                addUnknown(attribute, xml, at: cursor.object)
                guard report.options.unknown == .keep else {
                    report.ignored += 1
                    continue
                }
            }
            let start = builder.side.count
            builder.append(xml.attributeNamespace(attribute), xml.attributeLocalName(attribute), xml)
            builder.sideText(.key, from: start, field: Node.noField)
            string(builder.lexical(attribute: attribute, xml), Node.noField, &builder)
        }
        guard builder.nextIndex > object &+ 1 else {
            return builder.rollBack(nodes: object, side: builder.side.count)
        }
        if place >= 0 { cursor.present.insert(place) }
        builder.close(object)
    }

    private func isStrange(_ attribute: Int, _ table: NameTable, _ xml: borrowing XMLTokenizer) -> Bool {
        let namespace = xml.attributeNamespace(attribute)
        return !isForeign(namespace) && plan.find(xml.attributeLocalName(attribute), namespace, in: table) < 0
    }

    /// Whether attributes of `namespace` say nothing about the message: those of XML Schema itself, and of other layers.
    func isForeign(_ namespace: NamespaceID) -> Bool {
        namespace == .xsi || report.options.foreignNamespaces.contains(namespace)
    }

    private mutating func addUnknown(_ attribute: Int, _ xml: borrowing XMLTokenizer, at node: Int) {
        guard report.notesUnknown else { return report.addUnknown(nil, at: node) }
        let namespace = String(xml.namespaceName(xml.attributeNamespace(attribute)))
        let name = QualifiedName(namespace, String(decoding: xml.attributeLocalName(attribute)))
        report.addUnknown(.unknownAttribute(name.description), at: node)
    }

    /// A simple type has no attributes but those of XML Schema itself.
    mutating func refuseAttributes(_ xml: borrowing XMLTokenizer, at node: Int) {
        for attribute in 0..<xml.attributeCount where !isForeign(xml.attributeNamespace(attribute)) {
            report.ignored += 1
            addUnknown(attribute, xml, at: node)
        }
    }

    // MARK: Defaults

    /// Appends the defaults of the attributes that the current element does not have (XSD 1.0 part 1 §3.2.1).
    mutating func fillAttributes(
        _ cursor: inout Cursor, _ xml: inout XMLTokenizer, _ builder: inout DocumentBuilder
    ) {
        for place in 0..<cursor.fieldCount where fields[cursor.first &+ place].role == .attribute {
            let value = fields[cursor.first &+ place].value
            guard value.traits.contains(.hasDefault), !value.isRequired, cursor.present.insert(place) else { continue }
            preset(value, UInt16(truncatingIfNeeded: place), &builder)
        }
    }
}
