internal import HTTP
internal import Reactor

/// The stream of a call that waits for a document of the gateway's own.
final class AwaitedAnswer: UpstreamStream {
    /// nil once it is answered, or nobody waits for that any more.
    private var call: Call?

    let isWritable = true

    init(_ answer: LocalAnswer, for call: Call, on reactor: Reactor) {
        self.call = call
        reactor.start({ _ in await answer.bytes }) { [self] bytes in
            self.call?.send(bytes, as: answer.contentType)
        }
    }

    func send(_ part: consuming HTTPRequestPart) {}
    func cancel() { call = nil }
    func pauseReading() {}
    func resumeReading() {}
}
