/// Something to be done at a certain time, again and again if wanted.
///
/// Its owner keeps it (a dropped timer never fires) and schedules it anew as often as it likes: moving the deadline
/// later, or cancelling, is one store; the wheel finds out when the old place comes up.
public final class Timer {
    private let wheel: TimerWheel
    private(set) var action: () -> Void
    /// Nanoseconds; `.max` for never.
    @exclusivity(unchecked) var deadline: Int64 = .max
    /// When the slot that the timer is linked into comes up, in nanoseconds; `.max` when it is not linked.
    @exclusivity(unchecked) var placed: Int64 = .max
    /// Index of that slot in the wheel.
    var slot = 0
    unowned var next: Timer?
    unowned var previous: Timer?

    /// - Parameter action: Called by the loop when the deadline has passed. The timer keeps it: capture its owner
    ///   `unowned` or `weak`.
    public init(_ wheel: TimerWheel, _ action: @escaping () -> Void = {}) {
        self.wheel = wheel
        self.action = action
    }

    /// Sets what the timer does: for an owner that makes its timer before it can refer to itself.
    public func whenDue(_ action: @escaping () -> Void) {
        self.action = action
    }

    deinit {
        if placed != .max { wheel.unlink(self) }
    }

    public var isScheduled: Bool { deadline != .max }

    /// Fires once at `instant`, at most a millisecond and the length of a turn later, and not at any earlier deadline.
    public func schedule(at instant: Instant) {
        deadline = instant.nanoseconds
        if deadline < placed { wheel.place(self) }
    }

    /// Fires no more until it is scheduled again.
    public func cancel() {
        deadline = .max
    }
}
