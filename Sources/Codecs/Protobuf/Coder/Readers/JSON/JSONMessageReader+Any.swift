internal import Buffers
internal import Canonical
internal import JSONCodec

/// `Any`: an object that says its type, wherever in it that stands.
extension JSONMessageReader where Sink: ~Copyable {
    mutating func readAny(_ field: FieldPlan, at place: UInt16) throws(Failure) {
        guard peek == UInt8(ascii: "{") else { return try refuse("must be an object") }
        let start = index
        guard let url = try findType() else {
            index = start
            return try readUntypedAny(field, at: place)
        }
        guard let message = withText(url, { plan.message(at: $0) }) else {
            clear(url)
            index = start
            try skipValue()
            return report(
                Violation(pointer: "/@type", rule: "type", detail: "must be the URL of a type that the contract knows"))
        }
        index = start &+ 1
        try enter()
        let content = try push(url) { sink, _, bytes in sink.openAny(bytes, message, field, at: place) }
        clear(url)
        if message.isShownOtherwise { try readAnyValue(message) } else { try readMembers(of: message, isAny: true) }
        leave()
        sink.closeAny(content, message, field, present: FieldSet())
    }

    /// An object without a type may only be empty.
    private mutating func readUntypedAny(_ field: FieldPlan, at place: UInt16) throws(Failure) {
        index &+= 1
        skipSpace()
        if skip(UInt8(ascii: "}")) { return try sink.opaque(.elsewhere, RawSpan(), field, at: place) }
        try enter()
        repeat {
            try skipMember()
        } while try readSeparator(orEnd: UInt8(ascii: "}"))
        leave()
        report(Violation(pointer: "/@type", rule: "required", detail: "is required"))
    }

    /// The content of a type that is no object of its own: the member `value`.
    private mutating func readAnyValue(_ message: MessagePlan) throws(Failure) {
        var hasValue = false
        repeat {
            skipSpace()
            let name = try readString()
            try readColon()
            let found = violations.count
            if withText(name, { $0.equals("value") }) {
                if hasValue { report("duplicate", "occurs twice") }
                if hasValue { try skipValue() } else { try readValue(message.whole, at: Node.noField) }
                hasValue = true
            } else {
                try skipValue()
                let isKnown = plan.options.ignoresUnknownMembers || withText(name) { $0.equals("@type") }
                if !isKnown { report("unknown", "is not a member of \(message.fullName)") }
            }
            if violations.count != found { prefix(since: found, withText(name) { String(decoding: $0) }) }
            clear(name)
        } while try readSeparator(orEnd: UInt8(ascii: "}"))
        if !hasValue { report(Violation(pointer: "/value", rule: "required", detail: "is required")) }
    }

    /// Looks for the string that `@type` is in the object whose brace is reached; nil when there is none.
    private mutating func findType() throws(Failure) -> LexicalText? {
        let start = index
        index &+= 1
        skipSpace()
        guard !skip(UInt8(ascii: "}")) else { return nil }
        repeat {
            let name = try readString()
            try readColon()
            let isType = withText(name) { $0.equals("@type") }
            clear(name)
            if isType {
                guard peek == UInt8(ascii: "\"") else { return nil }
                return try readString()
            }
            try skipValue()
            lookahead &-= index &- start
            if lookahead < 0 { throw plan.failure("json.lookahead", "Too much stands before @type in nested objects.") }
        } while try readSeparator(orEnd: UInt8(ascii: "}"))
        return nil
    }

    private mutating func skipMember() throws(Failure) {
        let name = try readString()
        clear(name)
        try readColon()
        try skipValue()
    }
}
