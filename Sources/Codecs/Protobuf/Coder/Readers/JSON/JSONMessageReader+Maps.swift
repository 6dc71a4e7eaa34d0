internal import Buffers
internal import Canonical
internal import JSONCodec
internal import ProtobufSchema

/// Maps: objects whose names are the keys.
extension JSONMessageReader where Sink: ~Copyable {
    mutating func readMap(_ field: FieldPlan, at place: UInt16) throws(Failure) {
        guard peek == UInt8(ascii: "{") else { return try refuse("must be an object") }
        let map = plan.maps[field.index]
        try enter()
        index &+= 1
        skipSpace()
        let start = sink.openMap(field, at: place)
        if !skip(UInt8(ascii: "}")) {
            let outer = keys.open()
            repeat {
                try readEntry(map, field)
            } while try readSeparator(orEnd: UInt8(ascii: "}"))
            keys.close(outer)
        }
        leave()
        sink.closeMap(start)
    }

    private mutating func readEntry(_ map: MapPlan, _ field: FieldPlan) throws(Failure) {
        let before = sink.mark
        let entry = sink.openEntry(field)
        let name = try readString()
        let found = violations.count
        try pushKey(name, map.key)
        try readColon()
        let value = sink.mark
        if peek == UInt8(ascii: "n"), !map.value.takesNull {
            try refuse("must not be null")
        } else {
            try readValue(map.value, at: Node.noField)
        }
        if violations.count != found { prefix(since: found, withText(name) { String(decoding: $0) }) }
        clear(name)
        // The name of an enum value that is to be ignored takes its key with it.
        if map.value.type == .enumeration, Sink.isSame(value, sink.mark) {
            sink.rollBack(to: before)
        } else {
            sink.closeEntry(entry, field)
        }
    }

    private mutating func pushKey(_ name: LexicalText, _ key: FieldPlan) throws(Failure) {
        switch key.type {
        case .string:
            guard keys.insert(withText(name) { KeyLog.identity(of: $0) }) else {
                return report("duplicate", "occurs twice")
            }
            try push(name) { sink, text, bytes in sink.key(text, bytes, key) }
        case .bool:
            let isTrue = withText(name) { $0.equals("true") }
            guard isTrue || withText(name, { $0.equals("false") }) else {
                return report("type", "the name must be true or false")
            }
            guard keys.insert(isTrue ? 1 : 0) else { return report("duplicate", "occurs twice") }
            sink.key(boolean: isTrue, key)
        default:
            guard let bits = withText(name, { NumberText.integer($0, key) }) else {
                return report("type", "the name must be an integer that \(key.type) can hold")
            }
            guard keys.insert(bits) else { return report("duplicate", "occurs twice") }
            sink.key(integer: bits, key)
        }
    }
}
