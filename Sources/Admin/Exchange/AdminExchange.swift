internal import Buffers
internal import Canonical
internal import Engine
internal import HTTP
internal import Reactor

/// One request to the admin API: gathers it, has a task of the worker answer it, and hands the answer on.
final class AdminExchange: UpstreamStream {
    private let operation: AdminOperation
    private let context: CallContext
    private let reactor: Reactor
    /// nil once it is answered, or nobody waits for that any more.
    private var receiver: (any UpstreamReceiver)?
    private var head = HTTPRequestHead()
    private var body: BodyCollector

    let isWritable = true

    init(of operation: AdminOperation, for receiver: any UpstreamReceiver, _ context: CallContext, _ reactor: Reactor) {
        self.operation = operation
        self.receiver = receiver
        self.context = context
        self.reactor = reactor
        body = BodyCollector(limit: operation.bodyBytes, origin: .client)
    }

    func send(_ part: consuming HTTPRequestPart) {
        do throws(Failure) {
            switch consume part {
            case .head(let head):
                if case .known(let length) = head.body { try body.check(length) }
                self.head = head
            case .body(let bytes): try body.append(bytes)
            case .end: if receiver != nil { begin(try AdminRequest(head, context, body.finish(), for: operation)) }
            }
        } catch {
            fail(error)
        }
    }

    private func begin(_ request: AdminRequest) {
        let operation = self.operation
        reactor.start({ worker in await operation.answer(request, on: worker) }) { [self] result in
            switch result {
            case .success(let answer): deliver(answer)
            case .failure(let failure): fail(failure)
            }
        }
    }

    private func deliver(_ answer: AdminAnswer) {
        receiver?.deliver(.head(answer.head))
        if !answer.body.isEmpty, head.method != .head { receiver?.deliver(.body(answer.body)) }
        let receiver = self.receiver
        self.receiver = nil
        receiver?.deliver(.end(trailers: nil))
    }

    private func fail(_ failure: Failure) {
        let receiver = self.receiver
        self.receiver = nil
        receiver?.attemptFailed(failure)
    }

    func cancel() { receiver = nil }
    func pauseReading() {}
    func resumeReading() {}
}
