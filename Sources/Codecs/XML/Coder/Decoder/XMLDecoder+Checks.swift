internal import Canonical

/// What only strict readers ask.
extension XMLDecoder {
    /// Checks whether the fields of an object that is about to be closed go together.
    mutating func check(_ cursor: inout Cursor, _ builder: inout DocumentBuilder) {
        checkFields(cursor)
        if types[cursor.type].traits.contains(.hasBounds) { checkCounts(cursor, &builder) }
    }

    /// The same without the numbers of items.
    mutating func checkFields(_ cursor: Cursor) {
        if types[cursor.type].traits.contains(.hasRules) {
            checkRules(cursor)
        } else if types[cursor.type].required & ~cursor.present.low != 0 {
            report.add(.content(plan.checkers[cursor.type], present: cursor.present), at: cursor.object)
        }
    }

    private mutating func checkRules(_ cursor: Cursor) {
        var present = cursor.present
        for place in 0..<cursor.fieldCount where fields[cursor.first &+ place].role == .elsewhere {
            present.insert(place)
        }
        guard !plan.checkers[cursor.type].allows(present) else { return }
        report.add(.content(plan.checkers[cursor.type], present: present), at: cursor.object)
    }

    private mutating func checkCounts(_ cursor: Cursor, _ builder: inout DocumentBuilder) {
        let checker = plan.checkers[cursor.type]
        var counts = [Int](repeating: 0, count: cursor.fieldCount)
        var node = cursor.object &+ 1
        while node < builder.nextIndex {
            let field = Int(builder.nodes[node].field)
            if field < counts.count { counts[field] &+= 1 }
            node &+= Int(builder.nodes[node].extent)
        }
        for (place, count) in counts.enumerated()
        where count > 0 && checker.countViolation(place, count, at: "") != nil {
            let name = plan.schema.messages[cursor.type].fields[place].name
            report.add(.count(checker, field: place, name: name, items: count), at: cursor.object)
        }
    }

    /// The current element belongs before the last one.
    mutating func checkOrder(_ cursor: Cursor, _ xml: inout XMLTokenizer) {
        guard !types[cursor.type].traits.contains(.isUnordered) else { return }
        report.add(.order(xml.elementName), at: cursor.object)
    }
}
