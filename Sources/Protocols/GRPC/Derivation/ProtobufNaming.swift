internal import Canonical

/// What protobuf calls the things of a contract that does not know it, and the numbers that it gives them: those of the
/// contract's lock, and new ones for what is new.
///
/// All that the schema has is named, whether an operation needs it or not, so that names do not depend on that.
struct ProtobufNaming {
    struct Member {
        var name: String
        var number: Int
    }

    struct Message {
        var name: String
        /// By field of the type.
        var fields: [Member] = []
        /// The types that may stand in its place.
        var variants: [(type: MessageID, member: Member)] = []
        /// What is in the lock and not in the contract any more.
        var reserved: [Member] = []
    }

    struct Enumeration {
        var name: String
        /// The name of the value 0.
        var unspecified: String
        var values: [(literal: Facets.EnumerationValue, member: Member)] = []
        var reserved: [Member] = []
    }

    let contract: Contract
    private(set) var lock: ContractLock
    /// By the contract's names.
    private(set) var services: [String: String] = [:]
    /// By message type.
    private(set) var messages: [Message] = []
    /// By simple type.
    private(set) var enumerations: [ObjectIdentifier: Enumeration] = [:]
    /// What is taken in the package.
    var scope = ProtoNames()

    /// - Parameters:
    ///   - lock: That of the contract, whose names it has already; nil gives out names and numbers in order.
    ///   - scalars: The keys of simple types.
    init(_ contract: Contract, lock: ContractLock?, scalars: [ObjectIdentifier: String]) {
        self.contract = contract
        self.lock = lock ?? ContractLock(contract.schema)
        for service in contract.operations.map(\.service) where services[service] == nil {
            services[service] = scope.take(ProtoNames.type(service))
        }
        let entries = nameMessages()
        var names = EnumerationNaming(contract, lock: self.lock, entries: entries, messages.map(\.name), scalars)
        names.nameAll(in: &scope)
        enumerations = names.enumerations
        self.lock.enumerations = names.locked
        for (index, entry) in entries.enumerated() { nameMembers(of: index, entry, entries) }
    }

    // MARK: Messages

    /// - Returns: By message type: the place of its entry in the lock.
    private mutating func nameMessages() -> [Int] {
        var names: [String?] = lock.types.map { $0.isReserved ? nil : $0.protobufName }
        for case let name? in names { scope.reserve(name) }
        for (place, type) in lock.types.enumerated() where !type.isReserved && names[place] == nil {
            let plain = ProtoNames.type(type.name)
            let name = scope.take(plain, else: plain + "Message")
            names[place] = name
            if name != plain { lock.types[place].protobufName = name }
        }
        let places = Dictionary(
            lock.types.enumerated().filter { !$0.element.isReserved }.map { ($0.element.name, $0.offset) },
            uniquingKeysWith: { first, _ in first })
        return contract.schema.messages.map { type in
            let place = places[type.name] ?? lock.types.count
            if place == lock.types.count {
                lock.types.append(ContractLock.MessageType(type))
                names.append(scope.take(ProtoNames.type(type.name)))
            }
            messages.append(Message(name: names[place] ?? type.name))
            return place
        }
    }

    // MARK: Members

    private mutating func nameMembers(of index: Int, _ place: Int, _ entries: [Int]) {
        let type = contract.schema.messages[index]
        var entry = lock.types[place]
        addVariants(of: type, to: &entry, entries)
        var names = ProtoNames()
        for field in entry.fields + entry.variants where field.number != nil { names.reserve(field.protobuf) }
        var numbers = ProtoNumbers((entry.fields + entry.variants).compactMap(\.number))
        let places = Dictionary(
            entry.fields.enumerated().filter { !$0.element.isReserved }.map { ($0.element.name, $0.offset) },
            uniquingKeysWith: { first, _ in first })
        // Elements before attributes: the numbers up to 15 take one byte. What has no place comes last of all.
        for rank in Rank.allCases {
            if rank == .variant {
                for place in entry.variants.indices { entry.variants[place].name(in: &names, &numbers, rank) }
                continue
            }
            for field in type.fields where Rank(field.name) == rank {
                guard let place = places[field.name] else { continue }
                entry.fields[place].name(in: &names, &numbers, rank)
            }
        }
        lock.types[place] = entry
        messages[index].fields = type.fields.map { field in
            places[field.name].map { Member(entry.fields[$0]) } ?? Member(name: field.name, number: 0)
        }
        let byKey = Dictionary(
            type.derived.map { (lock.types[entries[$0.index]].key, $0) }, uniquingKeysWith: { first, _ in first })
        for variant in entry.variants where !variant.isReserved {
            if let id = byKey[variant.key] { messages[index].variants.append((id, Member(variant))) }
        }
        let gone = (entry.fields + entry.variants).filter { $0.isReserved && $0.number != nil }
        messages[index].reserved = gone.map { Member($0) }
    }

    private func addVariants(of type: MessageType, to entry: inout ContractLock.MessageType, _ entries: [Int]) {
        let derived = type.derived.filter { !contract.schema[$0].isAbstract }.map { lock.types[entries[$0.index]] }
        let keys = Set(derived.map(\.key))
        for place in entry.variants.indices {
            entry.variants[place].isReserved = !keys.contains(entry.variants[place].key)
        }
        let known = Set(entry.variants.map(\.key))
        for type in derived where !known.contains(type.key) {
            entry.variants.append(ContractLock.Field(key: type.key, name: type.name))
        }
    }

    /// The order in which numbers are given out.
    enum Rank: CaseIterable {
        case element, attribute, variant, escape

        init(_ name: String) {
            if name.hasPrefix("$any") || name.hasPrefix("@*") {
                self = .escape
            } else {
                self = name.hasPrefix("@") ? .attribute : .element
            }
        }
    }
}

extension ProtobufNaming.Member {
    init(_ field: ContractLock.Field) {
        self.init(name: field.protobuf, number: field.number ?? 0)
    }
}

extension ContractLock.Field {
    /// What protobuf calls it.
    fileprivate var protobuf: String { protobufName ?? ProtoNames.field(name) }

    /// Gives it a name and a number, unless it has them.
    fileprivate mutating func name(
        in names: inout ProtoNames, _ numbers: inout ProtoNumbers, _ rank: ProtobufNaming.Rank
    ) {
        guard number == nil else { return }
        number = numbers.next(isEscape: rank == .escape)
        let plain = ProtoNames.field(name)
        let taken = names.take(plain, else: rank == .attribute ? "attr_" + plain : plain)
        if taken != plain { protobufName = taken }
    }
}

extension ContractLock {
    /// A lock of what has never been locked: keys are names.
    fileprivate init(_ schema: Schema) {
        self.init(types: schema.messages.map { MessageType($0) })
    }
}

extension ContractLock.MessageType {
    fileprivate init(_ type: MessageType) {
        self.init(
            key: type.name, name: type.name,
            fields: type.fields.map { ContractLock.Field(key: $0.name, name: $0.name) })
    }
}
