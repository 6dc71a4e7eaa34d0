internal import Buffers
internal import Canonical
internal import JSONCodec

/// Writes a request's JSON object again with members in other places. Reads it without a schema: what the members mean is
/// for the reader of the result.
struct BodyRewriter {
    private let body: Document
    /// Places of values that have moved away.
    private var moved: Set<Int> = []
    /// Whether what is set takes the place of what stands there already.
    private let overrides: Bool

    private static let untyped = JSONCoder(.any, schema: Schema.Builder().build())

    /// - Throws: What the JSON reader throws for what is not JSON, or has a name twice.
    init(_ body: Bytes, overriding: Bool = false) throws(Failure) {
        overrides = overriding
        self.body = try Self.untyped.decode(body)
    }

    var isObject: Bool { body.nodes[0].kind == .object }

    /// The object with the values of `moves` at their targets and `members` in it. An object that loses all it has is left
    /// out; a member that is set and stands there already is written twice, for the reader to refuse.
    mutating func rewrite(_ moves: [FieldMapping], adding members: MemberTree) -> Bytes {
        var members = members
        for move in moves {
            guard case .body(let names) = move.source, let place = place(of: names) else { continue }
            moved.insert(place)
            var value = ByteWriter()
            write(place, into: &value)
            members.set(move.target, json: value.finish())
        }
        var out = ByteWriter(capacity: body.source.count + 256)
        write(object: 0, adding: members, into: &out)
        return out.finish()
    }

    private func place(of names: [String]) -> Int? {
        var place = 0
        for name in names {
            let name = Array(name.utf8)
            guard let value = values(of: place).first(where: { key($0).equals(name) }) else { return nil }
            place = value
        }
        return place
    }

    /// The places of the values of the object at `index`; none when it is no object.
    private func values(of index: Int) -> [Int] {
        guard body.nodes[index].kind == .object else { return [] }
        return body.children(of: index).filter { body.nodes[$0].kind != .key }
    }

    /// The name of the member whose value stands at `value`: the node before it.
    @_lifetime(borrow self)
    private func key(_ value: Int) -> RawSpan {
        _overrideLifetime(body.text(of: body.nodes[value - 1]), borrowing: self)
    }

    /// Whether nothing of the value at `index` stays.
    private func isGone(_ index: Int) -> Bool {
        if moved.contains(index) { return true }
        guard body.nodes[index].kind == .object, body.nodes[index].extent > 1 else { return false }
        return body.children(of: index).allSatisfy { body.nodes[$0].kind == .key || isGone($0) }
    }

    /// The fields of `type` that the body has, as paths of a field mask: of an inner message those that it has.
    func maskPaths(_ type: ValueType, _ fields: QueryFields) -> String {
        var paths: [String] = []
        collectPaths(of: 0, type, fields, "", into: &paths)
        return paths.joined(separator: ",")
    }

    private func collectPaths(
        of index: Int, _ type: ValueType, _ fields: QueryFields, _ prefix: String, into paths: inout [String]
    ) {
        for value in values(of: index) {
            let name = String(decoding: key(value))
            let field = fields.field(name, of: type)
            let path = prefix + (field?.name ?? name)
            if let field, case .message = field.type, !values(of: value).isEmpty {
                collectPaths(of: value, field.type, fields, path + ".", into: &paths)
            } else {
                paths.append(path)
            }
        }
    }

    // MARK: Writing

    private func write(object index: Int, adding members: MemberTree, into out: inout ByteWriter) {
        var members = members
        var isFirst = true
        out.append(UInt8(ascii: "{"))
        for value in values(of: index) where !isGone(value) && !(overrides && members.hasValue(key(value))) {
            if !isFirst { out.append(UInt8(ascii: ",")) }
            isFirst = false
            out.append(json: key(value))
            out.append(UInt8(ascii: ":"))
            if body.nodes[value].kind == .object {
                write(object: value, adding: members.removeObject(key(value)) ?? MemberTree(), into: &out)
            } else {
                write(value, into: &out)
            }
        }
        if !isFirst, !members.isEmpty { out.append(UInt8(ascii: ",")) }
        members.write(into: &out)
        out.append(UInt8(ascii: "}"))
    }

    private func write(_ index: Int, into out: inout ByteWriter) {
        let node = body.nodes[index]
        switch node.kind {
        case .object: write(object: index, adding: MemberTree(), into: &out)
        case .list:
            out.append(UInt8(ascii: "["))
            for (place, item) in body.children(of: index).enumerated() {
                if place > 0 { out.append(UInt8(ascii: ",")) }
                write(item, into: &out)
            }
            out.append(UInt8(ascii: "]"))
        case .string: out.append(json: body.text(of: node))
        case .number: out.append(body.text(of: node))
        case .true: out.append("true")
        case .false: out.append("false")
        // Without a schema JSON has no other kinds.
        case .null, .key, .signed, .unsigned, .double, .bytes: out.append("null")
        }
    }
}
