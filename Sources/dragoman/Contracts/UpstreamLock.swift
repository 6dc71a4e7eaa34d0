internal import Canonical
internal import Configuration
internal import REST

/// The lock of one upstream's contract: where it is, what it says and what it should say.
struct UpstreamLock {
    let upstream: String
    let contract: String
    let path: String
    /// Nil when there is none yet.
    let current: ContractLock?
    let wanted: ContractLock

    var change: LockChange { LockChange(from: current ?? ContractLock(), to: wanted) }

    /// What is wrong with the lock; nil when it is up to date.
    var finding: String? {
        guard let current, current != wanted else { return nil }
        let change = change
        let parts = [(change.added, "not in it"), (change.removed, "gone"), (change.moved, "something else")]
        let told = parts.filter { !$0.0.isEmpty }.map { names, what in
            "\(names.prefix(3).joined(separator: ", "))\(names.count > 3 ? " and \(names.count - 3) more are" : names.count > 1 ? " are" : " is") \(what)"
        }
        let reason = told.isEmpty ? "it is not what `dragoman lock` would write" : told.joined(separator: "; ")
        return "\"\(path)\" is behind the contract: \(reason); `dragoman lock` brings it up to date"
    }

    /// Names and addresses as REST derives them.
    static func addresses(
        of contract: Contract, for upstream: Configuration.Upstream, in configuration: Configuration
    ) -> ContractLocker.Addresses {
        var selections: [[Operation]] = configuration.routes.compactMap { route in
            guard case .expose(let exposure) = route.action, exposure.operations.upstream == upstream.name else {
                return nil
            }
            return exposure.operations.operation.map { contract.operations(selectedBy: $0) } ?? contract.operations
        }
        selections.append(contract.operations)
        return ContractLocker.Addresses(operation: RESTAddress.kebabCase) { service in
            // The first exposure that has the service says how its addresses look today.
            let services = selections.map { Set($0.map(\.service)) }.first { $0.contains(service) } ?? []
            return services.count > 1 ? RESTAddress.kebabCase(service) : ""
        }
    }
}
