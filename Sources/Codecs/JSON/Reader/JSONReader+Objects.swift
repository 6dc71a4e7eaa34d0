internal import Buffers
internal import Canonical

/// Objects of the schema.
extension JSONReader {
    /// What reading the members of one object has found so far.
    struct Progress {
        /// Members that were named, to refuse the second of a name.
        var seen = FieldSet()
        /// Fields that have a value.
        var present = FieldSet()
        /// The field that is likely next: most writers keep the schema's order.
        var expected = 0
        var hasType = false
        var isNil = false
    }

    /// Reads a value of the message type `declared`, or of a type derived from it.
    mutating func readMessage(_ declared: MessagePlan, isNillable: Bool, field: UInt16) throws(Failure) {
        guard peek == UInt8(ascii: "{") else { return try readBareContent(declared, field: field) }
        try enter()
        index &+= 1
        let message = declared.isPolymorphic ? try actualType(declared) : declared
        guard let message else {
            // Nobody knows what its members mean.
            index &-= 1
            leave()
            return try skipValue()
        }
        let object = builder.openObject(message.id, field: field)
        var progress = Progress()
        skipSpace()
        if !skip(UInt8(ascii: "}")) {
            repeat {
                try readMember(of: message, isNillable: isNillable, &progress)
            } while try readSeparator(orEnd: UInt8(ascii: "}"))
        }
        leave()
        builder.close(object)
        if progress.isNil {
            builder.insertFlags(.isNil, at: object)
            checkNil(message, progress)
        } else if !message.checker.allows(progress.present), violations.count < plan.options.maximumViolations {
            for violation in message.checker.violations(progress.present, at: "") { report(violation) }
        }
        if message.isMixed { checkPlaces(message, progress) }
    }

    /// In mixed content elements have their places in `$mixed`.
    private mutating func checkPlaces(_ message: MessagePlan, _ progress: Progress) {
        for (field, name) in message.fieldNames.enumerated()
        where progress.seen.contains(field) && name.utf8.first != UInt8(ascii: "@") {
            let detail = "belongs into $mixed, as an object with one member"
            report(Violation(pointer: JSONPointer.appending(name, to: ""), rule: "unknown", detail: detail))
        }
    }

    /// Reads the array that stands for an object with the items of its only field.
    mutating func readWrapper(_ message: MessagePlan, field: UInt16) throws(Failure) {
        let object = builder.openObject(message.id, field: field)
        let count = try readItems(message.fields[0], field: 0)
        builder.close(object)
        if let violation = message.checker.countViolation(0, count, at: "") { report(violation) }
    }

    /// A null object has its required attributes, and no content.
    private mutating func checkNil(_ message: MessagePlan, _ progress: Progress) {
        for (field, name) in message.fieldNames.enumerated() {
            let isPresent = progress.present.contains(field)
            let isAttribute = name.utf8.first == UInt8(ascii: "@")
            guard isAttribute ? !isPresent && message.fields[field].isRequired : isPresent else { continue }
            report(
                Violation(
                    pointer: JSONPointer.appending(name, to: ""), rule: isAttribute ? "required" : "nil",
                    detail: isAttribute ? "is required" : "must be absent, since the object is null"))
        }
    }

    /// A bare value for an object whose other members may all be left out (`5` for `{"$": 5}`).
    private mutating func readBareContent(_ message: MessagePlan, field: UInt16) throws(Failure) {
        guard let content = message.bareContent, !message.isAbstract else { return try refuse("must be an object") }
        let object = builder.openObject(message.id, field: field)
        try readValue(message.fields[content], field: UInt16(truncatingIfNeeded: content))
        builder.close(object)
    }

    // MARK: Members

    private mutating func readMember(
        of message: MessagePlan, isNillable: Bool, _ progress: inout Progress
    ) throws(Failure) {
        if skipLabel(progress.expected, of: message.labels) {
            skipSpace()
            return try readField(progress.expected, of: message, &progress)
        }
        let name = try readString()
        try readColon()
        if let field = builder.withText(name, { message.names.index(of: $0) }) {
            return try readField(field, of: message, &progress)
        }
        try readOther(name, of: message, isNillable: isNillable, &progress)
    }

    @inline(__always)
    private mutating func readField(
        _ field: Int, of message: MessagePlan, _ progress: inout Progress
    ) throws(Failure) {
        progress.expected = field &+ 1
        let plan = message.fields[field]
        let found = violations.count
        let tag = UInt16(truncatingIfNeeded: field)
        if !progress.seen.insert(field) {
            try skipValue()
            report("duplicate", "occurs twice")
        } else if peek == UInt8(ascii: "n") {
            try readLiteral("null")
            if try readNull(plan, tag) { progress.present.insert(field) }
        } else if plan.isRepeated {
            let count = try readItems(plan, field: tag)
            if count > 0 { progress.present.insert(field) }
            if count > 0 || !plan.isRequired,
                let violation = message.checker.countViolation(field, count, at: "")
            {
                report(violation)
            }
        } else {
            try readValue(plan, field: tag)
            progress.present.insert(field)
        }
        if violations.count != found { prefix(since: found, message.fieldNames[field]) }
    }

