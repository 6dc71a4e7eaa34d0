import Reactor

/// The events of one socket, in their order, for a test to await.
final class EventLog: Sendable {
    let events: AsyncStream<Event>
    let continuation: AsyncStream<Event>.Continuation

    init() {
        (events, continuation) = AsyncStream.makeStream()
    }

    /// All events to the last, neighbouring `received` joined.
    func all() async -> [Event] {
        var all: [Event] = []
        for await event in events {
            if case .received(let more) = event, case .received(let bytes)? = all.last {
                all[all.count - 1] = .received(bytes + more)
            } else {
                all.append(event)
            }
        }
        return all
    }

    /// Returns once `event` has come; false when the socket closed before.
    @discardableResult
    func wait(for event: Event) async -> Bool {
        for await next in events where next == event { return true }
        return false
    }
}
