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
        /// What protobuf calls it, where its name does not say it.
        public var protobufName: String?
        public var isReserved: Bool
        public var fields: [Field]
        /// The types that may stand in its place, by their keys: protobuf has a field for each.
        public var variants: [Field]

        public init(
            key: String, name: String, protobufName: String? = nil, isReserved: Bool = false, fields: [Field] = [],
            variants: [Field] = []
        ) {
            self.key = key
            self.name = name
            self.protobufName = protobufName
            self.isReserved = isReserved
            self.fields = fields
            self.variants = variants
        }
    }

    public struct Field: Sendable, Equatable {
        public var key: String
        public var name: String
        /// The protobuf field number, once it has one.
        public var number: Int?
        /// What protobuf calls it, where its name does not say it.
        public var protobufName: String?
        public var isReserved: Bool

        public init(
            key: String, name: String, number: Int? = nil, protobufName: String? = nil, isReserved: Bool = false
        ) {
            self.key = key
            self.name = name
            self.number = number
            self.protobufName = protobufName
            self.isReserved = isReserved
        }
    }

    /// A simple type with a list of literals, which protobuf has as an enum; names and numbers are protobuf's.
    public struct Enumeration: Sendable, Equatable {
        public struct Value: Sendable, Equatable {
            public var literal: String
            public var name: String
            public var number: Int
            public var isReserved: Bool

            public init(literal: String, name: String, number: Int, isReserved: Bool = false) {
                self.literal = literal
                self.name = name
                self.number = number
                self.isReserved = isReserved
            }
        }

        public var key: String
        public var name: String
        public var isReserved: Bool
        public var values: [Value]

        public init(key: String, name: String, isReserved: Bool = false, values: [Value] = []) {
            self.key = key
            self.name = name
            self.isReserved = isReserved
            self.values = values
        }
    }

    public var services: [Service]
    public var types: [MessageType]
    public var enumerations: [Enumeration]

    public init(services: [Service] = [], types: [MessageType] = [], enumerations: [Enumeration] = []) {
        self.services = services
        self.types = types
        self.enumerations = enumerations
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
