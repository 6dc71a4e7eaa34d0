/// What a translator hands on, in order. One outbox serves a whole call and keeps its memory.
public struct Outbox<Part> {
    private var parts: [Part] = []
    private var next = 0

    public init() {}

    public var isEmpty: Bool { next == parts.count }

    public mutating func append(_ part: consuming Part) {
        parts.append(part)
    }

    /// Takes the oldest part out.
    public mutating func popFirst() -> Part? {
        guard next < parts.count else {
            parts.removeAll(keepingCapacity: true)
            next = 0
            return nil
        }
        if next == 0, parts.count == 1 {
            return parts.removeLast()
        }
        defer { next &+= 1 }
        return parts[next]
    }

    public mutating func removeAll() {
        parts.removeAll(keepingCapacity: true)
        next = 0
    }
}
