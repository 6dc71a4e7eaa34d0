/// What the names of a contract are derived from, given by who read it: keys that stay the same while what they stand for
/// does.
public struct ContractKeys: Sendable {
    public struct Field: Sendable {
        public var key: String
        /// What the field may be called where the name derived for it is another's; the best first. Asked for when it is
        /// needed, which is seldom.
        public var alternatives: @Sendable () -> [String]

        public init(key: String, alternatives: @escaping @Sendable () -> [String] = { [] }) {
            self.key = key
            self.alternatives = alternatives
        }
    }

    public struct MessageType: Sendable {
        public var key: String
        /// One for each field of the type.
        public var fields: [Field]

        public init(key: String, fields: [Field]) {
            self.key = key
            self.fields = fields
        }
    }

    public struct Operation: Sendable {
        /// The key of its service.
        public var service: String
        /// As `ContractLock.Operation.key` has it.
        public var key: String

        public init(service: String, key: String) {
            self.service = service
            self.key = key
        }
    }

    /// One for each message type of the schema.
    public var types: [MessageType]
    /// One for each operation.
    public var operations: [Operation]
    /// The keys of the simple types that have a name.
    public var scalars: [ObjectIdentifier: String]

    public init(types: [MessageType], operations: [Operation], scalars: [ObjectIdentifier: String] = [:]) {
        self.types = types
        self.operations = operations
        self.scalars = scalars
    }
}
