internal import CLinux
internal import Glibc

/// An epoll instance and the table of what it watches.
///
/// An event names a slot of the table and the slot's generation, so an event that was fetched before its pollable was
/// removed finds nothing, even when the slot or the descriptor number is in use again.
final class Poller {
    private struct Slot {
        var pollable: (any Pollable)?
        var generation: UInt32 = 0
    }

    private let epoll: Int32
    private let events: UnsafeMutablePointer<epoll_event>
    private let capacity: Int32
    private var slots: [Slot] = []
    private var free: [UInt32] = []

    /// The token of the loop's wake-up descriptor; no slot has it.
    static let wakeToken = UInt64.max

    init(capacity: Int, wakeDescriptor: Int32) throws(ReactorError) {
        epoll = epoll_create1(Int32(EPOLL_CLOEXEC))
        self.capacity = Int32(clamping: max(capacity, 1))
        events = .allocate(capacity: Int(self.capacity))
        guard epoll >= 0 else { throw .last(.epoll) }
        // Edge-triggered, the wake-up counter never has to be read back.
        let wake: Readiness = [.input, .edge]
        guard dragoman_epoll_add(epoll, wakeDescriptor, wake.rawValue, Poller.wakeToken) == 0 else {
            throw .last(.epoll)
        }
    }

    deinit {
        events.deallocate()
        if epoll >= 0 { close(epoll) }
    }

    /// Watches `pollable`, keeps it alive until `remove`, and returns the token to remove it by.
    func add(_ pollable: any Pollable, for readiness: Readiness) throws(ReactorError) -> UInt64 {
        let index: Int
        if let reused = free.popLast() {
            index = Int(reused)
        } else {
            index = slots.count
            slots.append(Slot())
        }
        slots[index].pollable = pollable
        let token = UInt64(slots[index].generation) << 32 | UInt64(index)
        guard dragoman_epoll_add(epoll, pollable.descriptor, readiness.rawValue, token) == 0 else {
            let error = ReactorError.last(.epoll)
            release(index)
            throw error
        }
        return token
    }

    /// Stops watching; also lets go of the pollable.
    func remove(_ token: UInt64) {
        let index = Int(truncatingIfNeeded: token & 0xFFFF_FFFF)
        guard index < slots.count, slots[index].generation == UInt32(truncatingIfNeeded: token >> 32),
            let pollable = slots[index].pollable
        else { return }
        _ = dragoman_epoll_remove(epoll, pollable.descriptor)
        release(index)
    }

    /// As `remove`, for a descriptor that the caller closes next: the kernel forgets it by itself.
    func forget(_ token: UInt64) {
        let index = Int(truncatingIfNeeded: token & 0xFFFF_FFFF)
        guard index < slots.count, slots[index].generation == UInt32(truncatingIfNeeded: token >> 32) else { return }
        release(index)
    }

    private func release(_ index: Int) {
        slots[index].pollable = nil
        slots[index].generation &+= 1
        free.append(UInt32(truncatingIfNeeded: index))
    }

    /// Waits up to `milliseconds` (below zero: without end) and returns how many events there are.
    func wait(_ milliseconds: Int32) -> Int {
        // An interrupted wait is an empty one; the caller's loop comes back by itself.
        max(0, Int(epoll_wait(epoll, events, capacity, milliseconds)))
    }

    enum Event {
        case wake, nothing
        case ready(any Pollable, Readiness)
    }

    /// The event at `index` of those that `wait` just counted.
    func event(at index: Int) -> Event {
        let event = events + index
        let token = dragoman_event_token(event)
        if token == Poller.wakeToken { return .wake }
        let slot = Int(truncatingIfNeeded: token & 0xFFFF_FFFF)
        guard slot < slots.count, slots[slot].generation == UInt32(truncatingIfNeeded: token >> 32),
            let pollable = slots[slot].pollable
        else { return .nothing }
        return .ready(pollable, Readiness(rawValue: event.pointee.events))
    }

    /// All that is watched, for closing it.
    var watched: [any Pollable] {
        slots.compactMap(\.pollable)
    }
}
