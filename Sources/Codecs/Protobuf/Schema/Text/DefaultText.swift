/// The `default` of a field, as descriptors have it.
enum DefaultText {
    /// The text of a value in the file; the type is not known yet where it is named.
    static func raw(_ value: OptionValue, _ field: FieldDescriptor) throws(ProtoError) -> String {
        func wrong(_ what: String) -> ProtoError {
            ProtoError("The default of this field must be \(what).", at: value.place, rule: "proto.default")
        }
        switch field.type {
        case .string:
            guard case .string(let bytes) = value.content, let text = String(validating: bytes, as: UTF8.self) else {
                throw wrong("UTF-8 text in quotes")
            }
            return text
        case .bytes:
            guard case .string(let bytes) = value.content else { throw wrong("text in quotes") }
            return escaped(bytes)
        case .bool:
            guard case .identifier(let name) = value.content, name == "true" || name == "false" else {
                throw wrong("true or false")
            }
            return name
        case .float, .double:
            guard let number = value.number else { throw wrong("a number") }
            return field.type == .float ? FloatText.text(Float(number)) : FloatText.text(number)
        case .int32, .int64, .uint32, .uint64, .sint32, .sint64, .fixed32, .fixed64, .sfixed32, .sfixed64:
            guard case .integer(let amount, let isNegative) = value.content,
                let range = field.type?.integers, range.contains(amount, isNegative: isNegative)
            else { throw wrong("an integer that fits its type") }
            return isNegative && amount > 0 ? "-\(amount)" : "\(amount)"
        case .message, .group: throw ProtoError("A message has no default.", at: value.place, rule: "proto.default")
        case .enumeration, nil:
            guard case .identifier(let name) = value.content else { throw wrong("the name of a value") }
            return name
        }
    }

    /// Bytes as C has them in text.
    static func escaped(_ bytes: [UInt8]) -> String {
        var text = ""
        for byte in bytes {
            switch byte {
            case UInt8(ascii: "\n"): text += "\\n"
            case UInt8(ascii: "\r"): text += "\\r"
            case UInt8(ascii: "\t"): text += "\\t"
            case UInt8(ascii: "\""): text += "\\\""
            case UInt8(ascii: "'"): text += "\\'"
            case UInt8(ascii: "\\"): text += "\\\\"
            case 0x20..<0x7F: text.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                let octal = String(byte, radix: 8)
                text += "\\" + String(repeating: "0", count: 3 - octal.count) + octal
            }
        }
        return text
    }
}
