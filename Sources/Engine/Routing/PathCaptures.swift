/// What the parameters of a route's path stand for in one request: ranges of the normalised path, in the order of the
/// pattern; the last one is the rest behind `**` if the pattern ends so.
public struct PathCaptures: Sendable {
    public internal(set) var ranges: [Range<Int>] = []

    public init() {}

    mutating func removeAll() {
        ranges.removeAll(keepingCapacity: true)
    }
}
