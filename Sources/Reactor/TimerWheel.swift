/// Timers by the millisecond in six levels of 64 slots, each slot of a level as long as all of the level below.
///
/// Scheduling and cancelling cost the same whatever else is scheduled, and allocate nothing. It has no clock: time
/// moves by `advance`.
///
/// Invariant: a linked timer is in the slot whose time has the digits of its tick down to the highest one (in base 64)
/// that differs from `elapsed`. So the lowest level with any timers holds the next one to come up.
public final class TimerWheel {
    private struct Slot {
        unowned var first: Timer?
    }

    private static let levels = 6
    /// Ticks that can be told apart; later deadlines wait in the last slot and are placed again from there.
    private static let horizon: UInt64 = 63 << 30
    private static let tick: Int64 = 1_000_000

    private let origin: Int64
    private var slots = [Slot](repeating: Slot(), count: levels * 64)
    /// One bit for each slot that has timers.
    private var occupied = [UInt64](repeating: 0, count: levels)
    /// Ticks since `origin` that are done.
    private var elapsed: UInt64 = 0
    /// The end of the `advance` under way: what is scheduled meanwhile comes after it.
    private var target: UInt64 = 0

    /// A wheel whose time begins at `start`.
    public init(start: Instant) {
        origin = start.nanoseconds
    }

    /// Fires all timers whose deadline is not after `now`.
    public func advance(to now: Instant) {
        let now = ticks(now.nanoseconds)
        guard now > elapsed else { return }
        target = now
        while let (slot, tick) = next(), tick <= target {
            elapsed = tick
            expire(slot)
        }
        elapsed = target
    }

    /// When `advance` next has something to do: never after the earliest deadline, and up to five times before it.
    public var nextDeadline: Instant? {
        next().map { Instant(nanoseconds: nanoseconds($0.tick)) }
    }

    // MARK: Placing

    func place(_ timer: Timer) {
        if timer.placed != .max { unlink(timer) }
        let earliest = target &+ 1
        let tick = min(max(ticks(roundingUp: timer.deadline), earliest), elapsed &+ TimerWheel.horizon)
        let level = min((63 &- ((tick ^ elapsed) | 1).leadingZeroBitCount) / 6, TimerWheel.levels - 1)
        let shift = UInt64(6 * level)
        let digit = Int(tick >> shift & 63)
        let slot = level << 6 | digit
        timer.slot = slot
        timer.placed = nanoseconds((tick >> shift) << shift)
        timer.previous = nil
        timer.next = slots[slot].first
        slots[slot].first?.previous = timer
        slots[slot].first = timer
        occupied[level] |= 1 << UInt64(digit)
    }

    func unlink(_ timer: Timer) {
        timer.placed = .max
        timer.next?.previous = timer.previous
        if let previous = timer.previous {
            previous.next = timer.next
        } else {
            slots[timer.slot].first = timer.next
            if timer.next == nil { occupied[timer.slot >> 6] &= ~(1 << UInt64(timer.slot & 63)) }
        }
    }

    // MARK: Expiry

    /// The slot that comes up first, and when.
    private func next() -> (slot: Int, tick: UInt64)? {
        for level in 0..<TimerWheel.levels where occupied[level] != 0 {
            let shift = UInt64(6 * level)
            let position = elapsed >> shift
            let turn = position & 63
            let rotated = occupied[level] >> turn | occupied[level] << ((64 &- turn) & 63)
            let tick = position &+ UInt64(rotated.trailingZeroBitCount)
            return (level << 6 | Int(tick & 63), tick << shift)
        }
        return nil
    }

    /// Fires what is due in `slot` and places the rest anew; none of it comes back to this slot.
    private func expire(_ slot: Int) {
        let now = nanoseconds(elapsed)
        while let timer = slots[slot].first {
            unlink(timer)
            if timer.deadline <= now {
                timer.deadline = .max
                timer.action()
            } else if timer.deadline != .max {
                placeAgain(timer)
            }
        }
    }

    /// As `place`, but within the `advance` under way.
    private func placeAgain(_ timer: Timer) {
        let end = target
        target = elapsed
        place(timer)
        target = end
    }

    private func ticks(_ nanoseconds: Int64) -> UInt64 {
        let (difference, overflow) = nanoseconds.subtractingReportingOverflow(origin)
        if overflow { return nanoseconds < 0 ? 0 : UInt64(Int64.max / TimerWheel.tick) }
        return UInt64(max(0, difference) / TimerWheel.tick)
    }

    private func ticks(roundingUp nanoseconds: Int64) -> UInt64 {
        let (sum, overflow) = nanoseconds.addingReportingOverflow(TimerWheel.tick - 1)
        return ticks(overflow ? .max : sum)
    }

    private func nanoseconds(_ tick: UInt64) -> Int64 {
        let (product, overflow) = Int64(clamping: tick).multipliedReportingOverflow(by: TimerWheel.tick)
        if overflow { return .max }
        let (sum, carried) = product.addingReportingOverflow(origin)
        return carried ? .max : sum
    }
}
