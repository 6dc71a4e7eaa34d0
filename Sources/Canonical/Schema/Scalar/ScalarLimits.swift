/// The facets that count something; without one the limit is beyond reach.
struct ScalarLimits: Sendable {
    /// Characters of text, bytes, or items of a list: at least, at most.
    let least: Int
    let most: Int
    let totalDigits: Int
    let fractionDigits: Int

    init(_ facets: Facets) {
        least = max(facets.length ?? 0, facets.minimumLength ?? 0)
        most = min(facets.length ?? Int.max, facets.maximumLength ?? Int.max)
        totalDigits = facets.totalDigits ?? Int.max
        fractionDigits = facets.fractionDigits ?? Int.max
    }

    /// Nothing is limited.
    var areOpen: Bool { least == 0 && min(most, totalDigits, fractionDigits) == Int.max }
}
