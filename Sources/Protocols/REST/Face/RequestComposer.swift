internal import Buffers
internal import Canonical
internal import Engine
internal import HTTP
internal import JSONCodec

/// Weaves values from the address and the head into a request's body, as members of its JSON object: so one reader checks
/// them all by the same rules, and its findings point to the same places.
struct RequestComposer {
    private var members = MemberTree()

    var isEmpty: Bool { members.isEmpty }

    /// - Throws: `invalidArgument` for values that cannot be read or that nothing wants.
    init(
        _ binding: RESTBinding, head: borrowing HTTPRequestHead, context: CallContext
    ) throws(Failure) {
        let query = try Self.query(of: head)
        var usedNames: Set<String> = []
        for mapping in binding.mappings {
            switch mapping.source {
            case .path(let index):
                let path = context.path
                let text = path.span.bytes.extracting(context.captures.ranges[index])
                guard let value = QueryString.decode(text, plusIsSpace: false) else { throw Self.unreadable("path") }
                members.set(mapping.target, [value])
            case .query(let name):
                usedNames.insert(name)
                let values = query.filter { $0.name == name }.map(\.value)
                if !values.isEmpty { members.set(mapping.target, values) }
            case .header(let name):
                if let value = head.headers[name] { members.set(mapping.target, [value]) }
            }
        }
        guard binding.bindsQuery else { return }
        var values: [String: [String]] = [:]
        for (name, value) in query where !usedNames.contains(name) { values[name, default: []].append(value) }
        for (name, texts) in values.sorted(by: { $0.key < $1.key }) {
            guard let target = binding.queryFields[name] else {
                throw Failure(
                    .invalidArgument, "request.unknown_parameter", "There is no query parameter \"\(name)\".",
                    origin: .client,
                    violations: [Violation(pointer: "/" + name, rule: "unknown", detail: "no such parameter")])
            }
            members.set(target, texts)
        }
    }

    /// The body with the members at the end of its object; the body alone when it is no object, for its reader to refuse.
    func compose(_ body: Bytes) -> Bytes {
        let span = body.span
        var first = 0
        while first < span.byteCount, Self.isWhitespace(span[first]) { first += 1 }
        var out = ByteWriter(capacity: body.count + 256)
        if first == span.byteCount {
            out.append(0x7B)
        } else {
            guard span[first] == 0x7B, let last = span.lastIndex(of: 0x7D), last > first else { return body }
            out.append(span.extracting(0..<last))
            var next = first + 1
            while next < last, Self.isWhitespace(span[next]) { next += 1 }
            if next < last { out.append(0x2C) }
            members.write(into: &out)
            out.append(span.extracting(last..<span.byteCount))
            return out.finish()
        }
        members.write(into: &out)
        out.append(0x7D)
        return out.finish()
    }

    private static func query(of head: borrowing HTTPRequestHead) throws(Failure) -> [(name: String, value: String)] {
        let target = head.target
        guard let mark = target.firstIndex(of: 0x3F) else { return [] }
        guard let query = QueryString(target.span.bytes.extracting(mark + 1..<target.count)) else {
            throw unreadable("query")
        }
        return query.parameters
    }

    private static func unreadable(_ part: String) -> Failure {
        Failure(
            .invalidArgument, "request.encoding", "The \(part) has a broken percent-encoding or is not UTF-8.",
            origin: .client)
    }

    private static func isWhitespace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
    }
}

/// Members to be written, by name, in the order in which they were set.
private struct MemberTree {
    private enum Value {
        case texts([String], FieldMapping.Target)
        case object(MemberTree)
    }

    private var members: [(name: String, value: Value)] = []

    var isEmpty: Bool { members.isEmpty }

    mutating func set(_ target: FieldMapping.Target, _ texts: [String]) {
        set(target.names[...], .texts(texts, target))
    }

    private mutating func set(_ names: ArraySlice<String>, _ value: Value) {
        guard let name = names.first else { return }
        let rest = names.dropFirst()
        if rest.isEmpty {
            members.append((name, value))
        } else if let index = members.firstIndex(where: { $0.name == name }), case .object(var inner) = members[index].value {
            inner.set(rest, value)
            members[index].value = .object(inner)
        } else {
            var inner = MemberTree()
            inner.set(rest, value)
            members.append((name, .object(inner)))
        }
    }

    /// Writes `"name":value` with commas between, without braces.
    func write(into out: inout ByteWriter) {
        for (index, member) in members.enumerated() {
            if index > 0 { out.append(0x2C) }
            out.append(json: member.name)
            out.append(0x3A)
            switch member.value {
            case .object(let inner):
                out.append(0x7B)
                inner.write(into: &out)
                out.append(0x7D)
            case .texts(let texts, let target) where target.isRepeated:
                out.append(0x5B)
                for (place, text) in texts.enumerated() {
                    if place > 0 { out.append(0x2C) }
                    Self.write(text, target.form, into: &out)
                }
                out.append(0x5D)
            case .texts(let texts, let target):
                // A second value of a single member is left to the reader's duplicate check.
                for (place, text) in texts.enumerated() {
                    if place > 0 {
                        out.append(0x2C)
                        out.append(json: member.name)
                        out.append(0x3A)
                    }
                    Self.write(text, target.form, into: &out)
                }
            }
        }
    }

    /// Text as the JSON form of its member; what does not fit the form stays text, for the reader to refuse.
    private static func write(_ text: String, _ form: JSONForm, into out: inout ByteWriter) {
        switch form {
        case .number where isNumber(text), .boolean where text == "true" || text == "false": out.append(text)
        case .boolean where text == "1": out.append("true")
        case .boolean where text == "0": out.append("false")
        case .array:
            out.append(0x5B)
            for (place, item) in text.split(separator: ",").enumerated() {
                if place > 0 { out.append(0x2C) }
                out.append(json: String(item))
            }
            out.append(0x5D)
        case .number, .boolean, .string, .varying: out.append(json: text)
        }
    }

    /// Whether `text` is a JSON number (RFC 8259 §6).
    private static func isNumber(_ text: String) -> Bool {
        text.wholeMatch(of: /-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?/) != nil
    }
}

extension RawSpan {
    fileprivate func lastIndex(of byte: UInt8) -> Int? {
        var index = byteCount - 1
        while index >= 0 {
            if self[index] == byte { return index }
            index -= 1
        }
        return nil
    }
}
