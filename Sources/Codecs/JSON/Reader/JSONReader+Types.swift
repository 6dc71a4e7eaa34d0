internal import Buffers
internal import Canonical

/// The discriminator `@type`, wherever it stands in its object.
extension JSONReader {
    /// The type of the object whose brace was just read, declared as `declared`; nil when that is not known.
    mutating func actualType(_ declared: MessagePlan) throws(Failure) -> MessagePlan? {
        let start = index
        let found = findType()
        defer { index = start }
        guard found else {
            guard declared.isAbstract else { return declared }
            report(Violation(pointer: "/@type", rule: "required", detail: "is required"))
            return nil
        }
        let side = builder.side.count
        let name = try readString()
        let id = builder.withText(name) { plan.typeNames.index(of: $0) }
        builder.rollBack(nodes: builder.nextIndex, side: side)
        guard let id, plan.schema.isType(MessageID(id), declared.id), !plan.messages[id].isAbstract else {
            report(Violation(pointer: "/@type", rule: "type", detail: "must be a type of \(declared.name)"))
            return nil
        }
        return plan.messages[id]
    }

    /// Goes to the string that the member `@type` of this object has. Looks at quotes and brackets only: whatever else is
    /// wrong is found when the object is read.
    private mutating func findType() -> Bool {
        var depth = 0
        var isName = true
        while lookahead > 0, index < text.byteCount {
            let byte = text[index]
            lookahead &-= 1
            index &+= 1
            switch byte {
            case UInt8(ascii: "\""):
                let start = index
                skipString()
                guard depth == 0, isName, index > start, text.extracting(start..<index &- 1).equals("@type") else {
                    continue
                }
                skipSpace()
                guard skip(UInt8(ascii: ":")) else { return false }
                skipSpace()
                return peek == UInt8(ascii: "\"")
            case UInt8(ascii: "{"), UInt8(ascii: "["): depth &+= 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                if depth == 0 { return false }
                depth &-= 1
            case UInt8(ascii: ":"): if depth == 0 { isName = false }
            case UInt8(ascii: ","): if depth == 0 { isName = true }
            default: continue
            }
        }
        return false
    }

    /// Goes past the closing quote of the string that was begun.
    private mutating func skipString() {
        let start = index
        while index < text.byteCount {
            let byte = text[index]
            index &+= byte == UInt8(ascii: "\\") ? 2 : 1
            if byte == UInt8(ascii: "\"") { break }
        }
        index = min(index, text.byteCount)
        lookahead &-= index &- start
    }

    /// The type that an object of no declared type names first; nil when it names none that is known.
    mutating func typeNamedFirst() -> MessagePlan? {
        let start = index
        let side = builder.side.count
        defer {
            index = start
            builder.rollBack(nodes: builder.nextIndex, side: side)
        }
        skipSpace()
        guard index &+ 7 <= text.byteCount, text.extracting(index..<index &+ 7).equals("\"@type\"") else { return nil }
        index &+= 7
        skipSpace()
        guard skip(UInt8(ascii: ":")) else { return nil }
        skipSpace()
        guard let name = try? readString() else { return nil }
        guard let id = builder.withText(name, { plan.typeNames.index(of: $0) }), !plan.messages[id].isAbstract
        else { return nil }
        return plan.messages[id]
    }
}
