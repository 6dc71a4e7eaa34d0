/// Gives the things of a contract the names that a lock has for them, and brings the lock up to date.
///
/// A locked name wins over the one derived; what is new gets the derived name unless it is locked for something else.
public struct ContractLocker {
    /// How REST addresses are made of names.
    public struct Addresses {
        /// The last segment of an operation's address.
        public var operation: (String) -> String
        /// What stands before the addresses of a service's operations; empty for nothing.
        public var service: (String) -> String

        public init(operation: @escaping (String) -> String, service: @escaping (String) -> String) {
            self.operation = operation
            self.service = service
        }
    }

    /// The contract with the names of the lock.
    public let contract: Contract
    /// The lock as it should be: equal to the one given when that is up to date.
    public let lock: ContractLock

    /// - Parameters:
    ///   - keys: Those of `contract`.
    ///   - lock: Nil where there is none yet: then all names stay as they are derived, and are locked.
    public init(_ contract: Contract, keys: ContractKeys, lock: ContractLock?, addresses: Addresses) {
        precondition(keys.types.count == contract.schema.messages.count)
        precondition(keys.operations.count == contract.operations.count)
        var types = TypeLocker(contract.schema, keys: keys.types, lock: lock?.types ?? [])
        types.lockAll()
        var operations = OperationLocker(contract, keys: keys.operations, lock: lock?.services ?? [], addresses)
        operations.lockAll()
        self.lock = ContractLock(
            services: operations.lock, types: types.lock, enumerations: lock?.enumerations ?? [])
        self.contract = Contract(
            name: contract.name, namespace: contract.namespace, documentation: contract.documentation,
            schema: Schema(messages: types.types), operations: operations.operations, endpoints: contract.endpoints,
            annotations: contract.annotations)
    }
}
