internal import Buffers
internal import Canonical
internal import JSONCodec

/// Objects of the schema.
extension JSONMessageReader where Sink: ~Copyable {
    /// What reading the members of one object has found so far.
    struct Progress {
        /// Members that were named, to refuse the second of a name.
        var seen = FieldSet()
        /// Fields that have a value.
        var present = FieldSet()
        /// Oneofs that have a value.
        var oneofs = FieldSet()
        /// The field that is likely next: most writers keep the schema's order.
        var expected = 0
    }

    mutating func readMessage(_ field: FieldPlan, at place: UInt16) throws(Failure) {
        guard peek == UInt8(ascii: "{") else { return try refuse("must be an object") }
        let message = plan.messages[field.index]
        try enter()
        index &+= 1
        let start = sink.openMessage(message, field, at: place)
        let present = try readMembers(of: message, isAny: false)
        leave()
        sink.closeMessage(start, message, field, present: present)
    }

    /// Reads what is behind an opening brace; returns the fields that have a value.
    ///
    /// - Parameter isAny: The object is the content of an `Any`; its `@type` was read before.
    mutating func readMembers(of message: MessagePlan, isAny: Bool) throws(Failure) -> FieldSet {
        var progress = Progress()
        skipSpace()
        if !skip(UInt8(ascii: "}")) {
            repeat {
                try readMember(of: message, isAny: isAny, &progress)
            } while try readSeparator(orEnd: UInt8(ascii: "}"))
        }
        if !progress.present.isSuperset(of: message.required) { reportMissing(message, progress.present) }
        return progress.present
    }

    private mutating func reportMissing(_ message: MessagePlan, _ present: FieldSet) {
        for (field, name) in message.fieldNames.enumerated()
        where message.required.contains(field) && !present.contains(field) {
            let pointer = JSONPointer.appending(name, to: "")
            report(Violation(pointer: pointer, rule: "required", detail: "is required"))
        }
    }

    @inline(__always)
    private mutating func readMember(
        of message: MessagePlan, isAny: Bool, _ progress: inout Progress
    ) throws(Failure) {
        let length = message.labels.match(progress.expected, in: text, at: index)
        if length > 0 {
            index &+= length
            skipSpace()
            return try readField(progress.expected, of: message, &progress)
        }
        try readNamedMember(of: message, isAny: isAny, &progress)
    }

    private mutating func readNamedMember(
        of message: MessagePlan, isAny: Bool, _ progress: inout Progress
    ) throws(Failure) {
        let name = try readString()
        try readColon()
        let field = withText(name) { message.field(named: $0) }
        let isType = isAny && withText(name) { $0.equals("@type") }
        if let field {
            clear(name)
            try readField(field, of: message, &progress)
        } else if isType {
            clear(name)
            try skipValue()
        } else {
            try readUnknown(name, of: message)
        }
    }

    private mutating func readUnknown(_ name: LexicalText, of message: MessagePlan) throws(Failure) {
        try skipValue()
        if !plan.options.ignoresUnknownMembers {
            let found = violations.count
            report("unknown", "is not a member of \(message.fullName)")
            prefix(since: found, withText(name) { String(decoding: $0) })
        }
        clear(name)
    }

    @inline(__always)
    private mutating func readField(
        _ index: Int, of message: MessagePlan, _ progress: inout Progress
    ) throws(Failure) {
        progress.expected = index &+ 1
        let field = message.fields[index]
        let found = violations.count
        if !progress.seen.insert(index) {
            try skipValue()
            report("duplicate", "occurs twice")
        } else if peek == UInt8(ascii: "n"), field.shape != .single || !field.takesNull(plan) {
            try readLiteral("null")
        } else if field.oneof >= 0, !progress.oneofs.insert(field.oneof) {
            try skipValue()
            report("oneOf", "another member of the same oneof has a value")
        } else {
            progress.present.insert(index)
            try readValues(field, at: UInt16(truncatingIfNeeded: index))
        }
        if violations.count != found { prefix(since: found, message.fieldNames[index]) }
    }

    @inline(__always)
    private mutating func readValues(_ field: FieldPlan, at place: UInt16) throws(Failure) {
        switch field.shape {
        case .single: try readValue(field, at: place)
        case .list, .packed: try readList(field, at: place)
        case .map: try readMap(field, at: place)
        }
    }

    // MARK: Lists

    private mutating func readList(_ field: FieldPlan, at place: UInt16) throws(Failure) {
        guard peek == UInt8(ascii: "[") else { return try refuse("must be an array") }
        try enter()
        index &+= 1
        skipSpace()
        let start = sink.openList(field)
        if !skip(UInt8(ascii: "]")) {
            var count = 0
            repeat {
                let found = violations.count
                if peek == UInt8(ascii: "n"), !field.takesNull(plan) {
                    try refuse("must not be null")
                } else {
                    try readValue(field, at: place)
                }
                if violations.count != found { prefix(since: found, item: count) }
                count &+= 1
            } while try readSeparator(orEnd: UInt8(ascii: "]"))
        }
        leave()
        sink.closeList(start, field)
    }
}
