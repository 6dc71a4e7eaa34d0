internal import Canonical
internal import XMLCodec

/// What the names of a WSDL's contract are derived from.
///
/// A global type is its qualified name, `{urn:bank}Account`. A type without a name is the path to it: `/{urn:bank}Get` of a
/// global element, `{urn:bank}Account/{urn:bank}address` of an element inside a type, `{urn:bank}Bank.Get(GetIn)/input` of
/// a message that is put together from parts.
struct WSDLKeys {
    private let contract: Contract
    private let globals: XMLGlobals
    private let schema: Schema
    private var keys: [String?]
    /// Types with a key whose fields have not been looked at.
    private var queue: [Int] = []
    private var taken: Set<String> = []

    init(_ contract: Contract) {
        self.contract = contract
        schema = contract.schema
        globals = contract.annotations[XMLGlobals.self] ?? XMLGlobals()
        keys = Array(repeating: nil, count: schema.messages.count)
    }

    /// Nil for a contract that no WSDL was read into.
    mutating func read() -> ContractKeys? {
        var operations: [ContractKeys.Operation] = []
        for operation in contract.operations {
            guard let source = operation.annotations[WSDLOperation.self] else { return nil }
            operations.append(ContractKeys.Operation(service: source.portType.description, key: source.key))
        }
        nameTypes(operations)
        let types = schema.messages.indices.map { index in
            ContractKeys.MessageType(key: keys[index] ?? "#\(index)", fields: fields(of: index))
        }
        let scalars = globals.scalars.map { (ObjectIdentifier($0.value), $0.key.description) }
        return ContractKeys(
            types: types, operations: operations, scalars: Dictionary(scalars, uniquingKeysWith: min))
    }

    // MARK: Types

    private mutating func nameTypes(_ operations: [ContractKeys.Operation]) {
        for (index, type) in schema.messages.enumerated() {
            if let name = type.annotations[XMLTypeName.self] {
                set(name.name.description, on: .message(MessageID(index)))
            }
        }
        for (name, element) in globals.elements.map({ ($0.key.description, $0.value) }).sorted(by: { $0.0 < $1.0 }) {
            set("/\(name)", on: element.type)
        }
        for (key, operation) in zip(operations, contract.operations) {
            set("\(key.service).\(key.key)/input", on: operation.input)
            set("\(key.service).\(key.key)/output", on: operation.output)
        }
        var next = 0
        while next < queue.count {
            let owner = queue[next]
            next += 1
            for field in schema.messages[owner].fields {
                set("\(keys[owner] ?? "")/\(key(of: field))", on: field.type)
            }
        }
    }

    private mutating func set(_ key: String, on type: ValueType) {
        guard case .message(let id) = type, keys[id.index] == nil, taken.insert(key).inserted else { return }
        keys[id.index] = key
        queue.append(id.index)
    }

    // MARK: Fields

    private func fields(of index: Int) -> [ContractKeys.Field] {
        var taken: Set<String> = []
        return schema.messages[index].fields.map { field in
            let key = key(of: field)
            // Wildcards and groups may look alike.
            let unique = taken.insert(key).inserted ? key : field.name
            taken.insert(unique)
            return ContractKeys.Field(key: unique, alternatives: alternatives(to: field))
        }
    }

    private func key(of field: Field) -> String {
        switch field.annotations[XMLNode.self] {
        case .element(let name): return name.description
        case .attribute(let name): return "@\(name)"
        case .group:
            // A group is known by the element that it begins with, not by its place among others.
            guard case .message(let id) = field.type, let first = schema[id].fields.first, !first.isGroup else {
                return field.name
            }
            return "$\(key(of: first))"
        case .text, .wildcard, .attributeWildcard, .elsewhere, nil: return field.name
        }
    }

    /// `prefix:local` with each prefix that the documents declare, then with `ns1`, `ns2`… (TRANSLATION R2, R3).
    private func alternatives(to field: Field) -> @Sendable () -> [String] {
        let (name, mark): (QualifiedName, String)
        switch field.annotations[XMLNode.self] {
        case .element(let element): (name, mark) = (element, "")
        case .attribute(let attribute): (name, mark) = (attribute, "@")
        default: return { [] }
        }
        return { [globals] in
            let declared = globals.prefixes.filter { $0.namespace == name.namespace }.map(\.prefix)
            return (declared + (1...9).map { "ns\($0)" }).map { "\(mark)\($0):\(name.local)" }
        }
    }
}

extension Field {
    fileprivate var isGroup: Bool {
        if case .group = annotations[XMLNode.self] { true } else { false }
    }
}
