internal import Canonical
internal import JSONCodec
internal import ProtobufSchema

/// The fields of a protobuf message that a query parameter may name: with dots for those of inner messages, `k[x]` for a
/// map's values, each by its JSON name or the one that it has in its file.
struct QueryFields: Sendable {
    private let schema: Schema
    private let input: ValueType
    /// Fields of the input that come from elsewhere: all of them where the body is the message.
    private let excluded: Set<String>?
    /// The places of fields by their names, for every type that the input leads to.
    private var names: [MessageID: [String: Int]] = [:]

    /// - Parameter excluded: nil for every field.
    init(of input: ValueType, _ schema: Schema, excluding excluded: Set<String>?) {
        self.schema = schema
        self.input = input
        self.excluded = excluded
        collect(input)
    }

    private mutating func collect(_ type: ValueType) {
        if case .map(_, let value) = type { return collect(value) }
        guard case .message(let id) = type, names[id] == nil else { return }
        var places: [String: Int] = [:]
        for (place, field) in schema[id].fields.enumerated() {
            places[field.name] = place
            if let name = field.annotations[ProtobufField.self]?.name, places[name] == nil { places[name] = place }
        }
        names[id] = places
        for field in schema[id].fields { collect(field.type) }
    }

    /// The field called `name` of a message.
    func field(_ name: String, of type: ValueType) -> Field? {
        guard case .message(let id) = type, let place = names[id]?[name] else { return nil }
        return schema[id].fields[place]
    }

    /// What the parameter `name` sets; nil for what is not there, or has no form as text.
    func target(_ name: String) -> FieldMapping.Target? {
        guard let excluded else { return nil }
        var steps: [String] = []
        var type = input
        var found: Field?
        var rest = name[...]
        repeat {
            guard let (label, key) = Self.step(&rest) else { return nil }
            if found?.cardinality.isRepeated == true { return nil }
            guard let field = field(label, of: type) else { return nil }
            if steps.isEmpty, excluded.contains(field.name) { return nil }
            steps.append(field.name)
            (type, found) = (field.type, field)
            guard let key else { continue }
            guard case .map(_, let value) = type else { return nil }
            steps.append(key)
            type = value
        } while !rest.isEmpty
        guard let found else { return nil }
        return Self.target(steps, type, of: found)
    }

    static func target(_ names: [String], _ type: ValueType, of field: Field) -> FieldMapping.Target? {
        guard case .scalar(let scalar) = type else { return nil }
        var target = FieldMapping.Target(names: names, scalar, isRepeated: field.cardinality.isRepeated)
        let note = field.annotations[ProtobufField.self]
        target.takesNumbers = note?.enumeration != nil || note?.map?.value.enumeration != nil
        return target
    }

    /// How deep descriptions go into messages within messages, and how many parameters they tell of.
    private static let describedDepth = 4
    private static let describedCount = 200

    /// The parameters that there may be, for descriptions: fields of inner messages too, but not those of a message that
    /// it is in itself.
    var parameters: [FieldMapping.Target] {
        guard let excluded else { return [] }
        var parameters: [FieldMapping.Target] = []
        collect(input, [], [], excluded, into: &parameters)
        return parameters
    }

    private func collect(
        _ type: ValueType, _ names: [String], _ outer: [MessageID], _ excluded: Set<String>,
        into parameters: inout [FieldMapping.Target]
    ) {
        guard case .message(let id) = type, !outer.contains(id), outer.count < Self.describedDepth else { return }
        for field in schema[id].fields where !excluded.contains(field.name) && field.name.first != "[" {
            guard parameters.count < Self.describedCount else { return }
            let path = names + [field.name]
            switch field.type {
            case .message where !field.cardinality.isRepeated:
                collect(field.type, path, outer + [id], [], into: &parameters)
            case .map(_, .scalar):
                parameters.append(FieldMapping.Target(names: path, form: .varying, isRepeated: false))
            default:
                if let target = Self.target(path, field.type, of: field) { parameters.append(target) }
            }
        }
    }

    /// Takes a name from the front of `rest`, and the dot behind it: `k[x]` as `k` and `x`, which may have dots. nil for
    /// what is no name.
    private static func step(_ rest: inout Substring) -> (label: String, key: String?)? {
        let label = rest.prefix { $0 != "." && $0 != "[" }
        var behind = rest[label.endIndex...]
        var key: Substring?
        if behind.first == "[" {
            let inner = behind.dropFirst()
            // A bracket in the key is not its end.
            guard
                let close = inner.indices.first(where: { index in
                    inner[index] == "]" && [nil, "."].contains(inner[inner.index(after: index)...].first)
                })
            else { return nil }
            key = inner[..<close]
            behind = inner[inner.index(after: close)...]
        }
        if behind.first == "." {
            behind.removeFirst()
            if behind.isEmpty { return nil }
        }
        rest = behind
        return (String(label), key.map(String.init))
    }
}
