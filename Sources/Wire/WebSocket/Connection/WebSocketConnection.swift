public import Buffers
internal import HTTP

/// One WebSocket connection after its opening handshake (RFC 6455, RFC 7692), either end of it, over any transport that
/// carries bytes both ways: HTTP/1.1 after 101, an HTTP/2 stream.
///
/// It is given what was received and gives messages and what is to be written; pings and Close frames it answers by
/// itself. It does no I/O and knows no clock: times are nanoseconds of any monotonic one. Idle, it holds no buffer.
///
///     open → closing (we sent Close) → closed (the peer answered)
///     open → closed (the peer sent Close and was answered; or it was too slow, or the transport ended)
///     open → closed (it broke a rule, and `fail` has said so)
///
/// Once `isClosed`, the transport is to be ended as soon as what was written is out. A client may wait for the server to do
/// so (§7.1.1), though not for long.
public struct WebSocketConnection: ~Copyable {
    private enum Phase {
        case open
        /// Our Close frame was sent; the peer's is due by the deadline.
        case closing(deadline: Int64)
        case closed
    }

    private let settings: WebSocketSettings
    private var phase = Phase.open
    /// Why the connection has failed.
    private var failure: WebSocketError?
    private var reader: MessageReader
    private var writer: MessageWriter
    private var keepAlive: KeepAlive
    private var controls: Budget
    private var isWritingPaused = false
    /// We have said goodbye, and hear the peer out.
    private var isListening = false
    /// The last ping that came while writing was paused: one pong will answer them all (§5.5.3).
    private var unanswered: Bytes?

    /// - Parameters:
    ///   - deflate: What the handshake agreed; nil when nothing is compressed.
    ///   - pool: The worker's.
    public init(
        _ role: WebSocketRole, deflate: WebSocketDeflate? = nil, settings: WebSocketSettings = WebSocketSettings(),
        pool: WebSocketPool, at now: Int64
    ) {
        self.settings = settings
        reader = MessageReader(role, settings: settings, deflate: deflate?.incoming(role), pool: pool)
        writer = MessageWriter(role, settings: settings, deflate: deflate?.outgoing(role), pool: pool)
        keepAlive = KeepAlive(interval: settings.pingNanoseconds, at: now)
        controls = Budget(settings.controlBurst, perSecond: settings.controlsPerSecond)
    }

    /// Whether messages can be sent: no Close frame has passed either way.
    public var isOpen: Bool { if case .open = phase { true } else { false } }

    /// Whether all is said, and the transport is to be ended.
    public var isClosed: Bool { if case .closed = phase { true } else { false } }

    // MARK: Receiving

    /// Reads on; call it until it returns nil.
    ///
    /// - Parameters:
    ///   - input: What was received and not read yet; consumed as far as the event goes, and wholly once closed.
    ///   - out: Answers to pings and Close frames are appended; write them whatever comes of the call.
    /// - Returns: The next event, or nil when all input is consumed and more is needed.
    /// - Throws: What the peer did wrong, again at every later call: nothing is read any more. Call `fail` to say so, at once
    ///   or when what came before is answered.
    public mutating func next(
        _ input: inout Bytes, into out: inout ByteWriter, at now: Int64
    ) throws(WebSocketError) -> WebSocketEvent? {
        if let failure { throw failure }
        if !input.isEmpty { keepAlive.heard(at: now) }
        do throws(WebSocketError) {
            while !isClosed, let event = try reader.next(&input) {
                switch event {
                // Whoever has said goodbye hears no more.
                case .message: if isOpen || isListening { return event }
                case .ping(let payload):
                    guard controls.spend(at: now) else { throw .controlFlood }
                    answer(payload, into: &out)
                    return event
                case .pong:
                    guard controls.spend(at: now) else { throw .controlFlood }
                    return event
                case .close(let close):
                    answer(close, into: &out)
                    return event
                }
            }
        } catch {
            failure = error
            throw error
        }
        if isClosed { input.removeFirst(input.count) }
        return nil
    }

