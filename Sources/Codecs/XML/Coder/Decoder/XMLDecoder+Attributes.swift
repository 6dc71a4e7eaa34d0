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
            } else if namespace != .xsi {
                others &+= 1
            }
        }
        if others > 0 { otherAttributes(&cursor, xml, &builder) }
    }

    /// The attributes that the type does not name: an object of them, if it has a wildcard.
    private mutating func otherAttributes(
        _ cursor: inout Cursor, _ xml: borrowing XMLTokenizer, _ builder: inout DocumentBuilder
    ) {
        let place = Int(types[cursor.type].attributeWildcard)
        let table = types[cursor.type].attributes
        guard place >= 0 else {
            for attribute in 0..<xml.attributeCount where isStrange(attribute, table, xml) {
                ignore(attribute, xml, at: cursor.object)
            }
            return
        }
        let wildcard = plan.wildcards[Int(fields[cursor.first &+ place].wildcard)]
        let object = builder.openObject(nil, field: UInt16(truncatingIfNeeded: place))
        for attribute in 0..<xml.attributeCount where isStrange(attribute, table, xml) {
            guard report.options.keepsUnknown || wildcard.admits(xml.attributeNamespace(attribute)) else {
                ignore(attribute, xml, at: cursor.object)
                continue
            }
            let start = builder.side.count
            builder.append(xml.attributeNamespace(attribute), xml.attributeLocalName(attribute), xml)
            builder.sideText(.key, from: start, field: Node.noField)
            string(builder.lexical(attribute: attribute, xml), Node.noField, &builder)
        }
        guard builder.nextIndex > object &+ 1 else {
            return builder.rollBack(nodes: object, side: builder.side.count)
        }
        cursor.present.insert(place)
        builder.close(object)
    }

    private func isStrange(_ attribute: Int, _ table: NameTable, _ xml: borrowing XMLTokenizer) -> Bool {
        let namespace = xml.attributeNamespace(attribute)
        return namespace != .xsi && plan.find(xml.attributeLocalName(attribute), namespace, in: table) < 0
    }

    private mutating func ignore(_ attribute: Int, _ xml: borrowing XMLTokenizer, at node: Int) {
        report.ignored += 1
        guard report.isChecking else { return }
        let namespace = String(xml.namespaceName(xml.attributeNamespace(attribute)))
        let name = QualifiedName(namespace, String(decoding: xml.attributeLocalName(attribute)))
        report.add(.unknownAttribute(name.description), at: node)
    }

    /// A simple type has no attributes but those of XML Schema itself.
    mutating func refuseAttributes(_ xml: borrowing XMLTokenizer, at node: Int) {
        for attribute in 0..<xml.attributeCount where xml.attributeNamespace(attribute) != .xsi {
            ignore(attribute, xml, at: node)
        }
    }
}
