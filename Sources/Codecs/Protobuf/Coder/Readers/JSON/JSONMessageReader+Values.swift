internal import Buffers
internal import Canonical
internal import JSONCodec
internal import ProtobufSchema

/// Values by what the schema expects.
extension JSONMessageReader where Sink: ~Copyable {
    @inline(__always)
    mutating func readValue(_ field: FieldPlan, at place: UInt16) throws(Failure) {
        switch field.kind {
        case .text: try readText(field, at: place)
        case .boolean: try readBoolean(field, at: place)
        case .integer: try readInteger(field, at: place)
        case .floating: try readFloating(field, at: place)
        case .bytes: try readBytes(field, at: place)
        case .enumeration: try readEnumeration(field, at: place)
        case .message: try readMessage(field, at: place)
        case .wellKnown: try readWellKnown(field, at: place)
        }
    }

    private mutating func readText(_ field: FieldPlan, at place: UInt16) throws(Failure) {
        guard peek == UInt8(ascii: "\"") else { return try refuse("must be a string") }
        if let end = sink.takeString(text, from: index &+ 1, field) {
            index = end
            return
        }
        let string = try readString()
        try push(string) { sink, text, bytes in sink.string(text, bytes, field, at: place) }
        clear(string)
    }

    private mutating func readBoolean(_ field: FieldPlan, at place: UInt16) throws(Failure) {
        switch peek {
        case UInt8(ascii: "t"):
            try readLiteral("true")
            sink.boolean(true, field, at: place)
        case UInt8(ascii: "f"):
            try readLiteral("false")
            sink.boolean(false, field, at: place)
        default: try refuse("must be true or false")
        }
    }

    private mutating func readInteger(_ field: FieldPlan, at place: UInt16) throws(Failure) {
        switch peek {
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
            let number = try readNumber()
            if let value = number.integer, field.holds(value) {
                sink.integer(UInt64(bitPattern: value), field, at: place)
            } else {
                push(NumberText.integer(text.extracting(number.range), field), field, at: place)
            }
        case UInt8(ascii: "\""):
            let string = try readString()
            push(withText(string) { NumberText.integer($0, field) }, field, at: place)
            clear(string)
        default: try refuse("must be an integer")
        }
    }

    private mutating func push(_ integer: UInt64?, _ field: FieldPlan, at place: UInt16) {
        if let integer {
            sink.integer(integer, field, at: place)
        } else {
            report("type", "must be an integer that \(field.type) can hold")
        }
    }

    private mutating func readFloating(_ field: FieldPlan, at place: UInt16) throws(Failure) {
        let isDouble = field.type == .double
        let value: Double?
        switch peek {
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
            let number = try readNumber()
            value =
                number.exactDouble.flatMap { isDouble ? $0 : nil }
                ?? NumberText.floating(text.extracting(number.range), isDouble: isDouble)
        case UInt8(ascii: "\""):
            let string = try readString()
            value = withText(string) { NumberText.special($0) ?? NumberText.floating($0, isDouble: isDouble) }
            clear(string)
        default: return try refuse("must be a number")
        }
        if let value {
            sink.floating(value, field, at: place)
        } else {
            report("type", "must be a number that \(field.type) can hold")
        }
    }

    private mutating func readBytes(_ field: FieldPlan, at place: UInt16) throws(Failure) {
        guard peek == UInt8(ascii: "\"") else { return try refuse("must be a string") }
        let string = try readString()
        var decoded = exchange(&self.decoded, with: [])
        let isBase64 = withText(string) { Base64.decode($0, into: &decoded) }
        clear(string)
        if isBase64 {
            sink.bytes(.elsewhere, decoded.span.bytes, field, at: place)
        } else {
            report("type", "must be base64")
        }
        decoded.removeAll(keepingCapacity: true)
        self.decoded = decoded
    }

    private mutating func readEnumeration(_ field: FieldPlan, at place: UInt16) throws(Failure) {
        let type = plan.enums[field.index]
        switch peek {
        case UInt8(ascii: "\""):
            let string = try readString()
            let number = withText(string) { type.number(named: $0) }
            clear(string)
            if let number {
                sink.enumeration(number, type, field, at: place)
            } else if !plan.options.ignoresUnknownMembers {
                report("enum", "is not the name of a value")
            }
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
            let range = try readNumber().range
            guard let bits = NumberText.integer(text.extracting(range), field) else {
                return report("type", "must be a name or a 32-bit integer")
            }
            let number = Int32(truncatingIfNeeded: bits)
            guard !type.isClosed || type.isKnown(number) else { return report("enum", "is not the number of a value") }
            sink.enumeration(number, type, field, at: place)
        case UInt8(ascii: "n") where type.isNullValue:
            try readLiteral("null")
            sink.enumeration(0, type, field, at: place)
        default: try refuse("must be a string or an integer")
        }
    }
}
