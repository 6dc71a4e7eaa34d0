/// The streams of one session, by slot. Slots are used again, so that indices stay small.
struct StreamTable {
    private(set) var states: [StreamState] = []
    private var free: [Int] = []

    /// Streams that are not over, or not released.
    var count: Int { states.count &- free.count }

    /// Takes a slot for a new stream.
    mutating func take(_ number: Int32) -> HTTP2StreamID {
        let slot: Int
        if let last = free.popLast() {
            slot = last
        } else {
            slot = states.count
            states.append(StreamState())
        }
        states[slot].reset(number: number)
        return HTTP2StreamID(number: number, slot: slot)
    }

    subscript(slot: Int) -> StreamState {
        _read { yield states[slot] }
        _modify { yield &states[slot] }
    }

    func contains(_ stream: HTTP2StreamID) -> Bool {
        stream.slot >= 0 && stream.slot < states.count && states[stream.slot].number == stream.number
    }

    /// Whether the stream called `number` has this slot, and nghttp2 has not closed it.
    func isOpen(_ slot: Int, _ number: Int32) -> Bool {
        number > 0 && slot >= 0 && slot < states.count && states[slot].number == number
            && !states[slot].flags.contains(.closed)
    }

    func name(of slot: Int) -> HTTP2StreamID {
        HTTP2StreamID(number: states[slot].number, slot: slot)
    }

    /// Frees the slot once nghttp2 and the handler are both done with the stream.
    mutating func freeIfDone(_ slot: Int) {
        guard states[slot].number != 0, states[slot].flags.isSuperset(of: [.closed, .released]) else { return }
        states[slot].reset(number: 0)
        free.append(slot)
    }
}
