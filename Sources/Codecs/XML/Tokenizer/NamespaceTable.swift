public import Buffers

/// The namespaces that a contract knows, numbered once at load so that a message's are compared as numbers.
public final class NamespaceTable: Sendable {
    // `NamespaceID`'s constants are places in this list.
    private static let builtIn = [
        "", "http://www.w3.org/XML/1998/namespace", "http://www.w3.org/2000/xmlns/",
        "http://www.w3.org/2001/XMLSchema-instance",
    ]

    private let names: [Bytes]
    /// Open addressing over a power of two at least twice `names.count`; -1 is free.
    private let slots: [Int32]

    /// Numbers `known` in order after the built-in ones; names that occur twice count once.
    public init(_ known: [String] = []) {
        var names: [Bytes] = []
        var size = 8
        while size < (known.count + Self.builtIn.count) * 2 { size *= 2 }
        var slots = [Int32](repeating: -1, count: size)
        for name in Self.builtIn + known {
            let slot = Self.slot(of: name.utf8.span.bytes, names: names, slots: slots)
            guard slots[slot] < 0 else { continue }
            slots[slot] = Int32(names.count)
            names.append(Bytes(name))
        }
        self.names = names
        self.slots = slots
    }

    /// Knows only the built-in namespaces.
    public static let standard = NamespaceTable()

    /// How many namespaces are known; the ids of others start here.
    public var count: Int { names.count }

    public func id(of name: RawSpan) -> NamespaceID? {
        let found = slots[Self.slot(of: name, names: names, slots: slots)]
        return found < 0 ? nil : NamespaceID(rawValue: found)
    }

    public func id(of name: String) -> NamespaceID? {
        id(of: name.utf8.span.bytes)
    }

    /// The namespace name of a known id, or nil.
    public func name(of id: NamespaceID) -> Bytes? {
        let index = Int(id.rawValue)
        return names.indices.contains(index) ? names[index] : nil
    }

    /// Where `name` is or would be put.
    private static func slot(of name: RawSpan, names: [Bytes], slots: [Int32]) -> Int {
        let mask = slots.count &- 1
        var slot = Int(truncatingIfNeeded: name.hash) & mask
        while slots[slot] >= 0 {
            let other = names[Int(slots[slot])]
            if other.span.equals(name) { break }
            slot = (slot &+ 1) & mask
        }
        return slot
    }
}