    /// Null: a value where the schema says so, absence where that is allowed. True when the field counts as present.
    private mutating func readNull(_ plan: FieldPlan, _ field: UInt16) throws(Failure) -> Bool {
        if !plan.isRepeated, plan.isNillable || plan.kind == .any {
            builder.null(field: field)
            return true
        }
        guard plan.isRequired else { return false }
        report("type", "must not be null")
        return true
    }

    /// Reads the array of a repeated field; its items become siblings. Returns how many there are.
    private mutating func readItems(_ plan: FieldPlan, field: UInt16) throws(Failure) -> Int {
        guard peek == UInt8(ascii: "[") else {
            if self.plan.options.acceptsBareItems {
                try readValue(plan, field: field)
            } else {
                try refuse("must be an array")
            }
            return 1
        }
        try enter()
        index &+= 1
        skipSpace()
        var count = 0
        if !skip(UInt8(ascii: "]")) {
            repeat {
                let found = violations.count
                try readItem(plan, field: field)
                if violations.count != found { prefix(since: found, item: count) }
                count &+= 1
            } while try readSeparator(orEnd: UInt8(ascii: "]"))
        }
        leave()
        return count
    }

    private mutating func readItem(_ plan: FieldPlan, field: UInt16) throws(Failure) {
        guard peek == UInt8(ascii: "n") else { return try readValue(plan, field: field) }
        try readLiteral("null")
        guard plan.isNillable || plan.kind == .any else { return report("type", "must not be null") }
        builder.null(field: field)
    }

    // MARK: Members that are no fields

    private mutating func readOther(
        _ name: LexicalText, of message: MessagePlan, isNillable: Bool, _ progress: inout Progress
    ) throws(Failure) {
        let found = violations.count
        if builder.withText(name, { $0.equals("@type") }) {
            try readTypeMember(of: message, &progress)
        } else if isNillable, builder.withText(name, { $0.equals("$nil") }) {
            try readNilMember(&progress)
        } else if message.isMixed, builder.withText(name, { $0.equals("$mixed") }) {
            try readMixed(message, &progress)
        } else {
            try skipValue()
            if !plan.options.ignoresUnknownMembers { report("unknown", "is not a member of \(message.name)") }
        }
        if violations.count != found {
            prefix(since: found, builder.withText(name) { String(decoding: $0) })
        }
    }

    /// `@type` again, after `actualType` obeyed it; or for a type that has no other, where it may only say so.
    private mutating func readTypeMember(of message: MessagePlan, _ progress: inout Progress) throws(Failure) {
        if progress.hasType { report("duplicate", "occurs twice") }
        progress.hasType = true
        guard peek == UInt8(ascii: "\"") else { return try refuse("must be a string") }
        let value = try readString()
        if builder.withText(value, { plan.typeNames.index(of: $0) }) != message.id.index {
            report("type", "must be \(message.name)")
        }
    }

    private mutating func readNilMember(_ progress: inout Progress) throws(Failure) {
        switch peek {
        case UInt8(ascii: "t"):
            try readLiteral("true")
            progress.isNil = true
        case UInt8(ascii: "f"): try readLiteral("false")
        default: try refuse("must be true or false")
        }
    }

    /// `$mixed`: text as strings, fields as objects of one member, in order.
    private mutating func readMixed(_ message: MessagePlan, _ progress: inout Progress) throws(Failure) {
        guard peek == UInt8(ascii: "[") else { return try refuse("must be an array") }
        try enter()
        index &+= 1
        skipSpace()
        var count = 0
        var counts = [Int](repeating: 0, count: message.fields.count)
        if !skip(UInt8(ascii: "]")) {
            repeat {
                let found = violations.count
                try readMixedItem(message, &counts)
                if violations.count != found { prefix(since: found, item: count) }
                count &+= 1
            } while try readSeparator(orEnd: UInt8(ascii: "]"))
        }
        leave()
        for (field, count) in counts.enumerated() where count > 0 {
            progress.present.insert(field)
            if let violation = message.checker.countViolation(field, count, at: "") { report(violation) }
        }
    }

    private mutating func readMixedItem(_ message: MessagePlan, _ counts: inout [Int]) throws(Failure) {
        guard peek == UInt8(ascii: "{") else {
            guard peek == UInt8(ascii: "\"") else { return try refuse("must be a string or an object") }
            return try readUntyped(field: Node.noField)
        }
        try enter()
        index &+= 1
        skipSpace()
        let name = try readString()
        let field = builder.withText(name) { message.names.index(of: $0) }
        try readColon()
        let found = violations.count
        if let field {
            try readItem(message.fields[field], field: UInt16(truncatingIfNeeded: field))
            counts[field] &+= 1
            if counts[field] > 1, !message.fields[field].isRepeated { report("duplicate", "occurs twice") }
        } else {
            try refuse("is not a member of \(message.name)")
        }
        if violations.count != found { prefix(since: found, builder.withText(name) { String(decoding: $0) }) }
        skipSpace()
        guard skip(UInt8(ascii: "}")) else { throw syntax("an item of $mixed has one member") }
        leave()
    }
}
