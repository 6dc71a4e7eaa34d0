/// Builds Glushkov's automaton bottom-up: every character of the pattern is a position.
struct PatternAutomaton {
    /// A piece of the pattern: where it can begin and end.
    struct Fragment {
        var first: [Int] = []
        var last: [Int] = []
        var isNullable = true
    }

    private(set) var classes: [CharacterClass] = []
    private(set) var follow: [[Int]] = []
    private var edges = 0
    var root = Fragment()

    /// One character of `characters`.
    mutating func position(_ characters: CharacterClass) throws(PatternError) -> Fragment {
        guard classes.count < XSDPattern.maximumPositions else { throw .tooLarge }
        classes.append(characters)
        follow.append([])
        return Fragment(first: [classes.count - 1], last: [classes.count - 1], isNullable: false)
    }

    /// `left` and then `right`.
    mutating func sequence(_ left: Fragment, _ right: Fragment) throws(PatternError) -> Fragment {
        try connect(left.last, right.first)
        return Fragment(
            first: left.isNullable ? left.first + right.first : left.first,
            last: right.isNullable ? left.last + right.last : right.last,
            isNullable: left.isNullable && right.isNullable)
    }

    /// `left` or `right`.
    func choice(_ left: Fragment, _ right: Fragment) -> Fragment {
        Fragment(
            first: left.first + right.first, last: left.last + right.last,
            isNullable: left.isNullable || right.isNullable)
    }

    /// `piece` any number of times in a row, at least once.
    mutating func loop(_ piece: Fragment) throws(PatternError) -> Fragment {
        try connect(piece.last, piece.first)
        return piece
    }

    private mutating func connect(_ sources: [Int], _ targets: [Int]) throws(PatternError) {
        edges += sources.count * targets.count
        // `x{0,4096}` has half of this; nested counters would have far more.
        guard edges <= 10_000_000 else { throw .tooLarge }
        for source in sources { follow[source].append(contentsOf: targets) }
    }
}
