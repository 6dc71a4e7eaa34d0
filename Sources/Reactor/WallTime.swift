internal import CLinux
internal import Glibc

/// The time of day, for dates in messages, logs and tokens; never for what must elapse.
public struct WallTime: Comparable, Hashable, Sendable {
    /// Seconds since 1970-01-01 00:00 UTC.
    public let seconds: Int64
    /// 0 ..< 1 000 000 000.
    public let nanoseconds: Int32

    public init(seconds: Int64, nanoseconds: Int32 = 0) {
        self.seconds = seconds
        self.nanoseconds = nanoseconds
    }

    public static func current() -> WallTime {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return WallTime(seconds: Int64(time.tv_sec), nanoseconds: Int32(truncatingIfNeeded: time.tv_nsec))
    }

    public static func < (left: WallTime, right: WallTime) -> Bool {
        (left.seconds, left.nanoseconds) < (right.seconds, right.nanoseconds)
    }
}
