internal import Buffers
internal import Canonical
internal import Engine
internal import HTTP
internal import HTTP2
internal import Reactor

/// One HTTP/2 connection to an upstream, which carries many exchanges at a time.
final class HTTP2UpstreamConnection {
    /// Which lives as long as its connections do, also when nobody else needs it any more.
    private let pool: HTTP2Pool
    private let reactor: Reactor
    private var socket: Socket?
    private(set) lazy var session = HTTP2Session(
        .client, handler: self, limits: pool.limits, memory: reactor.http2Memory)
    /// By their slots.
    private var streams: [HTTP2UpstreamStream?] = []
    /// Streams that are open, or will be with their heads.
    private var openStreams = 0
    private var isFlushing = false
    private var phase = Phase.connecting
    /// Whether anything has come since the timer looked last.
    private var isAlive = true
    private let timer: Timer

    /// `connecting → open → draining → closed`, and `closed` from each. It is open with the service's settings: before
    /// them, nobody knows how many streams there may be.
    private enum Phase { case connecting, open, draining, closed }

    init(pool: HTTP2Pool) {
        self.pool = pool
        reactor = pool.dialer.reactor
        timer = Timer(reactor.timers)
        timer.whenDue { [unowned self] in self.timedOut() }
    }

    /// Whether it takes another stream.
    var hasRoom: Bool {
        phase == .open && openStreams < session.maximumStreams && session.availableStreams > 0
    }

    var isConnecting: Bool { phase == .connecting }

    /// The endpoint in logs.
    var name: String { pool.dialer.name }
    var isSocketWritable: Bool { socket?.isWritable ?? true }
    var isSecure: Bool { pool.dialer.endpoint.tls != nil }

    // MARK: Connecting

    func connect() {
        timer.schedule(at: reactor.now + pool.dialer.connectTimeout)
        pool.dialer.dial(for: self)
    }

    private func failToConnect(_ cause: String) {
        guard phase == .connecting else { return }
        phase = .closed
        timer.cancel()
        socket?.abort()
        pool.failed(self, .unreachable(name, cause))
    }

    // MARK: Streams

    func open(for receiver: any UpstreamReceiver) -> HTTP2UpstreamStream {
        openStreams += 1
        if openStreams == 1 {
            isAlive = true
            timer.schedule(at: reactor.now + Self.keepAlive)
        }
        return HTTP2UpstreamStream(self, receiver)
    }

    /// Opens `stream` on the wire with its request's head.
    func begin(_ stream: HTTP2UpstreamStream, _ head: consuming HTTPRequestHead) throws(HTTP2Error) -> HTTP2StreamID {
        let id = try session.request(head, isSecure: isSecure)
        while streams.count <= id.slot { streams.append(nil) }
        streams[id.slot] = stream
        scheduleFlush()
        return id
    }

    /// The stream is over; called by itself, once.
    func finish(_ stream: HTTP2UpstreamStream) {
        openStreams -= 1
        if let id = stream.id, id.slot < streams.count, streams[id.slot] === stream { streams[id.slot] = nil }
        scheduleFlush()
        guard phase == .open else { return }
        pool.serve(on: self)
        guard openStreams == 0 else { return }
        timer.schedule(at: reactor.now + pool.upstream.limits.idleTimeout)
    }

    private func stream(_ id: HTTP2StreamID) -> HTTP2UpstreamStream? {
        guard id.slot < streams.count, let stream = streams[id.slot], stream.id == id else { return nil }
        return stream
    }

    // MARK: Sending

    /// Has what there is to send written when the turn ends.
    func scheduleFlush() {
        if isFlushing { return }
        isFlushing = true
        reactor.atEndOfTurn(self)
    }

    private func flush() {
        guard let socket else { return }
        while session.wantsToSend, socket.isOpen, socket.isWritable {
            var piece: Bytes?
            socket.write { piece = session.send(into: &$0) }
            if let piece { socket.write(piece) }
        }
        if session.isFinished { leave() }
    }

    // MARK: Time

    /// How often a connection with open streams must show that it lives.
    private static let keepAlive = Duration.seconds(30)

