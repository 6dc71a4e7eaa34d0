internal import Canonical

// The mappings of a lock file.

struct LockedService: Configurable {
    var name = ""
    var segment = ""
    var isReserved = false
    var operations: [ContractLock.Operation] = []

    static let keys: [Key<LockedService>] = [
        .required("name", \.name, .text, "What clients call it."),
        .optional("segment", \.segment, .text, "What stands before the addresses of its operations."),
        .optional("reserved", \.isReserved, .flag, "Whether the contract does not have it any more."),
        .required("operations", \.operations, shape, "Its operations, by name and input."),
    ]

    private static let shape = Shape<[ContractLock.Operation]>.entries(of: Shape<LockedOperation>.mapping, name: \.name)
    {
        ContractLock.Operation(key: $1, name: $0.name, address: $0.address, isReserved: $0.isReserved)
    }
}

struct LockedOperation: Configurable {
    var name = ""
    var address = ""
    var isReserved = false

    static let keys: [Key<LockedOperation>] = [
        .required("name", \.name, .text, "What clients call it."),
        .required("address", \.address, .text, "Its address below that of its service."),
        .optional("reserved", \.isReserved, .flag, "Whether the contract does not have it any more."),
    ]
}

struct LockedType: Configurable {
    var name = ""
    var protobufName: String?
    var isReserved = false
    var fields: [ContractLock.Field] = []
    var variants: [ContractLock.Field] = []

    static let keys: [Key<LockedType>] = [
        .required("name", \.name, .text, "What clients call it."),
        .optional("protobuf", \.protobufName, .text, "What protobuf calls it, where the name does not say it."),
        .optional("reserved", \.isReserved, .flag, "Whether the contract does not have it any more."),
        .required("fields", \.fields, shape, "Its fields, by qualified name."),
        .optional("variants", \.variants, shape, "The types that may stand in its place, by qualified name."),
    ]

    private static let shape = Shape<[ContractLock.Field]>.entries(of: LockedField.shape, name: \.name) {
        ContractLock.Field(
            key: $1, name: $0.name, number: $0.number, protobufName: $0.protobufName, isReserved: $0.isReserved)
    }
}

struct LockedEnumeration: Configurable {
    var name = ""
    var isReserved = false
    var values: [ContractLock.Enumeration.Value] = []

    static let keys: [Key<LockedEnumeration>] = [
        .required("name", \.name, .text, "What protobuf calls it."),
        .optional("reserved", \.isReserved, .flag, "Whether the contract does not have it any more."),
        .required("values", \.values, shape, "Its values, by their literals."),
    ]

    private static let shape = Shape<[ContractLock.Enumeration.Value]>.entries(
        of: Shape<LockedValue>.mapping, name: \.name
    ) {
        ContractLock.Enumeration.Value(literal: $1, name: $0.name, number: $0.number, isReserved: $0.isReserved)
    }
}

struct LockedValue: Configurable {
    var name = ""
    var number = 0
    var isReserved = false

    static let keys: [Key<LockedValue>] = [
        .required("name", \.name, .text, "What protobuf calls it."),
        .required("number", \.number, .integer(1...2_147_483_647), "Its number in protobuf."),
        .optional("reserved", \.isReserved, .flag, "Whether the contract does not have it any more."),
    ]
}

/// A field's name, or a mapping where there is more to say of it.
struct LockedField: Configurable {
    var name = ""
    var number: Int?
    var protobufName: String?
    var isReserved = false

    static let keys: [Key<LockedField>] = [
        .required("name", \.name, .text, "What clients call it."),
        .optional("number", \.number, .integer(1...536_870_911), "Its number in protobuf."),
        .optional("protobuf", \.protobufName, .text, "What protobuf calls it, where the name does not say it."),
        .optional("reserved", \.isReserved, .flag, "Whether the contract does not have it any more."),
    ]

    static let shape = Shape<LockedField>(schema: descriptions.schema) { node, reader in
        guard case .scalar = node.content else { return read(node, reader: &reader) }
        return Shape<String>.text.read(node, &reader).map { name in
            var field = LockedField()
            field.name = name
            return field
        }
    }
}

extension Shape {
    /// A mapping from keys to entries, whose names are all different.
    static func entries<Entry: Configurable, Item: Sendable>(
        of entry: Shape<Entry>, name: any KeyPath<Entry, String> & Sendable,
        item: @escaping @Sendable (Entry, String) -> Item
    ) -> Shape where Value == [Item] {
        Shape(schema: entry.schema) { node, reader in
            guard case .mapping(let entries) = node.content else {
                reader.expect("a mapping", found: node)
                return nil
            }
            var names: [String: String] = [:]
            return entries.compactMap { pair -> Item? in
                reader.descend(into: pair) { node, reader -> Item? in
                    guard let value = entry.read(node, &reader) else { return nil }
                    if let other = names.updateValue(pair.key, forKey: value[keyPath: name]) {
                        let message = "\"\(value[keyPath: name])\" is the name of \(other) already"
                        reader.report("lock.duplicate-name", message, at: node.location)
                    }
                    return item(value, pair.key)
                }
            }
        }
    }
}
