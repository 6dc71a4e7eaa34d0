internal import Buffers
internal import Canonical
internal import Engine
internal import HTTP
internal import HTTP2

/// One exchange on an HTTP/2 connection to an upstream.
final class HTTP2UpstreamStream {
    private let connection: HTTP2UpstreamConnection
    private var receiver: (any UpstreamReceiver)?
    /// On the wire; nil before the head was sent.
    private(set) var id: HTTP2StreamID?
    /// Data that was handed on and that the service may not replace yet, since the call is paused.
    private var unread = 0
    private var isPaused = false
    private var isRequestWhole = false
    private var isTunnel = false
    private var hasResponseBegun = false

    init(_ connection: HTTP2UpstreamConnection, _ receiver: any UpstreamReceiver) {
        self.connection = connection
        self.receiver = receiver
    }

    private var session: HTTP2Session { connection.session }

    // MARK: Response

    func receiveInterim(_ head: inout HTTPResponseHead) {
        receiver?.deliver(.interim(take(&head)))
    }

    func receive(_ head: inout HTTPResponseHead) {
        hasResponseBegun = true
        // As an upgrade would be answered.
        if isTunnel, (200..<300).contains(head.status) { head.status = 101 }
        receiver?.deliver(.head(take(&head)))
    }

    private func take(_ head: inout HTTPResponseHead) -> HTTPResponseHead {
        var taken = HTTPResponseHead()
        swap(&taken, &head)
        return taken
    }

    func receive(_ data: Bytes) {
        receiver?.deliver(.body(data))
        guard let id else { return }
        if isPaused { unread += data.count } else { session.consume(data.count, of: id) }
    }

    func receiveEnd(_ trailers: Headers?) {
        guard let receiver = finish() else { return }
        // The rest of a request that is answered already is of no use to anybody.
        if !isRequestWhole, let id { session.reset(id, .cancel) }
        receiver.deliver(.end(trailers: trailers))
    }

    func drained() {
        receiver?.upstreamDrained()
    }

    /// The stream is over before its response was whole.
    func closed(_ end: HTTP2StreamEnd) {
        let name = connection.name
        let retry: RetryAdvice = hasResponseBegun ? .no : .ifIdempotent
        switch end {
        case .finished: fail(.broken(name, "the stream ended early", retry: retry))
        case .reset(let code): fail(.broken(name, "the stream was reset (\(code))", retry: retry))
        case .refused: fail(.broken(name, "the stream was refused", retry: .always))
        case .violated(let error): fail(Failure(malformedResponse: error, from: name))
        case .lost: fail(.broken(name, "the connection was lost", retry: retry))
        }
    }

    func fail(_ failure: Failure) {
        let failure = hasResponseBegun && failure.retry != .no ? Failure.truncated(connection.name) : failure
        finish()?.attemptFailed(failure)
    }

    /// Leaves the connection's books, once; returns who waited.
    @discardableResult
    private func finish() -> (any UpstreamReceiver)? {
        guard let receiver else { return nil }
        self.receiver = nil
        connection.finish(self)
        return receiver
    }
}

extension HTTP2UpstreamStream: UpstreamStream {
    var isWritable: Bool {
        guard let id else { return receiver != nil }
        return session.isWritable(id) && connection.isSocketWritable
    }

    func send(_ part: consuming HTTPRequestPart) {
        guard receiver != nil else { return }
        do throws(HTTP2Error) {
            switch consume part {
            case .head(var head):
                if head.wantsTunnel {
                    guard session.allowsExtendedConnect else { return fail(.noTunnel(through: connection.name)) }
                    isTunnel = true
                    head.method = .connect
                }
                id = try connection.begin(self, head)
            case .body(let bytes): if let id { try session.write(bytes, to: id) }
            case .end(let trailers):
                isRequestWhole = true
                if let id { try session.end(trailers, on: id) }
            }
        } catch .noStream {
            // The service has let us have fewer streams meanwhile.
            return fail(.broken(connection.name, "there is no stream left", retry: .always))
        } catch {
            if let id { session.reset(id, .internalError) }
            return fail(Failure(unwritableRequest: error))
        }
        connection.scheduleFlush()
    }

    func cancel() {
        guard finish() != nil, let id else { return }
        session.reset(id, .cancel)
        connection.scheduleFlush()
    }

    func pauseReading() { isPaused = true }

    func resumeReading() {
        isPaused = false
        guard let id, unread > 0 else { return }
        session.consume(unread, of: id)
        unread = 0
        connection.scheduleFlush()
    }
}
