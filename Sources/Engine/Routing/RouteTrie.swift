internal import Buffers
internal import Canonical

/// The paths of one host as a trie over segments, frozen into flat arrays.
///
/// All literal children of all nodes live in one open-addressed table keyed by node and segment, so a look-up costs the same
/// with ten routes and with ten thousand.
struct RouteTrie: Sendable {
    /// Without references, so that walking the trie counts none.
    private struct Node: Sendable {
        var parameter: Int32 = -1
        var wildcard: Int32 = -1
        /// Places in `ends` of the routes that end here, and in `rests` of those that have `**` below here; most specific
        /// first.
        var ends: Range<Int32> = 0..<0
        var rests: Range<Int32> = 0..<0
    }

    /// What nodes are told while the trie grows.
    private struct Draft {
        var literals: [[UInt8]: Int32] = [:]
        var ends: [Int32] = []
        var rests: [Rest] = []
    }

    /// A route whose path goes on with `**`, and perhaps with segments behind that.
    private struct Rest: Sendable {
        var route: Int32
        var tail: [PathPattern.Segment]
    }

    private struct Slot: Sendable {
        var node: Int32 = -1
        var child: Int32 = -1
        var hash: UInt64 = 0
        var textOffset: UInt32 = 0
        var textLength: UInt32 = 0
    }

    /// One reference for all arrays of a trie.
    private final class Verbal: Sendable {
        let trie: RouteTrie

        init(_ trie: RouteTrie) { self.trie = trie }
    }

    private var nodes: [Node] = [Node()]
    private var ends: [Int32] = []
    private var rests: [Rest] = []
    private var slots: [Slot] = []
    private var text: [UInt8] = []
    private var mask = 0
    /// The routes whose paths end in a verb, by its place in `verbNames`.
    private var verbs: [Verbal] = []
    private var verbNames = NameTable([])

    /// - Parameter routes: Patterns with the index that a match gives back; more specific ones first among equals.
    init(_ routes: [(pattern: PathPattern, route: Int32)]) {
        var drafts = [Draft()]
        for (pattern, route) in routes where pattern.verb == nil { insert(pattern, route, &drafts) }
        freeze(drafts.map(\.literals))
        for (place, draft) in drafts.enumerated() {
            nodes[place].ends = Int32(ends.count)..<Int32(ends.count + draft.ends.count)
            ends += draft.ends
            nodes[place].rests = Int32(rests.count)..<Int32(rests.count + draft.rests.count)
            // The longer what stands behind `**`, the more specific.
            rests += draft.rests.sorted { $0.tail.count > $1.tail.count }
        }
        let verbal = Dictionary(grouping: routes.filter { $0.pattern.verb != nil }) { $0.pattern.verb ?? "" }
        verbNames = NameTable(Array(verbal.keys))
        verbs = verbal.values.map { routes in
            Verbal(RouteTrie(routes.map { (pattern: PathPattern(segments: $0.pattern.segments), route: $0.route) }))
        }
    }

    /// Calls `isWanted` with the routes whose path matches, most specific first, until it says yes.
    ///
    /// - Parameters:
    ///   - path: A normal path.
    ///   - captures: Filled with what the parameters stand for when a route is wanted.
    func match(_ path: RawSpan, captures: inout [Range<Int>], isWanted: (Int32) -> Bool) -> Bool {
        if !verbs.isEmpty, let colon = Self.verbStart(of: path),
            let verb = verbNames.index(of: path.extracting(colon &+ 1..<path.byteCount)),
            verbs[verb].trie.match(path.extracting(0..<colon), captures: &captures, isWanted: isWanted)
        {
            return true
        }
        return match(path, from: 1, node: 0, &captures, isWanted)
    }

    /// The place of the last colon in the last segment.
    private static func verbStart(of path: RawSpan) -> Int? {
        var index = path.byteCount &- 1
        while index > 0, path[index] != UInt8(ascii: "/") {
            if path[index] == UInt8(ascii: ":") { return index }
            index &-= 1
        }
        return nil
    }

    /// Depth is bounded by the longest pattern: only trie nodes are entered, each at most once per path.
    private func match(
        _ path: RawSpan, from start: Int, node: Int32, _ captures: inout [Range<Int>], _ isWanted: (Int32) -> Bool
    ) -> Bool {
        let place = Int(node)
        if start > path.byteCount {
            for end in nodes[place].ends where isWanted(ends[Int(end)]) { return true }
            return matchRest(path, from: path.byteCount, place, &captures, isWanted)
        }
        let end = path.firstIndex(of: 0x2F, from: start) ?? path.byteCount
        let segment = path.extracting(start..<end)
        if let child = literalChild(of: node, segment), match(path, from: end + 1, node: child, &captures, isWanted) {
            return true
        }
        if end > start {
            let (parameter, wildcard) = (nodes[place].parameter, nodes[place].wildcard)
            if parameter >= 0, match(path, capturing: start..<end, node: parameter, &captures, isWanted) { return true }
            if wildcard >= 0, match(path, capturing: start..<end, node: wildcard, &captures, isWanted) { return true }
        }
        return matchRest(path, from: start, place, &captures, isWanted)
    }

