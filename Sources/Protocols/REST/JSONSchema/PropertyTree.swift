internal import Canonical
internal import JSONCodec

/// Members of a body that stand for fields elsewhere in the message, by the names that lead to them.
struct PropertyTree {
    private enum Member {
        case field(Field)
        case object(PropertyTree)
    }

    private var members: [(name: String, member: Member)] = []

    var isEmpty: Bool { members.isEmpty }

    func contains(_ name: String) -> Bool {
        members.contains { $0.name == name }
    }

    /// Puts `field` at the end of `names`; what stands there already stays.
    mutating func insert(_ field: Field, at names: ArraySlice<String>) {
        guard let name = names.first else { return }
        let rest = names.dropFirst()
        guard let index = members.firstIndex(where: { $0.name == name }) else {
            var inner = PropertyTree()
            inner.insert(field, at: rest)
            return members.append((name, rest.isEmpty ? .field(field) : .object(inner)))
        }
        guard case .object(var inner) = members[index].member else { return }
        inner.insert(field, at: rest)
        members[index].member = .object(inner)
    }

    /// Writes `"name": schema` for every member. The objects among them are open: other members may stand there too.
    func write(_ writer: JSONSchemaWriter, into json: inout JSONWriter) {
        for (name, member) in members {
            json.member(name) { json in
                switch member {
                case .field(let field): writer.write(field, into: &json)
                case .object(let tree):
                    json.object { json in
                        json.member("type", "object")
                        json.member("properties") { json in json.object { tree.write(writer, into: &$0) } }
                    }
                }
            }
        }
    }
}
