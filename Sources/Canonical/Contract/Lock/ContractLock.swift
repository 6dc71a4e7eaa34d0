/// The names by which clients know what is in a contract, so that a change of the contract never renames what they use: the
/// content of a lock file (docs/decisions/0005-lock-file.md).
///
/// A name is found by a key, which says in the contract's own words what has the name. Entries keep their order; what is
/// not in the contract any more stays as reserved, and its name is not given away.
public struct ContractLock: Sendable, Equatable {
    /// A service, with its operations.
    public struct Service: Sendable, Equatable {
        public var key: String
        public var name: String
        /// What stands before the addresses of its operations; empty for nothing.
        public var segment: String
        public var isReserved: Bool
        public var operations: [Operation]

        public init(key: String, name: String, segment: String, isReserved: Bool = false, operations: [Operation] = [])
        {
            self.key = key
            self.name = name
            self.segment = segment
            self.isReserved = isReserved
            self.operations = operations
        }
    }

    public struct Operation: Sendable, Equatable {
        /// The operation's own name in the contract, with that of its input: `Get(GetRequest)`. An operation that is
        /// alone with its own name is found whatever its input is called.
        public var key: String
        public var name: String
        /// Its address below the service's segment, without a slash before it.
        public var address: String
        public var isReserved: Bool

        public init(key: String, name: String, address: String, isReserved: Bool = false) {
            self.key = key
            self.name = name
            self.address = address
            self.isReserved = isReserved
        }

        /// The key without the input.
        var ownName: Substring { key.prefix { $0 != "(" } }
    }

    public struct MessageType: Sendable, Equatable {
        public var key: String
        public var name: String
        public var isReserved: Bool
        public var fields: [Field]

        public init(key: String, name: String, isReserved: Bool = false, fields: [Field] = []) {
            self.key = key
            self.name = name
            self.isReserved = isReserved
            self.fields = fields
        }
    }

    public struct Field: Sendable, Equatable {
        public var key: String
        public var name: String
        /// The protobuf field number, once it has one.
        public var number: Int?
        public var isReserved: Bool

        public init(key: String, name: String, number: Int? = nil, isReserved: Bool = false) {
            self.key = key
            self.name = name
            self.number = number
            self.isReserved = isReserved
        }
    }

    public var services: [Service]
    public var types: [MessageType]

    public init(services: [Service] = [], types: [MessageType] = []) {
        self.services = services
        self.types = types
    }
}

/// Where an operation is offered, as the lock says. An annotation of `Operation`.
public struct LockedAddress: Sendable, Equatable {
    /// What stands before the addresses of the service; empty for nothing.
    public var segment: String
    /// Below that.
    public var address: String

    public init(segment: String, address: String) {
        self.segment = segment
        self.address = address
    }
}

/// How two locks of one contract differ.
public struct LockChange: Sendable, Equatable {
    /// Names that the older one does not have, in the words of people: `Bank.GetAccount`, `Account.Id`.
    public var added: [String] = []
    /// Names that only the older one has in use.
    public var removed: [String] = []
    /// Names that stand for something with another key.
    public var moved: [String] = []

    public var isEmpty: Bool { added.isEmpty && removed.isEmpty && moved.isEmpty }

    public init(from old: ContractLock, to new: ContractLock) {
        let (old, new) = (LockChange.names(old), LockChange.names(new))
        let before = Dictionary(old.map { ($0.name, $0.key) }, uniquingKeysWith: { first, _ in first })
        let after = Set(new.map(\.name))
        for entry in new {
            switch before[entry.name] {
            case nil: added.append(entry.name)
            case entry.key: break
            default: moved.append(entry.name)
            }
        }
        removed = old.map(\.name).filter { !after.contains($0) }
    }

    private static func names(_ lock: ContractLock) -> [(name: String, key: String)] {
        var names: [(String, String)] = []
        for service in lock.services where !service.isReserved {
            names.append((service.name, service.key + service.segment))
            for operation in service.operations where !operation.isReserved {
                names.append(("\(service.name).\(operation.name)", operation.key + operation.address))
            }
        }
        for type in lock.types where !type.isReserved {
            names.append((type.name, type.key))
            for field in type.fields where !field.isReserved { names.append(("\(type.name).\(field.name)", field.key)) }
        }
        return names
    }
}
