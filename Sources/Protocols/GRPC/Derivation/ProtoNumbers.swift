/// Gives out the field numbers of one message type: for what is new, the ones behind all that were ever given away.
struct ProtoNumbers {
    /// What holds what a type has no place for stands behind all that it may ever get a place for.
    static let firstEscape = 18_000
    private static let kept = 19_000...19_999

    private var taken: Set<Int>

    /// - Parameter taken: Those of the lock, also of what is gone.
    init(_ taken: some Sequence<Int>) {
        self.taken = Set(taken)
    }

    mutating func next(isEscape: Bool) -> Int {
        let first = isEscape ? Self.firstEscape : 1
        let last = taken.filter { isEscape ? $0 >= first : $0 < Self.firstEscape || $0 > Self.kept.upperBound }.max()
        var number = max((last ?? 0) + 1, first)
        if number >= Self.firstEscape, !isEscape, number <= Self.kept.upperBound { number = Self.kept.upperBound + 1 }
        if Self.kept.contains(number) { number = Self.kept.upperBound + 1 }
        while !taken.insert(number).inserted { number += 1 }
        return number
    }
}
