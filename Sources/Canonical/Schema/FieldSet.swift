/// Which fields of a message are there. The first 64 cost no memory of their own.
public struct FieldSet: Sendable, Equatable {
    /// Bit n: field n, of the first 64.
    public private(set) var low: UInt64 = 0
    /// Fields from 64 on; trailing words without fields are not kept apart from missing ones.
    private var high: [UInt64] = []

    public init() {}

    public init(_ fields: some Sequence<Int>) {
        for field in fields { insert(field) }
    }

    public var isEmpty: Bool { low == 0 && high.allSatisfy { $0 == 0 } }

    /// Adds `field`; returns whether it was not there yet.
    @discardableResult @inline(__always)
    public mutating func insert(_ field: Int) -> Bool {
        guard field < 64 else { return insertHigh(field) }
        let bit = UInt64(1) &<< UInt64(truncatingIfNeeded: field)
        let isNew = low & bit == 0
        low |= bit
        return isNew
    }

    private mutating func insertHigh(_ field: Int) -> Bool {
        let bit = UInt64(1) << UInt64(field & 63)
        let word = field / 64 - 1
        while high.count <= word { high.append(0) }
        defer { high[word] |= bit }
        return high[word] & bit == 0
    }

    @inline(__always)
    public func contains(_ field: Int) -> Bool {
        field < 64 ? low & UInt64(1) &<< UInt64(truncatingIfNeeded: field) != 0 : containsHigh(field)
    }

    private func containsHigh(_ field: Int) -> Bool {
        let bit = UInt64(1) << UInt64(field & 63)
        let word = field / 64 - 1
        return word < high.count && high[word] & bit != 0
    }

    /// Whether all fields of `other` are here too.
    public func isSuperset(of other: FieldSet) -> Bool {
        guard other.low & ~low == 0 else { return false }
        return other.high.indices.allSatisfy { index in
            other.high[index] & ~(index < high.count ? high[index] : 0) == 0
        }
    }

    /// Whether any field of `other` is here.
    public func intersects(_ other: FieldSet) -> Bool {
        low & other.low != 0 || zip(high, other.high).contains { $0 & $1 != 0 }
    }
}
