/// A JSON value whose members keep their order, for what the command line prints.
public enum JSON: Sendable {
    case null
    case bool(Bool)
    case integer(Int)
    case number(Double)
    case string(String)
    case array([JSON])
    case object([(key: String, value: JSON)])

    /// The value as text (RFC 8259).
    ///
    /// - Parameter indented: Whether each member has a line of its own, two spaces a level.
    public func text(indented: Bool = true) -> String {
        var out = ""
        write(into: &out, indent: indented ? "" : nil)
        return out
    }

    private func write(into out: inout String, indent: String?) {
        switch self {
        case .null: out += "null"
        case .bool(let value): out += value ? "true" : "false"
        case .integer(let value): out += String(value)
        case .number(let value): out += String(value)
        case .string(let value): Self.quote(value, into: &out)
        case .array(let items):
            Self.write(items, "[", "]", into: &out, indent: indent) { item, out, indent in
                item.write(into: &out, indent: indent)
            }
        case .object(let members):
            Self.write(members, "{", "}", into: &out, indent: indent) { member, out, indent in
                Self.quote(member.key, into: &out)
                out += indent == nil ? ":" : ": "
                member.value.write(into: &out, indent: indent)
            }
        }
    }

    private static func write<Item>(
        _ items: [Item], _ open: String, _ close: String, into out: inout String, indent: String?,
        item write: (Item, inout String, String?) -> Void
    ) {
        guard !items.isEmpty else {
            out += open + close
            return
        }
        let inner = indent.map { $0 + "  " }
        out += open
        for (index, item) in items.enumerated() {
            if index > 0 { out += "," }
            if let inner { out += "\n" + inner }
            write(item, &out, inner)
        }
        if let indent { out += "\n" + indent }
        out += close
    }

    private static func quote(_ text: String, into out: inout String) {
        out += "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": out += "\\\""
            case "\\": out += "\\\\"
            case "\n": out += "\\n"
            case "\t": out += "\\t"
            case "\r": out += "\\r"
            case _ where scalar.value < 0x20:
                let hex = String(scalar.value, radix: 16)
                out += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
            default: out.unicodeScalars.append(scalar)
            }
        }
        out += "\""
    }
}

extension JSON: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
    ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    public init(stringLiteral value: String) { self = .string(value) }
    public init(integerLiteral value: Int) { self = .integer(value) }
    public init(booleanLiteral value: Bool) { self = .bool(value) }
    public init(arrayLiteral elements: JSON...) { self = .array(elements) }
    public init(dictionaryLiteral elements: (String, JSON)...) {
        self = .object(elements.map { (key: $0.0, value: $0.1) })
    }
}

extension JSON {
    /// The member called `key` of an object.
    public subscript(key: String) -> JSON? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.key == key }?.value
    }

    /// The object with one more member; other values are returned as they are.
    func adding(_ key: String, _ value: JSON?) -> JSON {
        guard case .object(let members) = self, let value else { return self }
        return .object(members + [(key: key, value: value)])
    }
}
