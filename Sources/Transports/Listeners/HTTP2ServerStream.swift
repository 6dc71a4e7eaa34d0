internal import Buffers
internal import Canonical
internal import Engine
internal import HTTP
internal import HTTP2
internal import Reactor

/// One request of an HTTP/2 connection and its response.
final class HTTP2ServerStream {
    // Strong, for an unowned reference costs more at every step; the connection lets go of a stream that is over.
    private let connection: HTTP2ServerConnection
    private let session: HTTP2Session
    let id: HTTP2StreamID
    private var call: Call?
    /// Data that was handed on and that the client may not replace yet, since the call is paused.
    private var unread = 0
    private var isPaused = false
    private var isRequestWhole = false
    private var isTunnel = false
    private var isOver = false
    /// It ends with a reset behind what was sent.
    private var isBroken = false
    /// Bytes of the body in this period of its rate.
    private var bodyBytes = 0
    private var bodyDeadline = Instant.distantFuture
    private var heldBackSince: Instant?

    init(_ connection: HTTP2ServerConnection, _ id: HTTP2StreamID) {
        self.connection = connection
        session = connection.session
        self.id = id
    }

    // MARK: Request

    func begin(_ head: inout HTTPRequestHead) {
        let listener = connection.listener
        let call = listener.gateway.takeCall()
        self.call = call
        swap(&call.request, &head)
        let hasBody = call.request.body != .none
        let waitsForContinue = call.request.expectsContinue
        isTunnel = call.request.wantsTunnel
        let refusal = connection.refusal(of: call.request.authority) ?? wantTunnel(&call.request)
        call.start(on: self, from: connection.client, refusal: refusal)
        if hasBody, !call.isOver {
            if !call.isStreaming { bodyDeadline = connection.reactor.now + listener.settings.bodyTimeout }
            if waitsForContinue { send(.interim(HTTPResponseHead(status: 100))) }
        }
    }

    /// Checks a request for a tunnel (RFC 8441 §4), whose method is that of an upgrade from here on.
    ///
    /// - Returns: Why it is no good.
    private func wantTunnel(_ head: inout HTTPRequestHead) -> Failure? {
        guard head.wantsTunnel else { return nil }
        guard head.connectProtocol == Array("websocket".utf8),
            connection.listener.settings.protocols.contains(.webSocket)
        else { return .unknownTunnel }
        let refusal = WebSocketUpgrade.refusal(of: head)
        head.method = .get
        head.headers.remove(.secWebSocketKey)
        return refusal
    }

    func receive(_ data: Bytes) {
        bodyBytes += data.count
        if let call, !call.isOver { call.receive(.body(data)) }
        if isPaused { unread += data.count } else { session.consume(data.count, of: id) }
    }

    func receiveEnd(_ trailers: Headers?) {
        isRequestWhole = true
        bodyDeadline = .distantFuture
        if let call, !call.isOver { call.receive(.end(trailers: trailers)) }
    }

    func drained() {
        call?.clientDrained()
    }

    // MARK: Time

    /// Looks, once in every period of the body's rate, whether the client does its part.
    func check(at now: Instant) {
        let settings = connection.listener.settings
        if let call, !isRequestWhole, !call.isOver, !isPaused, !isTunnel {
            if bodyBytes < settings.minimumBodyBytesPerPeriod || now >= bodyDeadline { return call.fail(.slowRequest) }
        }
        bodyBytes = 0
        guard session.isHeldBack(id) else { return heldBackSince = nil }
        let since = heldBackSince ?? now
        heldBackSince = since
        if since + settings.writeStallTimeout <= now { abort() }
    }

    // MARK: The end

    /// Nothing more comes and nothing more can be sent: the client or the connection has gone, or all is said.
    func lost() {
        guard !isOver else { return }
        isOver = true
        if let call, !call.isOver { call.cancel() }
        connection.finish(self)
    }

    /// Stops a request that is answered already, once the answer has left; false when it has not.
    func stop() -> Bool {
        if isOver || isRequestWhole { return true }
        guard session.queuedBytes(id) == 0 else { return false }
        session.reset(id, .noError)
        lost()
        return true
    }

    /// Gives the call and the stream's slot back. Not from within the call, which may be at work when the stream ends.
    func release() {
        session.release(id)
        guard let call else { return }
        self.call = nil
        connection.listener.gateway.recycle(call)
    }
}

extension HTTP2ServerStream: ClientStream {
    var isWritable: Bool { session.isWritable(id) && connection.socket.isWritable }

    func send(_ part: consuming HTTPResponsePart) {
        do throws(HTTP2Error) {
            switch consume part {
            case .interim(let head): session.respondInterim(head, on: id)
            case .head(var head):
                if head.status == 101 {
                    guard isTunnel else { return abort() }
                    head.status = 200
                    head.body = .unknown
                }
                if !head.headers.contains(.date) {
                    let date = connection.listener.date
                    head.headers.append(.date, date.span.bytes)
                }
                try session.respond(head, on: id)
                connection.listener.heads.give(&head.headers)
            case .body(let bytes): try session.write(bytes, to: id)
            case .end(let trailers):
                try session.end(trailers, on: id)
                if !isRequestWhole { connection.answeredEarly(self) }
            }
        } catch {
            return abort()
        }
        connection.scheduleFlush()
    }

    /// What was sent still leaves; a client that does not read has the stream reset all the same.
    func abort() {
        guard !isOver else { return }
        defer { connection.scheduleFlush() }
        if !isBroken, session.breakOff(id) {
            isBroken = true
        } else {
            session.reset(id, .internalError)
            lost()
        }
    }

    func pauseReading() { isPaused = true }

    func resumeReading() {
        isPaused = false
        session.consume(unread, of: id)
        unread = 0
        connection.scheduleFlush()
    }
}
