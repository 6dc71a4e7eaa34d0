internal import Buffers
internal import Canonical
internal import Engine
internal import HTTP
internal import HTTP2
internal import Reactor

/// One client's HTTP/2 connection: gives the request of each stream to a call and writes the responses.
///
/// What a turn has to send is written at its end, in one go. Between requests the connection holds no call.
final class HTTP2ServerConnection {
    let listener: HTTPListener
    let socket: Socket
    let reactor: Reactor
    let client: ClientIdentity
    private(set) var host: HostCheck?
    private(set) lazy var session = HTTP2Session(
        .server, handler: self, limits: listener.settings.http2, memory: reactor.http2Memory)
    /// By their slots.
    private var streams: [HTTP2ServerStream?] = []
    private(set) var openStreams = 0
    /// Streams that are over, and whose calls can be given back when the turn ends.
    private var finished: [HTTP2ServerStream] = []
    /// Answered streams whose requests go on.
    private var answeredEarly: [HTTP2ServerStream] = []
    /// The stream of the request that asked for HTTP/2.
    private var upgraded: HTTP2StreamID?
    private var isFlushing = false
    private var phase = Phase.opening
    /// What was unsent when the timer looked last.
    private var unsent = 0
    private var stalledSince: Instant?
    private let timer: Timer

    /// What the timer watches: `opening → active ⇄ idle → ending`. It is open with the client's settings.
    private enum Phase { case opening, idle, active, ending }

    init(listener: HTTPListener, socket: Socket, client: ClientIdentity) {
        self.listener = listener
        self.socket = socket
        self.client = client
        reactor = socket.reactor
        host = HostCheck(socket, listener)
        timer = Timer(reactor.timers)
        timer.whenDue { [unowned self] in self.timedOut() }
    }

    /// Goes on with a connection that began with HTTP/1.1 (RFC 7540 §3.2): `begin` follows. Nil when the settings that
    /// came with its request cannot be read.
    convenience init?(upgrading connection: HTTP1ServerConnection, _ head: borrowing HTTPRequestHead) {
        self.init(
            listener: connection.listener, socket: connection.socket,
            client: connection.listener.identity(of: connection.socket, speaksHTTP2: true))
        guard let index = head.headers.firstIndex(of: .http2Settings) else { return nil }
        do throws(HTTP2Error) {
            upgraded = try session.upgrade(settings: head.headers.value(at: index), isHead: head.method == .head)
        } catch {
            return nil
        }
    }

    /// Serves the request that asked for the upgrade, which has no body, as the first stream's.
    func begin(_ head: inout HTTPRequestHead, rest: Bytes) {
        guard let stream = upgraded else { return }
        received(&head, on: stream)
        receivedEnd(nil, on: stream)
        connected()
        if !rest.isEmpty { received(rest) }
    }

    /// Why a request for `authority` is not served on this connection.
    func refusal(of authority: [UInt8]) -> Failure? { host?.refusal(of: authority) }

    // MARK: Streams

    private func stream(_ id: HTTP2StreamID) -> HTTP2ServerStream? {
        guard id.slot < streams.count, let stream = streams[id.slot], stream.id == id else { return nil }
        return stream
    }

    private func open(_ id: HTTP2StreamID) -> HTTP2ServerStream {
        while streams.count <= id.slot { streams.append(nil) }
        let stream = HTTP2ServerStream(self, id)
        streams[id.slot] = stream
        openStreams += 1
        if openStreams == 1 { watch(.active) }
        return stream
    }

    /// The stream is over on both sides; called by itself.
    func finish(_ stream: HTTP2ServerStream) {
        guard streams[stream.id.slot] === stream else { return }
        streams[stream.id.slot] = nil
        openStreams -= 1
        finished.append(stream)
        scheduleFlush()
    }

    // MARK: Sending

    /// Has what there is to send written when the turn ends.
    func scheduleFlush() {
        if isFlushing { return }
        isFlushing = true
        reactor.atEndOfTurn(self)
    }

    private func flush() {
        while session.wantsToSend, socket.isOpen, socket.isWritable {
            var piece: Bytes?
            socket.write { piece = session.send(into: &$0) }
            if let piece { socket.write(piece) }
        }
        if session.isFinished { return end() }
        if !answeredEarly.isEmpty, !session.wantsToSend { stopEarly() }
    }

