internal import Buffers
internal import Canonical
internal import JSONCodec

/// Well-known types.
extension JSONMessageReader where Sink: ~Copyable {
    mutating func readWellKnown(_ field: FieldPlan, at place: UInt16) throws(Failure) {
        switch field.form {
        case .timestamp, .duration, .fieldMask: try readTextForm(field, at: place)
        case .any: try readAny(field, at: place)
        case .structure:
            guard peek == UInt8(ascii: "{") else { return try refuse("must be an object") }
            try readStruct(field, at: place)
        case .listValue:
            guard peek == UInt8(ascii: "[") else { return try refuse("must be an array") }
            try readListValue(field, at: place)
        case .value, .scalar, .message: try readDynamic(field, at: place)
        }
    }

    private mutating func readTextForm(_ field: FieldPlan, at place: UInt16) throws(Failure) {
        guard peek == UInt8(ascii: "\"") else { return try refuse("must be a string") }
        let string = try readString()
        switch field.form {
        case .timestamp:
            if let value = withText(string, { Timestamp($0) }) {
                sink.timestamp(value, field, at: place)
            } else {
                report("format", "must be a time of RFC 3339 with a zone, from the year 1 to 9999")
            }
        case .duration:
            if let value = withText(string, { TimeSpan($0) }) {
                sink.duration(value, field, at: place)
            } else {
                report("format", "must be seconds with up to nine fraction digits and an s")
            }
        default:
            if let fields = withText(string, { FieldMaskText.fields($0) }) {
                try push(string) { sink, _, bytes in sink.fieldMask(bytes, fields: fields.span, field, at: place) }
            } else {
                report("format", "must be paths in camelCase with commas between")
            }
        }
        clear(string)
    }

    // MARK: Struct, Value, ListValue

    private mutating func readDynamic(_ field: FieldPlan, at place: UInt16) throws(Failure) {
        switch peek {
        case UInt8(ascii: "\""):
            let string = try readString()
            try push(string) { sink, text, bytes in sink.dynamic(text, bytes, field, at: place) }
            clear(string)
        case UInt8(ascii: "{"): try readStruct(field, at: place)
        case UInt8(ascii: "["): try readListValue(field, at: place)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
            let range = try readNumber().range
            guard let value = NumberText.floating(text.extracting(range), isDouble: true) else {
                return report("type", "must be a number that double can hold")
            }
            try sink.dynamic(value, field, at: place)
        case UInt8(ascii: "t"):
            try readLiteral("true")
            sink.dynamic(true, field, at: place)
        case UInt8(ascii: "f"):
            try readLiteral("false")
            sink.dynamic(false, field, at: place)
        default:
            try readLiteral("null")
            sink.dynamicNull(field, at: place)
        }
    }

    private mutating func readStruct(_ field: FieldPlan, at place: UInt16) throws(Failure) {
        try enter()
        index &+= 1
        skipSpace()
        let start = sink.openStruct(field, at: place)
        if !skip(UInt8(ascii: "}")) {
            let outer = keys.open()
            repeat {
                try readStructEntry()
            } while try readSeparator(orEnd: UInt8(ascii: "}"))
            keys.close(outer)
        }
        leave()
        sink.closeStruct(start, field)
    }

    private mutating func readStructEntry() throws(Failure) {
        let name = try readString()
        let found = violations.count
        if !keys.insert(withText(name) { KeyLog.identity(of: $0) }) { report("duplicate", "occurs twice") }
        let entry = try push(name) { sink, text, bytes in sink.openStructEntry(text, bytes) }
        try readColon()
        try readDynamic(plan.structValue, at: Node.noField)
        sink.closeStructEntry(entry)
        if violations.count != found { prefix(since: found, withText(name) { String(decoding: $0) }) }
        clear(name)
    }

    private mutating func readListValue(_ field: FieldPlan, at place: UInt16) throws(Failure) {
        try enter()
        index &+= 1
        skipSpace()
        let start = sink.openListValue(field, at: place)
        if !skip(UInt8(ascii: "]")) {
            var count = 0
            repeat {
                let found = violations.count
                sink.item()
                try readDynamic(plan.listItem, at: Node.noField)
                if violations.count != found { prefix(since: found, item: count) }
                count &+= 1
            } while try readSeparator(orEnd: UInt8(ascii: "]"))
        }
        leave()
        sink.closeListValue(start, field)
    }
}