    private func match(
        _ path: RawSpan, capturing segment: Range<Int>, node: Int32, _ captures: inout [Range<Int>],
        _ isWanted: (Int32) -> Bool
    ) -> Bool {
        captures.append(segment)
        if match(path, from: segment.upperBound + 1, node: node, &captures, isWanted) { return true }
        captures.removeLast()
        return false
    }

    private func matchRest(
        _ path: RawSpan, from start: Int, _ place: Int, _ captures: inout [Range<Int>], _ isWanted: (Int32) -> Bool
    ) -> Bool {
        for index in nodes[place].rests {
            let rest = rests[Int(index)]
            let count = captures.count
            if Self.match(path, from: start, before: rest.tail, &captures), isWanted(rest.route) { return true }
            captures.removeSubrange(count...)
        }
        return false
    }

    /// Whether what begins at `start` ends in the segments of `tail`; adds the captures of `**` and of theirs.
    private static func match(
        _ path: RawSpan, from start: Int, before tail: [PathPattern.Segment], _ captures: inout [Range<Int>]
    ) -> Bool {
        var end = path.byteCount
        let first = captures.count
        for segment in tail.reversed() {
            guard end >= start else { return false }
            var begin = end
            while begin > start, path[begin &- 1] != UInt8(ascii: "/") { begin &-= 1 }
            if case .literal(let text) = segment {
                guard path.extracting(begin..<end).equals(text) else { return false }
            } else {
                guard begin < end else { return false }
                captures.insert(begin..<end, at: first)
            }
            end = begin &- 1
        }
        captures.insert(start..<max(start, end), at: first)
        return true
    }

    private func literalChild(of node: Int32, _ segment: RawSpan) -> Int32? {
        guard mask > 0 else { return nil }
        let hash = Self.hash(node, segment)
        var index = Int(truncatingIfNeeded: hash) & mask
        while slots[index].node >= 0 {
            let slot = slots[index]
            if slot.hash == hash, slot.node == node {
                let start = Int(slot.textOffset)
                if text.span.bytes.extracting(start..<start &+ Int(slot.textLength)).equals(segment) {
                    return slot.child
                }
            }
            index = (index &+ 1) & mask
        }
        return nil
    }

    // MARK: Building

    private mutating func insert(_ pattern: PathPattern, _ route: Int32, _ drafts: inout [Draft]) {
        var node = 0
        for (index, segment) in pattern.segments.enumerated() {
            switch segment {
            case .rest:
                drafts[node].rests.append(Rest(route: route, tail: Array(pattern.segments[(index + 1)...])))
                return
            case .literal(let bytes):
                let next = drafts[node].literals[bytes] ?? addNode(&drafts)
                drafts[node].literals[bytes] = next
                node = Int(next)
            case .parameter:
                if nodes[node].parameter < 0 { nodes[node].parameter = addNode(&drafts) }
                node = Int(nodes[node].parameter)
            case .wildcard:
                if nodes[node].wildcard < 0 { nodes[node].wildcard = addNode(&drafts) }
                node = Int(nodes[node].wildcard)
            }
        }
        drafts[node].ends.append(route)
    }

    private mutating func addNode(_ drafts: inout [Draft]) -> Int32 {
        nodes.append(Node())
        drafts.append(Draft())
        return Int32(nodes.count - 1)
    }

    private mutating func freeze(_ literals: [[[UInt8]: Int32]]) {
        let count = literals.reduce(0) { $0 + $1.count }
        guard count > 0 else { return }
        var capacity = 8
        while capacity < count * 2 { capacity *= 2 }
        mask = capacity - 1
        slots = [Slot](repeating: Slot(), count: capacity)
        for (node, children) in literals.enumerated() {
            for (bytes, child) in children {
                let hash = Self.hash(Int32(node), bytes.span.bytes)
                var index = Int(truncatingIfNeeded: hash) & mask
                while slots[index].node >= 0 { index = (index + 1) & mask }
                slots[index] = Slot(
                    node: Int32(node), child: child, hash: hash, textOffset: UInt32(text.count),
                    textLength: UInt32(bytes.count))
                text += bytes
            }
        }
    }

    /// Multiply-and-mix over 8-byte words. The table holds only configured text, so no request can make it collide.
    private static func hash(_ node: Int32, _ segment: RawSpan) -> UInt64 {
        var hash = UInt64(truncatingIfNeeded: node) &* 0x9E37_79B9_7F4A_7C15
        var index = 0
        while index &+ 8 <= segment.byteCount {
            hash = (hash ^ segment.word(at: index)) &* 0xFF51_AFD7_ED55_8CCD
            hash ^= hash >> 32
            index &+= 8
        }
        while index < segment.byteCount {
            hash = (hash ^ UInt64(segment[index])) &* 0x0000_0100_0000_01B3
            index &+= 1
        }
        hash ^= hash >> 29
        hash = hash &* 0xC4CE_B9FE_1A85_EC53
        return hash ^ hash >> 32
    }
}