    /// The stream's response is whole, its request is not.
    func answeredEarly(_ stream: HTTP2ServerStream) {
        answeredEarly.append(stream)
    }

    /// What is left of a request that is answered already is of no use to anybody (RFC 9113 §8.1).
    private func stopEarly() {
        let streams = answeredEarly
        answeredEarly = streams.filter { !$0.stop() }
        if answeredEarly.count < streams.count { scheduleFlush() }
    }

    /// Sends the session's last words, then ends.
    private func leave() {
        flush()
        end()
    }

    /// Lets the client read what was said last, then closes.
    private func end() {
        guard phase != .ending else { return }
        phase = .ending
        socket.shutdownWrite()
        timer.schedule(at: reactor.now + listener.settings.drainTimeout)
    }

    // MARK: Time

    private func watch(_ phase: Phase) {
        guard self.phase != .ending else { return }
        self.phase = phase
        let settings = listener.settings
        let duration =
            switch phase {
            case .opening: settings.headTimeout
            case .idle: settings.idleTimeout
            case .active, .ending: settings.bodyRatePeriod
            }
        timer.schedule(at: reactor.now + duration)
    }

    private func timedOut() {
        switch phase {
        case .opening:
            session.abort(.settingsTimeout)
            leave()
        case .idle:
            session.finishDrain()
            leave()
        case .ending: socket.abort()
        case .active:
            if isStalled { return socket.abort() }
            for case let stream? in streams { stream.check(at: reactor.now) }
            watch(.active)
        }
    }

    /// Whether the client takes nothing of what waits for it, for too long.
    private var isStalled: Bool {
        defer { unsent = socket.pendingBytes }
        guard socket.pendingBytes > 0, socket.pendingBytes >= unsent, unsent > 0 else {
            stalledSince = nil
            return false
        }
        let since = stalledSince ?? reactor.now
        stalledSince = since
        return since + listener.settings.writeStallTimeout <= reactor.now
    }
}

extension HTTP2ServerConnection: ServerConnection {
    func drain() {
        session.drain()
        scheduleFlush()
    }

    func refuse(_ failure: Failure) {
        session.abort(.enhanceYourCalm)
        scheduleFlush()
    }

    func connected() {
        watch(openStreams > 0 ? .active : .opening)
        if listener.isDraining { drain() }
        scheduleFlush()
    }

    func received(_ bytes: Bytes) {
        if phase == .ending { return }
        session.receive(bytes, at: reactor.now.nanoseconds)
        if openStreams == 0, phase != .opening { watch(.idle) }
        if session.wantsToSend || session.isFinished { scheduleFlush() }
    }

    func receivedEnd() {
        session.receivedEnd()
        scheduleFlush()
        end()
    }

    func drained() {
        scheduleFlush()
        // A call may have paused for the socket's sake, though its stream had room.
        for case let stream? in streams where stream.isWritable { stream.drained() }
    }

    func closed(_ error: ReactorError?) {
        timer.cancel()
        for case let stream? in streams { stream.lost() }
        releaseFinished()
        answeredEarly.removeAll()
        listener.closed(self)
    }

    private func releaseFinished() {
        for stream in finished { stream.release() }
        finished.removeAll(keepingCapacity: true)
    }
}

extension HTTP2ServerConnection: TurnWork {
    func turnEnds() {
        isFlushing = false
        releaseFinished()
        guard socket.isOpen else { return }
        flush()
        // At once: with what was just sent, the client knows that there is room for other streams.
        releaseFinished()
        if openStreams == 0, phase == .active { watch(.idle) }
    }
}

extension HTTP2ServerConnection: HTTP2SessionHandler {
    func received(_ head: inout HTTPRequestHead, on id: HTTP2StreamID) {
        open(id).begin(&head)
    }

    func refused(_ error: HTTP2Error, on id: HTTP2StreamID) {
        listener.render(Failure(malformedRequest: error), on: open(id))
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
        guard let stream = stream(id) else { return session.release(id) }
        stream.lost()
    }

    func settingsChanged() {
        if phase == .opening { watch(.idle) }
    }

    func failed(_ error: HTTP2Error) {
        scheduleFlush()
    }
}
