internal import Buffers
internal import Canonical

/// Objects whose member names are data.
extension JSONReader {
    mutating func readMap(_ map: MapPlan, field: UInt16) throws(Failure) {
        guard peek == UInt8(ascii: "{") else { return try refuse("must be an object") }
        try enter()
        index &+= 1
        let object = builder.openObject(nil, field: field)
        skipSpace()
        var count = 0
        if !skip(UInt8(ascii: "}")) {
            repeat {
                try readEntry(map)
                count &+= 1
            } while try readSeparator(orEnd: UInt8(ascii: "}"))
        }
        leave()
        builder.close(object)
        // A value that was refused left its key alone on the tape, which nobody will read.
        if count > 1, violations.isEmpty { refuseDuplicates(at: object, count) }
    }

    private mutating func readEntry(_ map: MapPlan) throws(Failure) {
        let name = try readString()
        try readColon()
        let found = violations.count
        checkKey(name, map.key)
        builder.key(name)
        if peek == UInt8(ascii: "n"), map.value.kind != .any {
            try readLiteral("null")
            report("type", "must not be null")
        } else {
            try readValue(map.value, field: Node.noField)
        }
        if violations.count != found { prefix(since: found, builder.withText(name) { String(decoding: $0) }) }
    }

    private mutating func checkKey(_ name: LexicalText, _ key: FieldPlan) {
        let nodes = builder.nextIndex
        let side = builder.side.count
        do {
            try plan.scalars[key.index].coder.append(name, field: Node.noField, to: &builder)
        } catch {
            report(error.violation(at: ""))
        }
        builder.rollBack(nodes: nodes, side: side)
    }
}
