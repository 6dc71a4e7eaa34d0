internal import CLinux
internal import Glibc

/// A point of monotonic time, in nanoseconds since some start that means nothing outside this machine.
///
/// Clock jumps do not touch it; whatever must elapse is measured with it.
public struct Instant: Comparable, Hashable, Sendable {
    public let nanoseconds: Int64

    public init(nanoseconds: Int64) {
        self.nanoseconds = nanoseconds
    }

    /// Reads the monotonic clock. On a worker prefer `Reactor.now`, which is read once per turn.
    public static func current() -> Instant {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Instant(nanoseconds: Int64(time.tv_sec) &* 1_000_000_000 &+ Int64(time.tv_nsec))
    }

    /// Later than every other instant.
    public static let distantFuture = Instant(nanoseconds: .max)

    /// This much later, never past `distantFuture`. The cheap form for the hot path: turn the `Duration` of a setting
    /// into `nanoseconds` when it is loaded.
    public func advanced(byNanoseconds delta: Int64) -> Instant {
        let (sum, overflow) = nanoseconds.addingReportingOverflow(delta)
        return Instant(nanoseconds: overflow ? (delta < 0 ? .min : .max) : sum)
    }

    /// Nanoseconds from `earlier` to here.
    public func nanoseconds(since earlier: Instant) -> Int64 {
        nanoseconds.subtractingReportingOverflow(earlier.nanoseconds).partialValue
    }

    public static func + (instant: Instant, duration: Duration) -> Instant {
        instant.advanced(byNanoseconds: duration.nanoseconds)
    }

    public static func - (later: Instant, earlier: Instant) -> Duration {
        .nanoseconds(later.nanoseconds(since: earlier))
    }

    public static func < (left: Instant, right: Instant) -> Bool {
        left.nanoseconds < right.nanoseconds
    }
}

extension Duration {
    /// The duration in whole nanoseconds; what does not fit becomes the nearest that does.
    public var nanoseconds: Int64 {
        Int64(clamping: attoseconds / 1_000_000_000)
    }
}
