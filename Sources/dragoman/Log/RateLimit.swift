internal import Reactor

/// How often something may be said: a burst, then so many times a second.
struct RateLimit {
    private let burst: Int64
    /// Nanoseconds until there is room for one more.
    private let interval: Int64
    /// When everything said so far will have been paid for.
    private var paid = Instant(nanoseconds: .min)
    private var suppressed = 0

    init(burst: Int, perSecond: Int) {
        self.burst = Int64(burst)
        interval = 1_000_000_000 / Int64(perSecond)
    }

    /// How many were suppressed since the last that was admitted; nil when this one is suppressed too.
    mutating func admit(at now: Instant) -> Int? {
        let start = max(paid, now)
        guard start.nanoseconds(since: now) <= (burst - 1) * interval else {
            suppressed += 1
            return nil
        }
        paid = start.advanced(byNanoseconds: interval)
        defer { suppressed = 0 }
        return suppressed
    }
}
