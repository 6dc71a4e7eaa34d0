public import Canonical

extension Configuration {
    /// Checks the routes against the compiled contracts: the operations that they name, their faults, and that no
    /// operation is offered twice at one address.
    ///
    /// - Parameter contracts: The contracts by the names of their upstreams; those that could not be read are absent.
    /// - Returns: What was found, in reading order.
    public func check(contracts: [String: Contract], sources: SourceMap) -> [Diagnostic] {
        let check = OperationCheck(contracts: contracts, sources: sources)
        return routes.flatMap { check.findings(of: $0) }.sorted(in: sources)
    }
}

/// Looks for operations and faults that the contracts do not have.
struct OperationCheck {
    let contracts: [String: Contract]
    let sources: SourceMap

    func findings(of route: Configuration.Route) -> [Diagnostic] {
        switch route.action {
        case .expose(let exposure):
            guard let contract = contracts[exposure.operations.upstream] else { return [] }
            guard let name = exposure.operations.operation, contract.operations(selectedBy: name).isEmpty else {
                return []
            }
            return [unknown(name, in: contract, at: "\(route.name).expose")]
        case .call(let call):
            guard let contract = contracts[call.operation.upstream], let name = call.operation.operation else {
                return []
            }
            guard let operation = contract.operation(named: name) else {
                return [unknown(name, in: contract, at: "\(route.name).call")]
            }
            return call.faults.compactMap { unknownFault($0.fault, of: operation, of: route) }
        case .proxy:
            return []
        case .socket(let socket):
            return socket.operations.compactMap { operation, place in
                guard let contract = contracts[operation.upstream], let name = operation.operation,
                    contract.operation(named: name) == nil
                else { return nil }
                return unknown(name, in: contract, at: "\(route.name).\(place)")
            }
        }
    }

    private func unknown(_ name: String, in contract: Contract, at path: String) -> Diagnostic {
        let names = contract.operations.flatMap { [$0.name, "\($0.service).\($0.name)", $0.service] }
        let suggestion = Suggestion.text(for: name, among: Set(names))
        let message = "\(path): the contract \"\(contract.name)\" has no operation \"\(name)\"\(suggestion)"
        return Diagnostic(.error, "route.unknown-operation", message, at: sources.location(of: path))
    }

    private func unknownFault(_ name: String, of operation: Operation, of route: Configuration.Route) -> Diagnostic? {
        guard !operation.faults.contains(where: { $0.name == name }) else { return nil }
        let path = ConfigurationPath.member(name, of: "\(route.name).faults")
        let suggestion = Suggestion.text(for: name, among: operation.faults.map(\.name))
        let message = "\(path): the operation \"\(operation.name)\" declares no such fault\(suggestion)"
        return Diagnostic(.error, "route.unknown-fault", message, at: sources.keyLocation(of: path))
    }
}

extension Contract {
    /// The operations that `name` stands for: one, or all of the service called so.
    public func operations(selectedBy name: String) -> [Operation] {
        if let operation = operation(named: name) { return [operation] }
        return operations.filter { $0.service == name }
    }
}
