internal import Buffers

/// Where the hash table of one type's names lies among the slots of a plan.
struct NameTable {
    var first = 0
    /// A power of two less one; -1 for a table without names.
    var mask = -1
}

/// One place of a hash table: a name and what it leads to.
struct NameSlot {
    var key: UInt64 = 0
    var namespace = NamespaceID.none
    /// -1 when the place is free.
    var value: Int32 = -1
    var name = Literal.empty

    static func hash(_ key: UInt64, _ namespace: NamespaceID, _ name: RawSpan) -> Int {
        var hash = key ^ UInt64(UInt32(bitPattern: namespace.rawValue)) &<< 32
        if name.byteCount >= 8 { hash ^= name.word(at: name.byteCount &- 8) &* 0x9E37_79B9_7F4A_7C15 }
        hash = hash &* 0xD6E8_FEB8_6659_FD93
        return Int(truncatingIfNeeded: hash &>> 32)
    }
}

/// Collects the hash tables of a plan while it is compiled.
struct NameSlots {
    struct Entry {
        var name: QualifiedName
        var namespace: NamespaceID
        var value: Int
    }

    private(set) var slots: [NameSlot] = []

    /// Lays out a table for `entries`. A name that occurs twice is found in the order given.
    mutating func add(_ entries: [Entry], _ literals: inout LiteralPool) -> NameTable {
        guard !entries.isEmpty else { return NameTable() }
        var size = 4
        while size < entries.count * 2 { size *= 2 }
        let table = NameTable(first: slots.count, mask: size - 1)
        slots.append(contentsOf: repeatElement(NameSlot(), count: size))
        for entry in entries {
            let text = entry.name.local.utf8
            let name = text.span.bytes
            let key = name.nameKey(0, name.byteCount)
            var place = NameSlot.hash(key, entry.namespace, name) & table.mask
            while slots[table.first + place].value >= 0 { place = (place + 1) & table.mask }
            slots[table.first + place] = NameSlot(
                key: key, namespace: entry.namespace, value: Int32(entry.value), name: literals.add(entry.name.local))
        }
        return table
    }
}
