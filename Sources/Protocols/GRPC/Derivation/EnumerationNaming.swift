internal import Canonical

/// Names the enums that protobuf has for simple types with literals, and their values.
struct EnumerationNaming {
    /// A simple type with literals, wherever it is used.
    private struct Use {
        let type: ScalarType
        /// What it may be called in the lock: its own key, or the places of fields that have it.
        var keys: [String]
        /// What it is called where the lock says nothing.
        let plain: String
    }

    private(set) var enumerations: [ObjectIdentifier: ProtobufNaming.Enumeration] = [:]
    private(set) var locked: [ContractLock.Enumeration]
    private var uses: [Use] = []
    private var places: [ObjectIdentifier: Int] = [:]
    private let scalars: [ObjectIdentifier: String]

    /// - Parameters:
    ///   - entries: By message type: the place of its entry in the lock.
    ///   - messages: By message type: what protobuf calls it.
    init(
        _ contract: Contract, lock: ContractLock, entries: [Int], _ messages: [String],
        _ scalars: [ObjectIdentifier: String]
    ) {
        locked = lock.enumerations
        self.scalars = scalars
        for (index, type) in contract.schema.messages.enumerated() {
            let entry = lock.types[entries[index]]
            let keys = Dictionary(
                entry.fields.filter { !$0.isReserved }.map { ($0.name, $0.key) },
                uniquingKeysWith: { first, _ in first }
            )
            for field in type.fields {
                collect(
                    field.type, "\(entry.key)/\(keys[field.name] ?? field.name)",
                    messages[index] + ProtoNames.type(ProtoNames.jsonName(ProtoNames.field(field.name))))
            }
        }
        for operation in contract.operations {
            let key = "\(operation.service).\(operation.name)"
            let name = ProtoNames.type(operation.name)
            collect(operation.input, "\(key)/input", name + "Input")
            collect(operation.output, "\(key)/output", name + "Output")
            for fault in operation.faults {
                collect(fault.type, "\(key)/\(fault.name)", ProtoNames.type(fault.name) + "Value")
            }
        }
    }

    private mutating func collect(_ type: ValueType, _ place: String, _ plain: String) {
        switch type {
        case .scalar(let scalar): collect(scalar, place, plain)
        case .map(_, let value): collect(value, place, plain)
        case .message, .any, .nothing: break
        }
    }

    private mutating func collect(_ type: ScalarType, _ place: String, _ plain: String) {
        if case .list(let item) = type.kind { return collect(item, place, plain) }
        guard type.isEnumeration else { return }
        if let known = places[ObjectIdentifier(type)] {
            if scalars[ObjectIdentifier(type)] == nil { uses[known].keys.append(place) }
            return
        }
        places[ObjectIdentifier(type)] = uses.count
        let key = scalars[ObjectIdentifier(type)]
        // A named type is called by its own name: what stands behind the prefix.
        let own = type.name.map { ProtoNames.type($0.split(separator: ":").last.map(String.init) ?? $0) }
        uses.append(Use(type: type, keys: [key ?? place], plain: own ?? plain))
    }

    // MARK: Names

    mutating func nameAll(in scope: inout ProtoNames) {
        for entry in locked {
            scope.reserve(entry.name)
            scope.reserve(Self.unspecified(entry.name))
            for value in entry.values { scope.reserve(value.name) }
        }
        let matches = match()
        let found = Set(matches.compactMap(\.self))
        for place in locked.indices {
            locked[place].isReserved = !found.contains(place)
            if !found.contains(place) { locked[place].reserveValues(but: []) }
        }
        for (use, match) in zip(uses, matches) {
            var entry: ContractLock.Enumeration
            if let match {
                entry = locked[match]
                if !use.keys.contains(entry.key) { entry.key = use.keys[0] }
            } else {
                entry = ContractLock.Enumeration(
                    key: use.keys[0], name: scope.take(use.plain, else: use.plain + "Enum"))
                scope.reserve(Self.unspecified(entry.name))
            }
            name(use.type, &entry, in: &scope)
            if let match { locked[match] = entry } else { locked.append(entry) }
        }
    }

    /// By use: the place of its entry; by key, then what goes and comes under one name.
    private func match() -> [Int?] {
        let byKey = Dictionary(locked.enumerated().map { ($1.key, $0) }, uniquingKeysWith: { first, _ in first })
        var found: Set<Int> = []
        var matches: [Int?] = uses.map { use in
            use.keys.compactMap { byKey[$0] }.first { found.insert($0).inserted }
        }
        let gone = locked.indices.filter { !found.contains($0) && !locked[$0].isReserved }
        let byName = Dictionary(gone.map { (locked[$0].name, $0) }, uniquingKeysWith: { first, _ in first })
        for (place, use) in uses.enumerated() where matches[place] == nil {
            if let entry = byName[use.plain], found.insert(entry).inserted { matches[place] = entry }
        }
        return matches
    }

    private mutating func name(
        _ type: ScalarType, _ entry: inout ContractLock.Enumeration, in scope: inout ProtoNames
    ) {
        let prefix = ProtoNames.valuePrefix(entry.name)
        var enumeration = ProtobufNaming.Enumeration(name: entry.name, unspecified: Self.unspecified(entry.name))
        let literals = type.facets.enumeration ?? []
        entry.reserveValues(but: Set(literals.map(\.literal)))
        var places = Dictionary(
            entry.values.enumerated().map { ($1.literal, $0) }, uniquingKeysWith: { first, _ in first })
        var seen: Set<String> = []
        for literal in literals where seen.insert(literal.literal).inserted {
            var place = places[literal.literal]
            if place == nil {
                place = entry.values.count
                places[literal.literal] = entry.values.count
                entry.values.append(
                    ContractLock.Enumeration.Value(
                        literal: literal.literal, name: scope.take("\(prefix)_\(ProtoNames.value(literal.literal))"),
                        number: (entry.values.map(\.number).max() ?? 0) + 1))
            }
            guard let place else { continue }
            let value = entry.values[place]
            enumeration.values.append((literal, .init(name: value.name, number: value.number)))
        }
        enumeration.reserved = entry.values.filter(\.isReserved).map { .init(name: $0.name, number: $0.number) }
        enumerations[ObjectIdentifier(type)] = enumeration
    }

    private static func unspecified(_ name: String) -> String { "\(ProtoNames.valuePrefix(name))_UNSPECIFIED" }
}

extension ContractLock.Enumeration {
    fileprivate mutating func reserveValues(but literals: Set<String>) {
        for place in values.indices { values[place].isReserved = !literals.contains(values[place].literal) }
    }
}
