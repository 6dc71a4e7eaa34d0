/// Names services and their operations, and gives these their addresses.
struct OperationLocker {
    private(set) var operations: [Operation]
    private(set) var lock: [ContractLock.Service]
    private let keys: [ContractKeys.Operation]
    private let addresses: ContractLocker.Addresses

    init(
        _ contract: Contract, keys: [ContractKeys.Operation], lock: [ContractLock.Service],
        _ addresses: ContractLocker.Addresses
    ) {
        operations = contract.operations
        self.keys = keys
        self.lock = lock
        self.addresses = addresses
    }

    mutating func lockAll() {
        // Each service once, in the order of its first operation.
        var services: [(key: String, name: String)] = []
        for (key, operation) in zip(keys, operations) where !services.contains(where: { $0.key == key.service }) {
            services.append((key.service, operation.service))
        }
        var match = LockMatch(services, in: lock.map { ($0.key, $0.name, $0.isReserved) })
        // The one service that goes when one comes has a new name.
        let rest = match.unmatched(of: lock.count)
        let gone = rest.gone.filter { !lock[$0].isReserved }
        if rest.new.count == 1, gone.count == 1 { match.take(gone[0], for: rest.new[0]) }
        for place in lock.indices where !match.found.contains(place) { reserve(place) }
        var taken = TakenNames(lock.map(\.name))
        for (place, service) in services.enumerated() {
            let entry = match.entries[place] ?? lock.count
            if entry == lock.count {
                lock.append(
                    ContractLock.Service(
                        key: service.key, name: taken.take(service.name), segment: addresses.service(service.name)))
            }
            lock[entry].key = service.key
            lock[entry].isReserved = false
            lockOperations(of: entry)
        }
    }

    private mutating func reserve(_ service: Int) {
        lock[service].isReserved = true
        for place in lock[service].operations.indices { lock[service].operations[place].isReserved = true }
    }

    private mutating func lockOperations(of service: Int) {
        var locked = lock[service].operations
        let places = operations.indices.filter { keys[$0].service == lock[service].key }
        var match = LockMatch(
            places.map { (keys[$0].key, operations[$0].name) }, in: locked.map { ($0.key, $0.name, $0.isReserved) })
        matchByOwnName(places, locked, &match)
        for place in locked.indices { locked[place].isReserved = !match.found.contains(place) }
        var names = TakenNames(locked.map(\.name))
        var segments = TakenNames(locked.map(\.address))
        for (place, index) in places.enumerated() {
            let entry = match.entries[place] ?? locked.count
            if entry == locked.count {
                let name = names.take(operations[index].name)
                locked.append(
                    ContractLock.Operation(
                        key: keys[index].key, name: name, address: segments.take(addresses.operation(name))))
            }
            locked[entry].key = keys[index].key
            rename(index, locked[entry], of: lock[service])
        }
        lock[service].operations = locked
    }

    /// An operation that is the only one of its own name on both sides is the same, whatever its input is called.
    private func matchByOwnName(_ places: [Int], _ locked: [ContractLock.Operation], _ match: inout LockMatch) {
        let rest = match.unmatched(of: locked.count)
        for place in rest.new {
            let own = keys[places[place]].key.prefix { $0 != "(" }
            let same = rest.gone.filter { locked[$0].ownName == own && !locked[$0].isReserved }
            let others = rest.new.filter { keys[places[$0]].key.prefix { $0 != "(" } == own }
            if same.count == 1, others.count == 1 { match.take(same[0], for: place) }
        }
    }

    private mutating func rename(_ index: Int, _ entry: ContractLock.Operation, of service: ContractLock.Service) {
        let operation = operations[index]
        var annotations = operation.annotations
        annotations[LockedAddress.self] = LockedAddress(segment: service.segment, address: entry.address)
        operations[index] = Operation(
            name: entry.name, service: service.name, documentation: operation.documentation, input: operation.input,
            output: operation.output, faults: operation.faults, interaction: operation.interaction,
            effect: operation.effect, annotations: annotations)
    }
}
