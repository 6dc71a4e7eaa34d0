/// Finds the entries of a lock that belong to what a contract has.
///
/// By key; and what goes and comes under one name in one change is the same thing under a new key, as when a contract
/// takes a new namespace.
struct LockMatch {
    /// By place in the contract: the place of its entry in the lock; nil for what is new.
    private(set) var entries: [Int?]
    /// Which entries of the lock have been found.
    private(set) var found: Set<Int> = []

    /// - Parameters:
    ///   - keys: Of what the contract has, with the names derived for it.
    ///   - lock: Keys and names in the lock; reserved ones are found by key only.
    init(_ keys: [(key: String, name: String)], in lock: [(key: String, name: String, isReserved: Bool)]) {
        entries = Array(repeating: nil, count: keys.count)
        let byKey = Dictionary(lock.enumerated().map { ($1.key, $0) }, uniquingKeysWith: { first, _ in first })
        for (place, item) in keys.enumerated() {
            if let entry = byKey[item.key] { take(entry, for: place) }
        }
        let gone = lock.indices.filter { !found.contains($0) && !lock[$0].isReserved }
        let byName = Dictionary(gone.map { (lock[$0].name, $0) }, uniquingKeysWith: { first, _ in first })
        for (place, item) in keys.enumerated() where entries[place] == nil {
            if let entry = byName[item.name] { take(entry, for: place) }
        }
    }

    mutating func take(_ entry: Int, for place: Int) {
        guard entries[place] == nil, found.insert(entry).inserted else { return }
        entries[place] = entry
    }

    /// The places of what is new, and of entries that nothing belongs to any more.
    func unmatched(of count: Int) -> (new: [Int], gone: [Int]) {
        (entries.indices.filter { entries[$0] == nil }, (0..<count).filter { !found.contains($0) })
    }
}

/// Names that are in use.
struct TakenNames {
    private var names: Set<String>

    init(_ names: some Sequence<String>) {
        self.names = Set(names)
    }

    /// The first of `wanted` that is free, else its first with a number.
    mutating func take(_ wanted: String, or alternatives: () -> [String] = { [] }) -> String {
        if names.insert(wanted).inserted { return wanted }
        for name in alternatives() where names.insert(name).inserted { return name }
        var number = 2
        while !names.insert("\(wanted)\(number)").inserted { number += 1 }
        return "\(wanted)\(number)"
    }
}
