internal import Buffers

/// The attributes of one start tag.
struct AttributeList: ~Copyable {
    struct Attribute {
        var nameStart: Int
        var localStart: Int
        var nameEnd: Int
        var valueStart: Int
        var valueEnd: Int
        /// Whether the value lies in the document as it is; else it lies in the scanner's side buffer.
        var isVerbatim: Bool
        var namespace = NamespaceID.none

        var hasPrefix: Bool { localStart != nameStart }
    }

    var items: [Attribute] = []
    /// A hash table over `items` for elements with many of them.
    private var slots: [Int] = []

    init() {
        items.reserveCapacity(8)
    }

    mutating func removeAll() {
        if !items.isEmpty { items.removeAll(keepingCapacity: true) }
    }

    /// The place of an attribute that has the expanded name of an earlier one, or nil (Namespaces in XML 1.0 §6.3).
    mutating func duplicate(in input: RawSpan) -> Int? {
        if items.count > 16 { return duplicateAmongMany(in: input) }
        var index = 1
        while index < items.count {
            for earlier in 0..<index where isSame(items[earlier], items[index], in: input) {
                return items[index].nameStart
            }
            index &+= 1
        }
        return nil
    }

    /// The same in linear time, unless the hashes were made to collide; the limit on attributes bounds that.
    private mutating func duplicateAmongMany(in input: RawSpan) -> Int? {
        var size = 64
        while size < items.count &* 2 { size &*= 2 }
        slots.removeAll(keepingCapacity: true)
        slots.append(contentsOf: repeatElement(-1, count: size))
        for index in items.indices {
            let item = items[index]
            let hash = input.extracting(item.localStart..<item.nameEnd).hash &+ UInt64(item.namespace.rawValue)
            var slot = Int(truncatingIfNeeded: hash) & (size &- 1)
            while slots[slot] >= 0 {
                if isSame(items[slots[slot]], item, in: input) { return item.nameStart }
                slot = (slot &+ 1) & (size &- 1)
            }
            slots[slot] = index
        }
        return nil
    }

    private func isSame(_ left: Attribute, _ right: Attribute, in input: RawSpan) -> Bool {
        let length = left.nameEnd &- left.localStart
        return left.namespace == right.namespace && length == right.nameEnd &- right.localStart
            && input.matches(left.localStart, right.localStart, length: length)
    }
}
