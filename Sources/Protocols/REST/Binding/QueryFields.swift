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
        for part in name.split(separator: ".", omittingEmptySubsequences: false) {
            let (label, key) = Self.parts(of: part)
            if found?.cardinality.isRepeated == true { return nil }
            guard let label, let field = field(label, of: type) else { return nil }
            if steps.isEmpty, excluded.contains(field.name) { return nil }
            steps.append(field.name)
            (type, found) = (field.type, field)
            guard let key else { continue }
            guard case .map(_, let value) = type else { return nil }
            steps.append(key)
            type = value
        }
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

    /// The fields of the input that a parameter may name, for descriptions.
    var roots: [String: FieldMapping.Target] {
        guard let excluded, case .message(let id) = input else { return [:] }
        var roots: [String: FieldMapping.Target] = [:]
        for field in schema[id].fields where !excluded.contains(field.name) {
            roots[field.name] = Self.target([field.name], field.type, of: field)
        }
        return roots
    }

    /// `k[x]` as `k` and `x`; no name for what is neither that nor plain.
    private static func parts(of text: Substring) -> (name: String?, key: String?) {
        guard let open = text.firstIndex(of: "[") else { return (String(text), nil) }
        guard text.last == "]" else { return (nil, nil) }
        return (String(text[..<open]), String(text[text.index(after: open)...].dropLast()))
    }
}
