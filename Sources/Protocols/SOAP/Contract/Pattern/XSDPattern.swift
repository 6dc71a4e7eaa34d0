internal import Buffers
internal import Canonical

/// A compiled regular expression of XSD 1.0 part 2 appendix F.
///
/// It is Glushkov's automaton, run with one bit per position: no backtracking, so the time of a match is bounded by the
/// length of the text times the square of the number of positions over 64, and a budget of steps bounds even that.
struct XSDPattern: PatternMatcher {
    /// The most positions a pattern may have once its counters are written out.
    static let maximumPositions = 4096
    /// Words of automaton state that one match may touch; past it the text does not match.
    static let maximumSteps = 50_000_000

    private let classes: [CharacterClass]
    /// Words per set of positions.
    private let words: Int
    /// Where a match can begin.
    private let first: [UInt64]
    /// Where a match can end.
    private let last: [UInt64]
    /// For each position the ones that can follow it.
    private let follow: [UInt64]
    /// For each ASCII character the positions that take it.
    private let takers: [UInt64]
    private let matchesEmpty: Bool

    init(_ automaton: PatternAutomaton) {
        let words = max(1, (automaton.classes.count + 63) / 64)
        func bits(_ positions: [Int]) -> [UInt64] {
            var set = [UInt64](repeating: 0, count: words)
            for position in positions { set[position / 64] |= 1 << UInt64(position % 64) }
            return set
        }
        self.words = words
        classes = automaton.classes
        first = bits(automaton.root.first)
        last = bits(automaton.root.last)
        matchesEmpty = automaton.root.isNullable
        follow = automaton.follow.flatMap { bits($0) }
        var takers = [UInt64](repeating: 0, count: 128 * words)
        for (position, characters) in automaton.classes.enumerated() {
            for scalar in 0..<128 where characters.contains(UInt32(scalar)) {
                takers[scalar * words + position / 64] |= 1 << UInt64(position % 64)
            }
        }
        self.takers = takers
    }

    func matches(_ text: RawSpan) -> Bool {
        text.withUnsafeBytes { bytes in
            words == 1 ? matchesSmall(bytes) : matchesLarge(bytes)
        }
    }

    /// Up to 64 positions: the state is one word.
    private func matchesSmall(_ text: UnsafeRawBufferPointer) -> Bool {
        if text.isEmpty { return matchesEmpty }
        var candidates = first[0]
        var active: UInt64 = 0
        var decoder = UTF8Scalars(text)
        while let scalar = decoder.next() {
            active = candidates & takers(of: scalar, word: 0)
            if active == 0 { return false }
            candidates = 0
            var rest = active
            while rest != 0 {
                candidates |= follow[rest.trailingZeroBitCount]
                rest &= rest &- 1
            }
        }
        return !decoder.isBroken && active & last[0] != 0
    }

    private func matchesLarge(_ text: UnsafeRawBufferPointer) -> Bool {
        if text.isEmpty { return matchesEmpty }
        var candidates = first
        var active = [UInt64](repeating: 0, count: words)
        var steps = 0
        var decoder = UTF8Scalars(text)
        while let scalar = decoder.next() {
            var any: UInt64 = 0
            for word in 0..<words {
                // Most words have no candidate, and asking the classes is the dear part.
                active[word] = candidates[word] == 0 ? 0 : candidates[word] & takers(of: scalar, word: word)
                any |= active[word]
                candidates[word] = 0
            }
            if any == 0 { return false }
            steps += words
            for word in 0..<words {
                var rest = active[word]
                while rest != 0 {
                    let row = (word * 64 + rest.trailingZeroBitCount) * words
                    for column in 0..<words { candidates[column] |= follow[row + column] }
                    steps += words
                    rest &= rest &- 1
                }
            }
            if steps > Self.maximumSteps { return false }
        }
        return !decoder.isBroken && (0..<words).contains { active[$0] & last[$0] != 0 }
    }

    private func takers(of scalar: UInt32, word: Int) -> UInt64 {
        if scalar < 128 { return takers[Int(scalar) * words + word] }
        var set: UInt64 = 0
        for position in word * 64..<min(word * 64 + 64, classes.count) where classes[position].contains(scalar) {
            set |= 1 << UInt64(position % 64)
        }
        return set
    }
}

/// The scalars of UTF-8 text; stops at ill-formed bytes.
private struct UTF8Scalars {
    private var decoder = UTF8()
    private var bytes: UnsafeRawBufferPointer.Iterator
    private(set) var isBroken = false

    init(_ bytes: UnsafeRawBufferPointer) {
        self.bytes = bytes.makeIterator()
    }

    mutating func next() -> UInt32? {
        switch decoder.decode(&bytes) {
        case .scalarValue(let scalar): return scalar.value
        case .emptyInput: return nil
        case .error:
            isBroken = true
            return nil
        }
    }
}
