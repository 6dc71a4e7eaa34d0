internal import Buffers
internal import Canonical
internal import JSONCodec

/// Objects of the schema.
extension JSONMessageReader where Sink: ~Copyable {
    /// What reading the members of one object has found so far.
    struct Progress {
        /// Members that were named, to refuse the second of a name.
        var seen = FieldSet()
        /// Required fields that have a value.
        var required = FieldSet()
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
        try readMembers(of: message, isAny: false)
        leave()
        sink.closeMessage(start, message, field, present: FieldSet())
    }

    /// Reads what is behind an opening brace.
    ///
    /// - Parameter isAny: The object is the content of an `Any`; its `@type` was read before.
    mutating func readMembers(of message: MessagePlan, isAny: Bool) throws(Failure) {
        var progress = Progress()
        skipSpace()
        if !skip(UInt8(ascii: "}")) {
            repeat {
                try readMember(of: message, isAny: isAny, &progress)
            } while try readSeparator(orEnd: UInt8(ascii: "}"))
        }
        if !progress.required.isSuperset(of: message.required) { reportMissing(message, progress.required) }
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
        if skipLabel(progress.expected, of: message.labels) {
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
        let isNew = progress.seen.insert(index)
        if isNew, peek != UInt8(ascii: "n"), field.oneof < 0, !field.isRequired {
            try readValues(field, at: UInt16(truncatingIfNeeded: index))
        } else {
            try readUnusual(field, index, isNew: isNew, &progress)
        }
        if violations.count != found { prefix(since: found, message.fieldNames[index]) }
    }

    /// A field that is null, required, of a oneof, or there for the second time.
    @inline(never)
    private mutating func readUnusual(
        _ field: FieldPlan, _ index: Int, isNew: Bool, _ progress: inout Progress
    ) throws(Failure) {
        if !isNew {
            try skipValue()
            report("duplicate", "occurs twice")
        } else if peek == UInt8(ascii: "n"), !field.isSingle || !field.takesNull {
            try readLiteral("null")
        } else if field.oneof >= 0, !progress.oneofs.insert(field.oneof) {
            try skipValue()
            report("oneOf", "another member of the same oneof has a value")
        } else {
            if field.isRequired { progress.required.insert(index) }
            try readValues(field, at: UInt16(truncatingIfNeeded: index))
        }
    }

    @inline(__always)
    private mutating func readValues(_ field: FieldPlan, at place: UInt16) throws(Failure) {
        if field.isSingle { return try readValue(field, at: place) }
        switch field.shape {
        case .single: return
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
                if peek == UInt8(ascii: "n"), !field.takesNull {
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