    private func timedOut() {
        switch phase {
        case .connecting: failToConnect("no connection in time")
        case .open, .draining:
            if openStreams == 0 { return leave() }
            guard isAlive else { return end(.broken(name, "it does not answer", retry: .ifIdempotent)) }
            isAlive = false
            session.ping(0)
            scheduleFlush()
            timer.schedule(at: reactor.now + Self.keepAlive)
        case .closed: break
        }
    }

    // MARK: The end

    /// Takes no more streams; closes when the last is over.
    func drain() {
        guard phase == .open else { return }
        phase = .draining
        pool.drop(self)
        scheduleFlush()
    }

    /// Says goodbye and closes.
    private func leave() {
        guard phase != .closed else { return }
        session.finishDrain()
        if let socket, socket.isOpen, session.failure == nil {
            socket.write { _ = session.send(into: &$0) }
        }
        end(.broken(name, "closed", retry: .ifIdempotent))
    }

    /// The connection is over; the streams that are not yet fail.
    private func end(_ failure: Failure) {
        guard phase != .closed else { return }
        phase = .closed
        timer.cancel()
        pool.drop(self)
        let lost = streams.compactMap { $0 }
        streams = []
        for stream in lost { stream.fail(failure) }
        if openStreams == 0 { socket?.close() } else { socket?.abort() }
    }
}

extension HTTP2UpstreamConnection: Dialing {
    var isDialing: Bool { phase == .connecting && socket == nil }

    func dialed(_ socket: Socket) {
        self.socket = socket
        scheduleFlush()
    }

    func dialFailed(_ cause: String) { failToConnect(cause) }

    func connected() { scheduleFlush() }

    func received(_ bytes: Bytes) {
        isAlive = true
        session.receive(bytes, at: reactor.now.nanoseconds)
        if session.wantsToSend || session.isFinished { scheduleFlush() }
    }

    func receivedEnd() {
        if phase == .connecting { return failToConnect("closed") }
        session.receivedEnd()
        end(.broken(name, "closed", retry: .ifIdempotent))
    }

    func drained() {
        scheduleFlush()
        // A call may have paused for the socket's sake, though its stream had room.
        for case let stream? in streams where stream.isWritable { stream.drained() }
    }

    func closed(_ error: ReactorError?) {
        if phase == .connecting { return failToConnect(error?.description ?? "closed") }
        end(.broken(name, error?.description ?? "closed", retry: .ifIdempotent))
    }
}

extension HTTP2UpstreamConnection: TurnWork {
    func turnEnds() {
        isFlushing = false
        if phase != .closed { flush() }
        if openStreams == 0, phase == .draining { leave() }
    }
}

extension HTTP2UpstreamConnection: HTTP2SessionHandler {
    func receivedInterim(_ head: inout HTTPResponseHead, on id: HTTP2StreamID) {
        stream(id)?.receiveInterim(&head)
    }

    func received(_ head: inout HTTPResponseHead, on id: HTTP2StreamID) {
        stream(id)?.receive(&head)
    }

    func received(_ data: Bytes, on id: HTTP2StreamID) {
        guard let stream = stream(id) else { return session.consume(data.count, of: id) }
        stream.receive(data)
    }

    func receivedEnd(_ trailers: Headers?, on id: HTTP2StreamID) {
        stream(id)?.receiveEnd(trailers)
    }

    func drained(_ id: HTTP2StreamID) {
        stream(id)?.drained()
    }

    func closed(_ id: HTTP2StreamID, _ end: HTTP2StreamEnd) {
        stream(id)?.closed(end)
        session.release(id)
    }

    func settingsChanged() {
        if phase == .connecting {
            phase = .open
            timer.schedule(at: reactor.now + pool.upstream.limits.idleTimeout)
        }
        // Calls that waited are served before the connection of a closed pool takes no more.
        if phase == .open { pool.serve(on: self) }
        if pool.isClosed { drain() }
    }

    func goAway(_ code: HTTP2ErrorCode) {
        if phase == .open { drain() }
    }

    func failed(_ error: HTTP2Error) {
        scheduleFlush()
    }
}
