internal import Buffers
internal import Canonical
internal import Engine

/// The stream of a call that waits for a connection: until it is known what its endpoint speaks, or until there is room.
/// Then it hands on to the real one.
final class AwaitedStream {
    private var receiver: (any UpstreamReceiver)?
    private var stream: (any UpstreamStream)?
    private var waiting: [HTTPRequestPart] = []
    private var waitingBytes = 0
    private var isPaused = false

    /// So much of a body waits here before the client is held back.
    private static let room = 64 * 1024

    init(receiver: any UpstreamReceiver) {
        self.receiver = receiver
    }

    /// The call has given up.
    var isCancelled: Bool { receiver == nil }

    /// Opens the real stream and gives it what has waited.
    func proceed(_ open: (any UpstreamReceiver) throws(Failure) -> any UpstreamStream) {
        guard let receiver else { return }
        do throws(Failure) {
            let stream = try open(receiver)
            self.stream = stream
            let parts = waiting
            waiting = []
            for part in parts { stream.send(part) }
            if isPaused { stream.pauseReading() }
            if waitingBytes >= Self.room, stream.isWritable { receiver.upstreamDrained() }
            waitingBytes = 0
        } catch {
            fail(error)
        }
    }

    func fail(_ failure: Failure) {
        let receiver = self.receiver
        self.receiver = nil
        waiting = []
        receiver?.attemptFailed(failure)
    }
}

extension AwaitedStream: UpstreamStream {
    var isWritable: Bool { stream?.isWritable ?? (waitingBytes < Self.room) }

    func send(_ part: consuming HTTPRequestPart) {
        if let stream { return stream.send(part) }
        guard receiver != nil else { return }
        if case .body(let bytes) = part { waitingBytes += bytes.count }
        waiting.append(part)
    }

    func cancel() {
        receiver = nil
        waiting = []
        stream?.cancel()
    }

    func pauseReading() {
        isPaused = true
        stream?.pauseReading()
    }

    func resumeReading() {
        isPaused = false
        stream?.resumeReading()
    }
}
