internal import Buffers

/// Writes simple values of options and of text format as fields.
struct ScalarEncoder {
    let field: FieldDescriptor
    let linker: Linker
    /// Text format takes more ways to say a value than an option does.
    let isText: Bool

    /// Writes the field with its tag.
    func write(_ value: OptionValue, into out: inout ByteWriter) throws(ProtoError) {
        out.append(tag: Int(field.number), field.type?.wireType ?? .varint)
        try writeValue(value, into: &out)
    }

    /// Writes the value alone, as packed fields have it.
    func writeValue(_ value: OptionValue, into out: inout ByteWriter) throws(ProtoError) {
        switch field.type {
        case .bool: out.append(varint: try boolean(value) ? 1 : 0)
        case .enumeration: out.append(varint: UInt64(bitPattern: Int64(try enumeration(value))))
        case .float: out.append(fixed32: Float(try number(value)).bitPattern)
        case .double: out.append(fixed64: try number(value).bitPattern)
        case .string, .bytes:
            guard case .string(let bytes) = value.content else { throw wrong("text in quotes", value) }
            if field.isUTF8Checked, String(validating: bytes, as: UTF8.self) == nil {
                throw wrong("UTF-8 text", value)
            }
            out.append(varint: UInt64(bytes.count))
            out.append(bytes)
        default: try writeInteger(value, into: &out)
        }
    }

    private func writeInteger(_ value: OptionValue, into out: inout ByteWriter) throws(ProtoError) {
        guard case .integer(let amount, let isNegative) = value.content, let range = field.type?.integers,
            range.contains(amount, isNegative: isNegative)
        else {
            let range = field.type?.integers ?? IntegerRange(least: 0, most: 0)
            throw wrong("an integer from \(range.least) to \(range.most)", value)
        }
        let bits = isNegative ? 0 &- amount : amount
        switch field.type {
        case .fixed32, .sfixed32: out.append(fixed32: UInt32(truncatingIfNeeded: bits))
        case .fixed64, .sfixed64: out.append(fixed64: bits)
        case .sint32, .sint64:
            let signed = Int64(bitPattern: bits)
            out.append(varint: UInt64(bitPattern: signed << 1 ^ signed >> 63))
        default: out.append(varint: bits)
        }
    }

    private func boolean(_ value: OptionValue) throws(ProtoError) -> Bool {
        switch value.content {
        case .identifier("true"): return true
        case .identifier("false"): return false
        case .identifier("t") where isText, .identifier("True") where isText, .integer(1, false) where isText:
            return true
        case .identifier("f") where isText, .identifier("False") where isText, .integer(0, _) where isText: return false
        default: throw wrong("true or false", value)
        }
    }

    private func number(_ value: OptionValue) throws(ProtoError) -> Double {
        if let number = value.number { return number }
        if isText, case .identifier(let name) = value.content {
            switch name.lowercased() {
            case "inf", "infinity": return Double.infinity
            case "nan": return Double.nan
            default: break
            }
        }
        throw wrong("a number", value)
    }

    private func enumeration(_ value: OptionValue) throws(ProtoError) -> Int32 {
        guard let type = field.typeFullName.flatMap(linker.enumeration) else {
            throw wrong("of an enum that is known", value)
        }
        switch value.content {
        case .identifier(let name):
            if let found = type.values.first(where: { $0.name == name }) { return found.number }
            let advice = Likeness.advice(name, among: type.values.map(\.name))
            throw ProtoError(
                "'\(name)' is no value of '\(type.fullName)'\(advice)", at: value.place, rule: "proto.option")
        case .integer(let amount, let isNegative) where isText && amount <= UInt64(Int32.max):
            let number = isNegative ? -Int32(amount) : Int32(amount)
            if !type.isClosed || type.values.contains(where: { $0.number == number }) { return number }
            throw wrong("a value of '\(type.fullName)'", value)
        default: throw wrong("the name of a value of '\(type.fullName)'", value)
        }
    }

    private func wrong(_ what: String, _ value: OptionValue) -> ProtoError {
        ProtoError("The value of '\(field.name)' must be \(what).", at: value.place, rule: "proto.option")
    }
}
