internal import Buffers
internal import Canonical
internal import JSONCodec

/// Members to be written, by name, in the order in which they were set.
struct MemberTree {
    private enum Value {
        case texts([String], FieldMapping.Target)
        /// A whole JSON value.
        case json(Bytes)
        case object(MemberTree)
    }

    private var members: [(name: String, value: Value)] = []

    var isEmpty: Bool { members.isEmpty }

    /// Whether a member is set inside of another, which the body may have as well.
    var hasObjects: Bool {
        members.contains { if case .object = $0.value { true } else { false } }
    }

    mutating func set(_ target: FieldMapping.Target, _ texts: [String]) {
        set(target.names[...], .texts(texts, target))
    }

    mutating func set(_ target: FieldMapping.Target, json: Bytes) {
        set(target.names[...], .json(json))
    }

    private mutating func set(_ names: ArraySlice<String>, _ value: Value) {
        guard let name = names.first else { return }
        let rest = names.dropFirst()
        if rest.isEmpty {
            members.append((name, value))
        } else if let index = members.firstIndex(where: { $0.name == name }),
            case .object(var inner) = members[index].value
        {
            inner.set(rest, value)
            members[index].value = .object(inner)
        } else {
            var inner = MemberTree()
            inner.set(rest, value)
            members.append((name, .object(inner)))
        }
    }

    /// Whether the member `name` is set as a whole.
    func hasValue(_ name: RawSpan) -> Bool {
        members.contains { member in
            if case .object = member.value { return false }
            return Array(member.name.utf8).span.bytes.equals(name)
        }
    }

    /// Whether the member `name` is set, whole or in parts.
    func contains(_ name: String) -> Bool {
        members.contains { $0.name == name }
    }

    /// Takes out the members that are set inside of the member `name`.
    mutating func removeObject(_ name: RawSpan) -> MemberTree? {
        for (index, member) in members.enumerated() {
            guard case .object(let inner) = member.value, Array(member.name.utf8).span.bytes.equals(name) else {
                continue
            }
            members.remove(at: index)
            return inner
        }
        return nil
    }

    /// Writes `"name":value` with commas between, without braces.
    func write(into out: inout ByteWriter) {
        for (index, member) in members.enumerated() {
            if index > 0 { out.append(UInt8(ascii: ",")) }
            out.append(json: member.name)
            out.append(UInt8(ascii: ":"))
            switch member.value {
            case .json(let bytes): out.append(bytes)
            case .object(let inner):
                out.append(UInt8(ascii: "{"))
                inner.write(into: &out)
                out.append(UInt8(ascii: "}"))
            case .texts(let texts, let target): Self.write(texts, target, as: member.name, into: &out)
            }
        }
    }

    private static func write(
        _ texts: [String], _ target: FieldMapping.Target, as name: String, into out: inout ByteWriter
    ) {
        if target.isRepeated { out.append(UInt8(ascii: "[")) }
        for (place, text) in texts.enumerated() {
            if place > 0 { out.append(UInt8(ascii: ",")) }
            if place > 0, !target.isRepeated {
                // A second value of a single member is left to the reader's duplicate check.
                out.append(json: name)
                out.append(UInt8(ascii: ":"))
            }
            if target.takesNumbers, Self.isNumber(text) {
                out.append(text)
            } else {
                write(text, target.form, into: &out)
            }
        }
        if target.isRepeated { out.append(UInt8(ascii: "]")) }
    }

    /// Text as the JSON form of its member; what does not fit the form stays text, for the reader to refuse.
    private static func write(_ text: String, _ form: JSONForm, into out: inout ByteWriter) {
        switch form {
        case .number where isNumber(text), .boolean where text == "true" || text == "false": out.append(text)
        case .boolean where text == "1": out.append("true")
        case .boolean where text == "0": out.append("false")
        case .array:
            out.append(UInt8(ascii: "["))
            for (place, item) in text.split(separator: ",").enumerated() {
                if place > 0 { out.append(UInt8(ascii: ",")) }
                out.append(json: String(item))
            }
            out.append(UInt8(ascii: "]"))
        case .number, .boolean, .string, .varying: out.append(json: text)
        }
    }

    /// Whether `text` is a JSON number (RFC 8259 §6).
    private static func isNumber(_ text: String) -> Bool {
        var rest = text.utf8[...]
        if rest.first == UInt8(ascii: "-") { rest.removeFirst() }
        let integer = rest.prefix(while: isDigit)
        guard let first = integer.first, first != UInt8(ascii: "0") || integer.count == 1 else { return false }
        rest = rest[integer.endIndex...]
        if rest.first == UInt8(ascii: ".") {
            let fraction = rest.dropFirst().prefix(while: isDigit)
            if fraction.isEmpty { return false }
            rest = rest[fraction.endIndex...]
        }
        if let letter = rest.first, letter | 0x20 == UInt8(ascii: "e") {
            rest.removeFirst()
            if rest.first == UInt8(ascii: "+") || rest.first == UInt8(ascii: "-") { rest.removeFirst() }
            let exponent = rest.prefix(while: isDigit)
            if exponent.isEmpty { return false }
            rest = rest[exponent.endIndex...]
        }
        return rest.isEmpty
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        byte &- 0x30 < 10
    }
}
