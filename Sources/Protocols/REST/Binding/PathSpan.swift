internal import Buffers

/// Segments of a path that follow each other, counted from both ends, so that one of them may be `**`.
public struct PathSpan: Sendable, Hashable {
    /// How many segments stand before them.
    var before: Int
    /// How many stand behind them.
    var behind: Int
    /// How many bytes of a verb end the path.
    var verbLength: Int

    /// Where they are in `path`, which matched the pattern.
    func range(in path: RawSpan) -> Range<Int> {
        var end = max(0, path.byteCount - verbLength)
        var start = min(1, end)
        for _ in 0..<before {
            guard let slash = path.firstIndex(of: 0x2F, from: start), slash < end else { return end..<end }
            start = slash + 1
        }
        for _ in 0..<behind {
            repeat { end -= 1 } while end > start && path[end] != 0x2F
        }
        return start..<max(start, end)
    }
}
