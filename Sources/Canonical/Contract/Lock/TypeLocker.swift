/// Names message types and their fields.
struct TypeLocker {
    private(set) var types: [MessageType]
    private(set) var lock: [ContractLock.MessageType]
    private let keys: [ContractKeys.MessageType]
    private var isLocked: [Bool]
    /// By type: the place of its entry in the lock.
    private var entries: [Int] = []

    init(_ schema: Schema, keys: [ContractKeys.MessageType], lock: [ContractLock.MessageType]) {
        types = schema.messages
        self.keys = keys
        self.lock = lock
        isLocked = Array(repeating: false, count: types.count)
    }

    mutating func lockAll() {
        lockNames()
        for index in types.indices { lockFields(index) }
    }

    private mutating func lockNames() {
        let match = LockMatch(
            zip(keys, types).map { ($0.key, $1.name) }, in: lock.map { ($0.key, $0.name, $0.isReserved) })
        for place in lock.indices { lock[place].isReserved = !match.found.contains(place) }
        var taken = TakenNames(lock.map(\.name))
        for index in types.indices {
            if let entry = match.entries[index] {
                lock[entry].key = keys[index].key
                types[index].name = lock[entry].name
                entries.append(entry)
            } else {
                types[index].name = taken.take(types[index].name)
                entries.append(lock.count)
                lock.append(ContractLock.MessageType(key: keys[index].key, name: types[index].name))
            }
        }
    }

    /// Names the fields of a type, its base's before: what is inherited is called the same in both.
    private mutating func lockFields(_ index: Int) {
        guard !isLocked[index] else { return }
        isLocked[index] = true
        var inherited: [String: String] = [:]
        if let base = types[index].base {
            lockFields(base.index)
            for (key, field) in zip(keys[base.index].fields, types[base.index].fields) {
                inherited[key.key] = field.name
            }
        }
        let fields = keys[index].fields
        var locked = lock[entries[index]].fields
        let wanted = zip(fields, types[index].fields).map { inherited[$0.key] ?? $1.name }
        let match = LockMatch(
            zip(fields, wanted).map { ($0.key, $1) }, in: locked.map { ($0.key, $0.name, $0.isReserved) })
        for place in locked.indices { locked[place].isReserved = !match.found.contains(place) }
        var taken = TakenNames(locked.map(\.name))
        for (place, name) in wanted.enumerated() {
            if let entry = match.entries[place] {
                locked[entry].key = fields[place].key
                types[index].fields[place].name = locked[entry].name
            } else {
                let name = taken.take(name, or: fields[place].alternatives)
                types[index].fields[place].name = name
                locked.append(ContractLock.Field(key: fields[place].key, name: name))
            }
        }
        lock[entries[index]].fields = locked
    }
}
