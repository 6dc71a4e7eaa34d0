/// What a translator hands on, in order. One outbox serves a whole call and keeps its memory.
public struct Outbox<Part> {
    /// Nearly always there is one at a time.
    private var parts: [Part] = []
    private var next = 0

    public init() {}

    public var isEmpty: Bool { parts.isEmpty }

    public mutating func append(_ part: consuming Part) {
        parts.append(part)
    }

    /// Takes the oldest part out; there must be one. Moves it where `popFirst`, whose answer is optional, makes copies.
    public mutating func removeFirst() -> Part {
        if parts.count == 1 {
            next = 0
            return parts.removeLast()
        }
        let part = parts[next]
        next &+= 1
        if next == parts.count { removeAll() }
        return part
    }

    /// Takes the oldest part out.
    public mutating func popFirst() -> Part? {
        isEmpty ? nil : removeFirst()
    }

    public mutating func removeAll() {
        // Not for nothing: it costs a hundred instructions.
        if !parts.isEmpty { parts.removeAll(keepingCapacity: true) }
        next = 0
    }
}
