internal import Buffers

/// The keys of the maps that are open, to find those that come twice.
///
/// A key stands for itself by 64 bits: an integer by its own, text by a hash with the seed of this process, so that no
/// sender can choose texts that meet.
struct KeyLog {
    private var keys: [UInt64] = []
    /// Where those of the innermost map begin.
    private var start = 0
    /// All keys of the innermost map, once they are too many to be compared with each other.
    private var table: Set<UInt64> = []

    /// What `close` needs to know about the map outside.
    struct Outer {
        fileprivate var start: Int
        fileprivate var table: Set<UInt64>
    }

    mutating func open() -> Outer {
        let outer = Outer(start: start, table: table)
        start = keys.count
        if !table.isEmpty { table = [] }
        return outer
    }

    mutating func close(_ outer: consuming Outer) {
        keys.removeSubrange(start...)
        start = outer.start
        table = outer.table
    }

    /// Adds a key; false when it is there already.
    mutating func insert(_ key: UInt64) -> Bool {
        if keys.count &- start < 16 {
            for place in start..<keys.count where keys[place] == key { return false }
        } else {
            if table.isEmpty { table = Set(keys[start...]) }
            guard table.insert(key).inserted else { return false }
        }
        keys.append(key)
        return true
    }

    /// What stands for a text.
    static func identity(of key: RawSpan) -> UInt64 {
        var hasher = Hasher()
        key.withUnsafeBytes { hasher.combine(bytes: $0) }
        return UInt64(bitPattern: Int64(hasher.finalize()))
    }
}
