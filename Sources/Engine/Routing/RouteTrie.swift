internal import Buffers
internal import Canonical

/// The paths of one host as a trie over segments, frozen into flat arrays.
final class RouteTrie: Sendable {
    /// Without references, so that walking the trie counts none.
    struct Node: Sendable {
        var parameter: Int32 = -1
        var wildcard: Int32 = -1
        /// Places in `literals`.
        var literals: Range<Int32> = 0..<0
        /// Places in `ends` of the routes that end here, and in `rests` of those that have `**` below here; most specific
        /// first.
        var ends: Range<Int32> = 0..<0
        var rests: Range<Int32> = 0..<0
    }

    /// A literal segment below a node; those of one node stand together, in the order of their fingerprints.
    struct Literal: Sendable {
        var fingerprint: UInt64
        var child: Int32
        /// Where its text is in `words`, unless the fingerprint is all of it.
        var words: Int32
    }

    /// A route whose path goes on with `**`, and perhaps with segments behind that.
    struct Rest: Sendable {
        var route: Int32
        var tail: [PathPattern.Segment]
    }

    private let nodes: [Node]
    private let literals: [Literal]
    private let words: [UInt64]
    private let ends: [Int32]
    private let rests: [Rest]
    /// The routes whose paths end in a verb, by its place in `verbNames`.
    private let verbs: [RouteTrie]
    private let verbNames: NameTable

    /// - Parameter routes: Patterns with the index that a match gives back; more specific ones first among equals.
    init(_ routes: [(pattern: PathPattern, route: Int32)]) {
        var draft = RouteTrieDraft()
        for (pattern, route) in routes where pattern.verb == nil { draft.insert(pattern.segments[...], route) }
        (nodes, literals, words, ends, rests) = draft.frozen()
        let verbal = Dictionary(grouping: routes.filter { $0.pattern.verb != nil }) { $0.pattern.verb ?? "" }
        verbNames = NameTable(Array(verbal.keys))
        verbs = verbal.values.map { routes in
            RouteTrie(routes.map { (pattern: PathPattern(segments: $0.pattern.segments), route: $0.route) })
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
            verbs[verb].match(path.extracting(0..<colon), captures: &captures, isWanted: isWanted)
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
        _ path: RawSpan, from start: Int, node place: Int32, _ captures: inout [Range<Int>], _ isWanted: (Int32) -> Bool
    ) -> Bool {
        let node = nodes[Int(place)]
        if start > path.byteCount {
            for end in node.ends where isWanted(ends[Int(end)]) { return true }
            return matchRest(path, from: path.byteCount, node, &captures, isWanted)
        }
        let end = path.firstIndex(of: 0x2F, from: start) ?? path.byteCount
        let segment = path.extracting(start..<end)
        if let child = literalChild(of: node, segment), match(path, from: end + 1, node: child, &captures, isWanted) {
            return true
        }
        if end > start {
            captures.append(start..<end)
            if node.parameter >= 0, match(path, from: end + 1, node: node.parameter, &captures, isWanted) {
                return true
            }
            if node.wildcard >= 0, match(path, from: end + 1, node: node.wildcard, &captures, isWanted) { return true }
            captures.removeLast()
        }
        return matchRest(path, from: start, node, &captures, isWanted)
    }

    private func matchRest(
        _ path: RawSpan, from start: Int, _ node: Node, _ captures: inout [Range<Int>], _ isWanted: (Int32) -> Bool
    ) -> Bool {
        for index in node.rests {
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

    private func literalChild(of node: Node, _ segment: RawSpan) -> Int32? {
        guard !node.literals.isEmpty else { return nil }
        let wanted = Self.fingerprint(segment)
        var (low, high) = (Int(node.literals.lowerBound), Int(node.literals.upperBound))
        let end = high
        while low < high {
            let middle = (low &+ high) >> 1
            if literals[middle].fingerprint < wanted { low = middle &+ 1 } else { high = middle }
        }
        while low < end, literals[low].fingerprint == wanted {
            let literal = literals[low]
            if segment.byteCount < 8 || isText(at: Int(literal.words), segment) { return literal.child }
            low &+= 1
        }
        return nil
    }

    /// Whether a long literal is the segment.
    private func isText(at start: Int, _ segment: RawSpan) -> Bool {
        let length = segment.byteCount
        guard words[start] == length else { return false }
        var (place, index) = (start &+ 1, 0)
        while index &+ 8 < length {
            guard words[place] == segment.word(at: index) else { return false }
            place &+= 1
            index &+= 8
        }
        return words[place] == segment.word(at: length &- 8)
    }

    /// What a literal of eight bytes or more is compared with: its length, its words, and the last one, which may overlap
    /// the one before.
    static func words(of literal: RawSpan) -> [UInt64] {
        let last = literal.byteCount &- 8
        return [UInt64(literal.byteCount)] + stride(from: 0, to: last, by: 8).map { literal.word(at: $0) }
            + [literal.word(at: last)]
    }

    /// The text itself and its length where that fits into a word, else a hash with the top bit set. Only configured text
    /// is kept, so no request can make two of it collide.
    static func fingerprint(_ segment: RawSpan) -> UInt64 {
        let length = segment.byteCount
        if length < 8 { return segment.shortWord | UInt64(truncatingIfNeeded: length) << 56 }
        var hash = UInt64(truncatingIfNeeded: length)
        var index = 0
        while index &+ 8 < length {
            hash = (hash ^ segment.word(at: index)) &* 0x9E37_79B9_7F4A_7C15
            hash ^= hash >> 32
            index &+= 8
        }
        hash = (hash ^ segment.word(at: length &- 8)) &* 0x9E37_79B9_7F4A_7C15
        return hash ^ hash >> 32 | 1 << 63
    }
}
