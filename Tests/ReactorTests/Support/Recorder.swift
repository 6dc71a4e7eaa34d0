import Buffers
import Reactor

/// Tells a test what its socket handler hears, and lets it act at once on the worker.
final class Recorder: SocketHandler {
    let socket: Socket
    private let events: AsyncStream<Event>.Continuation
    var onEvent: (Socket, Event) -> Void = { _, _ in }

    init(_ socket: Socket, _ log: EventLog, onEvent: @escaping (Socket, Event) -> Void = { _, _ in }) {
        self.socket = socket
        self.events = log.continuation
        self.onEvent = onEvent
        socket.handler = self
    }

    private func hear(_ event: Event) {
        events.yield(event)
        onEvent(socket, event)
    }

    func connected() { hear(.connected) }
    func received(_ bytes: Bytes) { hear(.received(bytes.array)) }
    func receivedEnd() { hear(.receivedEnd) }
    func drained() { hear(.drained) }
    func closed(_ error: ReactorError?) {
        hear(.closed(error))
        events.finish()
    }
}
