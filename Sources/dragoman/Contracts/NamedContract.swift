internal import Canonical

/// A contract with the names that its lock has for what is in it.
struct NamedContract: Sendable {
    var contract: Contract
    /// As it should be; nil where there is none.
    var lock: ContractLock?
    /// The keys of its simple types, for the lock.
    var scalars: [ObjectIdentifier: String] = [:]
}
