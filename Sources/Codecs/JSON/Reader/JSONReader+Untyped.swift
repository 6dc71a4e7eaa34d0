internal import Buffers
internal import Canonical

/// Values that the schema says nothing about.
extension JSONReader {
    /// Reads any value. An object that begins with a known `@type` is read as that type.
    mutating func readUntyped(field: UInt16) throws(Failure) {
        switch peek {
        case UInt8(ascii: "\""): builder.string(try readString(), field: field)
        case UInt8(ascii: "{"): try readUntypedObject(field: field)
        case UInt8(ascii: "["): try readUntypedArray(field: field)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
            builder.text(.number, try readNumber().range, flags: .isPlain, field: field)
        case UInt8(ascii: "t"):
            try readLiteral("true")
            builder.boolean(true, field: field)
        case UInt8(ascii: "f"):
            try readLiteral("false")
            builder.boolean(false, field: field)
        default:
            try readLiteral("null")
            builder.null(field: field)
        }
    }

    private mutating func readUntypedArray(field: UInt16) throws(Failure) {
        try enter()
        let list = builder.openList(field: field)
        index &+= 1
        skipSpace()
        var count = 0
        if !skip(UInt8(ascii: "]")) {
            repeat {
                let found = violations.count
                try readUntyped(field: Node.noField)
                if violations.count != found { prefix(since: found, item: count) }
                count &+= 1
            } while try readSeparator(orEnd: UInt8(ascii: "]"))
        }
        leave()
        builder.close(list)
    }

    private mutating func readUntypedObject(field: UInt16) throws(Failure) {
        try enter()
        index &+= 1
        if obeysTypes, let message = typeNamedFirst() {
            index &-= 1
            leave()
            return try readMessage(message, isNillable: true, field: field)
        }
        let object = builder.openObject(nil, field: field)
        skipSpace()
        var count = 0
        if !skip(UInt8(ascii: "}")) {
            repeat {
                try readUntypedMember()
                count &+= 1
            } while try readSeparator(orEnd: UInt8(ascii: "}"))
        }
        leave()
        builder.close(object)
        if count > 1, !plan.options.acceptsDuplicateNames { refuseDuplicates(at: object, count) }
    }

    private mutating func readUntypedMember() throws(Failure) {
        let name = try readString()
        builder.key(name)
        try readColon()
        let found = violations.count
        try readUntyped(field: Node.noField)
        if violations.count != found { prefix(since: found, builder.withText(name) { String(decoding: $0) }) }
    }

    // MARK: Duplicate names

    /// Refuses names that occur twice. Few names are compared with each other, many through a table whose hash is seeded,
    /// so that no sender can choose names that meet.
    mutating func refuseDuplicates(at object: Int, _ count: Int) {
        guard count > 16 else { return compareNames(at: object) }
        var size = 32
        while size < count &* 2 { size &*= 2 }
        var places = [Int](repeating: 0, count: size)
        var place = object &+ 1
        while place < builder.nextIndex {
            var hash = builder.hash(ofKey: place) & (size &- 1)
            while places[hash] != 0 {
                if builder.sameKeys(places[hash], place) {
                    reportDuplicate(place)
                    break
                }
                hash = (hash &+ 1) & (size &- 1)
            }
            places[hash] = place
            place = builder.member(after: place)
        }
    }

    private mutating func compareNames(at object: Int) {
        var place = object &+ 1
        while place < builder.nextIndex {
            var earlier = object &+ 1
            while earlier < place {
                if builder.sameKeys(earlier, place) {
                    reportDuplicate(place)
                    break
                }
                earlier = builder.member(after: earlier)
            }
            place = builder.member(after: place)
        }
    }

    private mutating func reportDuplicate(_ place: Int) {
        guard violations.count < plan.options.maximumViolations else { return }
        let name = builder.withText(builder.nodes[place].lexicalText) { String(decoding: $0) }
        report(Violation(pointer: JSONPointer.appending(name, to: ""), rule: "duplicate", detail: "occurs twice"))
    }
}

extension DocumentBuilder {
    mutating func string(_ text: LexicalText, field: UInt16) {
        if text.isInSide {
            sideText(.string, text.range, field: field)
        } else {
            self.text(.string, text.range, flags: .isPlain, field: field)
        }
    }

    mutating func key(_ text: LexicalText) {
        if text.isInSide {
            sideText(.key, text.range, field: Node.noField)
        } else {
            self.text(.key, text.range, flags: .isPlain, field: Node.noField)
        }
    }

    /// The place of the next key of the object that has a key at `key`.
    fileprivate borrowing func member(after key: Int) -> Int {
        key &+ 1 &+ Int(nodes[key &+ 1].extent)
    }

    fileprivate borrowing func sameKeys(_ left: Int, _ right: Int) -> Bool {
        guard nodes[left].textLength == nodes[right].textLength else { return false }
        return withText(nodes[left].lexicalText) { text in
            withText(nodes[right].lexicalText) { text.equals($0) }
        }
    }

    fileprivate borrowing func hash(ofKey key: Int) -> Int {
        withText(nodes[key].lexicalText) { span in
            var hasher = Hasher()
            span.withUnsafeBytes { hasher.combine(bytes: $0) }
            return hasher.finalize()
        }
    }
}
