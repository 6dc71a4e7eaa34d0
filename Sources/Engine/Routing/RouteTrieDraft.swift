internal import Buffers

/// A trie of routes while it grows.
struct RouteTrieDraft {
    private var nodes: [RouteTrie.Node] = [RouteTrie.Node()]
    private var drafts: [Draft] = [Draft()]

    /// What belongs to a node and is as long as it gets.
    private struct Draft {
        var literals: [[UInt8]: Int32] = [:]
        var ends: [Int32] = []
        var rests: [RouteTrie.Rest] = []
    }

    mutating func insert(_ segments: ArraySlice<PathPattern.Segment>, _ route: Int32) {
        var node = 0
        for (index, segment) in segments.enumerated() {
            switch segment {
            case .rest:
                drafts[node].rests.append(RouteTrie.Rest(route: route, tail: Array(segments.dropFirst(index + 1))))
                return
            case .literal(let bytes):
                let next = drafts[node].literals[bytes] ?? addNode()
                drafts[node].literals[bytes] = next
                node = Int(next)
            case .parameter:
                if nodes[node].parameter < 0 { nodes[node].parameter = addNode() }
                node = Int(nodes[node].parameter)
            case .wildcard:
                if nodes[node].wildcard < 0 { nodes[node].wildcard = addNode() }
                node = Int(nodes[node].wildcard)
            }
        }
        drafts[node].ends.append(route)
    }

    private mutating func addNode() -> Int32 {
        nodes.append(RouteTrie.Node())
        drafts.append(Draft())
        return Int32(nodes.count - 1)
    }

    /// The arrays of the trie.
    consuming func frozen() -> (
        nodes: [RouteTrie.Node], literals: [RouteTrie.Literal], words: [UInt64], ends: [Int32], rests: [RouteTrie.Rest]
    ) {
        var literals: [RouteTrie.Literal] = []
        var words: [UInt64] = []
        var ends: [Int32] = []
        var rests: [RouteTrie.Rest] = []
        for (place, draft) in drafts.enumerated() {
            let children = draft.literals
                .map { (fingerprint: RouteTrie.fingerprint($0.key.span.bytes), bytes: $0.key, child: $0.value) }
                .sorted { $0.fingerprint < $1.fingerprint }
            for (fingerprint, bytes, child) in children {
                literals.append(
                    RouteTrie.Literal(fingerprint: fingerprint, child: child, words: Int32(words.count)))
                if bytes.count >= 8 { words += RouteTrie.words(of: bytes.span.bytes) }
            }
            ends += draft.ends
            // The longer what stands behind `**`, the more specific.
            rests += draft.rests.sorted { $0.tail.count > $1.tail.count }
            nodes[place].literals = Self.last(children.count, of: literals.count)
            nodes[place].ends = Self.last(draft.ends.count, of: ends.count)
            nodes[place].rests = Self.last(draft.rests.count, of: rests.count)
        }
        return (nodes, literals, words, ends, rests)
    }

    private static func last(_ count: Int, of total: Int) -> Range<Int32> {
        Int32(total - count)..<Int32(total)
    }
}