    /// The transport has ended, or the peer's half of it.
    /// - Returns: `abnormal` when that was too early, nil when all was said before.
    public mutating func receivedEnd() -> WebSocketClose? {
        guard !isClosed else { return nil }
        phase = .closed
        return .abnormal
    }

    // MARK: Sending

    /// Writes a message; nothing once a Close frame has passed either way (`isOpen`).
    ///
    /// - Returns: The payload, when it is to be written behind `out` without a copy.
    public mutating func send(_ message: WebSocketMessage, into out: inout ByteWriter) -> Bytes? {
        guard isOpen else { return nil }
        return writer.write(message, into: &out)
    }

    /// Writes a ping with up to 125 bytes of payload; what is longer is cut off.
    public mutating func ping(_ payload: RawSpan = RawSpan(), into out: inout ByteWriter) {
        guard isOpen else { return }
        writer.write(.ping, payload.extracting(first: 125), into: &out)
    }

    /// Writes a Close frame and waits for the peer's, `closeNanoseconds` at most.
    ///
    /// - Parameter listening: The peer's messages before its own Close frame are still wanted (RFC 6455 §5.5.1), however
    ///   long that takes.
    public mutating func close(
        _ close: WebSocketClose, listening: Bool = false, into out: inout ByteWriter, at now: Int64
    ) {
        guard isOpen else { return }
        write(close, into: &out)
        isListening = listening
        guard !listening else { return phase = .closing(deadline: .max) }
        let (deadline, overflows) = now.addingReportingOverflow(max(settings.closeNanoseconds, 0))
        phase = .closing(deadline: overflows ? .max : deadline)
    }

    /// Writes the Close frame that says what the peer did wrong, and closes the connection.
    public mutating func fail(_ error: WebSocketError, into out: inout ByteWriter) {
        if isOpen { write(WebSocketClose(error.code, error.message), into: &out) }
        phase = .closed
        failure = error
    }

    // MARK: Back-pressure

    /// What is written does not get away: pings are no longer answered one by one.
    public mutating func pauseWriting() {
        isWritingPaused = true
    }

    /// What is written gets away again.
    public mutating func resumeWriting(into out: inout ByteWriter) {
        isWritingPaused = false
        guard let payload = unanswered.take() else { return }
        answer(payload, into: &out)
    }

    /// We read nothing for a while: the silence was not the peer's. Do not call `expire` before.
    public mutating func resumeReading(at now: Int64) {
        keepAlive.heard(at: now)
    }

    // MARK: Time

    /// When `expire` is to be called; later when the peer was heard meanwhile.
    public var deadline: Int64 {
        switch phase {
        case .open: keepAlive.deadline
        case .closing(let deadline): deadline
        case .closed: .max
        }
    }

    /// Pings a peer that is silent, gives it up when it stays so. Does nothing before the `deadline`.
    ///
    /// - Throws: `noAnswer` or `noClose`: the connection has failed.
    public mutating func expire(at now: Int64, into out: inout ByteWriter) throws(WebSocketError) {
        switch phase {
        case .open:
            switch keepAlive.act(at: now) {
            case .none: break
            case .ping: writer.write(.ping, RawSpan(), into: &out)
            case .giveUp: try giveUp(.noAnswer, into: &out)
            }
        case .closing(let deadline) where now >= deadline: try giveUp(.noClose, into: &out)
        case .closing, .closed: break
        }
    }

    // MARK: Answers

    private mutating func answer(_ ping: Bytes, into out: inout ByteWriter) {
        guard isOpen else { return }
        guard !isWritingPaused else { return unanswered = ping }
        writer.write(.pong, ping.span, into: &out)
    }

    /// Says the same, unless it is an answer itself (§5.5.1).
    private mutating func answer(_ close: WebSocketClose, into out: inout ByteWriter) {
        if isOpen { write(WebSocketClose(close.code), into: &out) }
        phase = .closed
    }

    private mutating func giveUp(_ error: WebSocketError, into out: inout ByteWriter) throws(WebSocketError) {
        fail(error, into: &out)
        throw error
    }

    private func write(_ close: WebSocketClose, into out: inout ByteWriter) {
        writer.write(.close, close.payload.span.bytes, into: &out)
    }
}
