internal import Buffers
internal import Canonical
internal import Engine
internal import HTTP
internal import HTTP1
internal import Reactor

/// One connection to an upstream: carries one exchange at a time, and waits in its pool between them.
final class HTTP1UpstreamConnection {
    private let pool: HTTP1Pool
    private var socket: Socket?
    private var receiver: (any UpstreamReceiver)?
    private var reader: ResponseReader
    /// Frames the request's body, once its head is written.
    private var framing: BodyWriter?
    private var head = HTTPResponseHead()
    /// What was sent before there was a socket.
    private var waiting: [HTTPRequestPart] = []
    private var phase = Phase.connecting
    private var isRequestDone = false
    private var hasResponseBegun = false
    private var tunnel = Tunnel.none
    /// Exchanges that went well; a reused connection may turn out to be stale.
    private var exchanges = 0
    private let timer: Timer

    /// `connecting → busy → idle → busy …`, and `closed` from each.
    private enum Phase { case connecting, busy, idle, closed }

    /// `none → wanted → open`. An open tunnel takes the whole connection.
    private enum Tunnel {
        case none
        /// With what the service must say (RFC 6455 §4.1), and what waits until it has.
        case wanted(accept: [UInt8], waiting: [HTTPRequestPart])
        case open
    }

    init(pool: HTTP1Pool) {
        self.pool = pool
        self.reader = ResponseReader(limits: pool.limits)
        timer = Timer(pool.reactor.timers)
        timer.whenDue { [unowned self] in self.timedOut() }
    }

    /// Takes the connection for one exchange; false when it has gone meanwhile.
    func begin(for receiver: any UpstreamReceiver) -> Bool {
        switch phase {
        case .closed, .busy: return false
        case .idle:
            guard let socket, socket.isOpen else { return false }
            timer.cancel()
            phase = .busy
        case .connecting: break
        }
        self.receiver = receiver
        isRequestDone = false
        hasResponseBegun = false
        return true
    }

    // MARK: Connecting

    /// Takes over a socket that is connected already, and waits for an exchange.
    func adopt(_ socket: Socket) {
        self.socket = socket
        socket.handler = self
        release(mayReuse: true)
    }

    func connect() {
        timer.schedule(at: pool.reactor.now + pool.dialer.connectTimeout)
        pool.dialer.dial(for: self)
    }

    private func failToConnect(_ cause: String) {
        guard phase == .connecting else { return }
        phase = .closed
        timer.cancel()
        pool.dialer.connectFailed()
        pool.whenUnreachable()
        pool.closed()
        socket?.abort()
        socket = nil
        let receiver = self.receiver
        self.receiver = nil
        receiver?.attemptFailed(.unreachable(pool.name, cause))
    }

    private func timedOut() {
        switch phase {
        case .connecting: failToConnect("no connection in time")
        case .idle: close()
        case .busy, .closed: break
        }
    }

    // MARK: Request

    private func write(_ part: consuming HTTPRequestPart, to socket: Socket) {
        guard case .none = tunnel else { return write(part, through: socket) }
        switch consume part {
        case .head(let head): write(consume head, to: socket)
        case .body(let bytes):
            guard var framing else { return }
            attempt { () throws(HTTP1Error) in
                try socket.write(bytes, framedBy: &framing)
            }
            self.framing = framing
        case .end(let trailers):
            guard var framing else { return }
            attempt { () throws(HTTP1Error) in
                try socket.endBody(framedBy: &framing, trailers)
            }
            isRequestDone = true
        }
    }

    // Apart from the parts, of which the closure would make a copy.
    private func write(_ head: consuming HTTPRequestHead, to socket: Socket) {
        if head.wantsTunnel { return askForTunnel(head, on: socket) }
        reader.begin(head.method)
        attempt { () throws(HTTP1Error) in
            try socket.write { (out: inout ByteWriter) throws(HTTP1Error) in framing = try head.write(into: &out) }
        }
    }

    /// What comes behind the head of a request for a tunnel.
    private func write(_ part: HTTPRequestPart, through socket: Socket) {
        switch tunnel {
        case .none: break
        // Not before the service has agreed.
        case .wanted(let accept, let waiting): tunnel = .wanted(accept: accept, waiting: waiting + [part])
        case .open:
            if case .body(let bytes) = part { socket.write(bytes) }
            if case .end = part { socket.shutdownWrite() }
        }
    }

    private func askForTunnel(_ head: consuming HTTPRequestHead, on socket: Socket) {
        var head = consume head
        tunnel = .wanted(accept: WebSocketUpgrade.ask(&head), waiting: [])
        isRequestDone = true
        reader.begin(.get, allowsUpgrade: true)
        attempt { () throws(HTTP1Error) in
            try socket.write { (out: inout ByteWriter) throws(HTTP1Error) in
                framing = try head.write(into: &out, connection: .upgrade)
            }
        }
    }

    /// A request that cannot be written is our own mistake: the attempt fails, and is not tried again.
    private func attempt(_ write: () throws(HTTP1Error) -> Void) {
        do throws(HTTP1Error) {
            try write()
        } catch {
            fail(
                Failure(
                    .internal, error.reason, "The request cannot be forwarded.", origin: .gateway, cause: error.message)
            )
        }
    }

    // MARK: Response

    private func read(_ bytes: Bytes) {
        var input = bytes
        if case .open = tunnel {
            receiver?.deliver(.body(input))
            return
        }
        // Only for a head that is yet to come: a connection that waits holds no memory.
        if !hasResponseBegun, receiver != nil, !head.headers.hasMemory {
            head.headers = Headers(reusing: pool.heads.take())
        }
        do throws(HTTP1Error) {
            while let receiver, let event = try reader.next(&input, into: &head) {
                hasResponseBegun = true
                handle(event, receiver, rest: input)
            }
        } catch {
            return fail(Failure(malformedResponse: error, from: pool.name))
        }
        // An upstream that speaks unasked is not to be trusted with the next request.
        if receiver == nil, !input.isEmpty { close() }
    }

    private func handle(_ event: ResponseEvent, _ receiver: any UpstreamReceiver, rest: Bytes) {
        switch event {
        case .informational: receiver.deliver(.interim(takeHead()))
        case .switchingProtocols: openTunnel(receiver, rest)
        case .head:
            // It answers as if nothing special had been asked for.
            tunnel = .none
            receiver.deliver(.head(takeHead()))
        case .body(let bytes): receiver.deliver(.body(bytes))
        case .end:
            let trailers = reader.trailers.endIndex > 0 ? reader.trailers : nil
            release(mayReuse: reader.isReusable && isRequestDone && rest.isEmpty)
            receiver.deliver(.end(trailers: trailers))
        }
    }

    private func openTunnel(_ receiver: any UpstreamReceiver, _ rest: Bytes) {
        guard case .wanted(let accept, let waiting) = tunnel, WebSocketUpgrade.isAccepted(head, accept), let socket
        else { return fail(.badUpgrade(by: pool.name)) }
        tunnel = .open
        receiver.deliver(.head(takeHead()))
        for part in waiting { write(part, to: socket) }
        if !rest.isEmpty { self.receiver?.deliver(.body(rest)) }
        if !waiting.isEmpty, socket.isWritable { self.receiver?.upstreamDrained() }
    }

    private func takeHead() -> HTTPResponseHead {
        var taken = HTTPResponseHead()
        swap(&taken, &head)
        return taken
    }

    /// The exchange is over: back to the pool, or closed.
    private func release(mayReuse: Bool) {
        receiver = nil
        exchanges += 1
        guard mayReuse, let socket, socket.isOpen else { return close() }
        phase = .idle
        socket.resumeReading()
        guard pool.keep(self) else { return close() }
        timer.schedule(at: pool.reactor.now.advanced(byNanoseconds: pool.idleTimeout))
    }

    // MARK: The end

    func close() {
        if let socket {
            // The rest of a request that is answered already: a service that does not read it must not keep the socket.
            if socket.pendingBytes > 0 { socket.abort() } else { socket.close() }
        }
        leave()
    }

    private func fail(_ failure: Failure) {
        let receiver = self.receiver
        self.receiver = nil
        socket?.abort()
        leave()
        receiver?.attemptFailed(failure)
    }

    /// Leaves the pool's books, once.
    private func leave() {
        guard phase != .closed else { return }
        if phase == .idle { pool.drop(self) }
        phase = .closed
        timer.cancel()
        pool.closed()
    }

    /// The connection broke under an exchange.
    private func broke(_ cause: String, unsent: Bool) {
        let wasReused = exchanges > 0
        if wasReused, !hasResponseBegun { pool.closeIdle() }
        let retry: RetryAdvice = hasResponseBegun ? .no : unsent ? .always : .ifIdempotent
        let reason = hasResponseBegun ? "upstream.truncated" : wasReused ? "upstream.stale" : "upstream.reset"
        fail(
            Failure(
                .internal, reason, "The service broke the connection off.", origin: .upstream, retry: retry,
                cause: "\(pool.name): \(cause)"))
    }
}

extension HTTP1UpstreamConnection: UpstreamStream {
    var isWritable: Bool {
        if case .wanted(_, let waiting) = tunnel, !waiting.isEmpty { return false }
        return socket?.isWritable ?? waiting.isEmpty
    }

    func send(_ part: consuming HTTPRequestPart) {
        if let socket { write(part, to: socket) } else if phase != .closed { waiting.append(part) }
    }

    func cancel() {
        guard receiver != nil else { return }
        receiver = nil
        socket?.abort()
        leave()
    }

    func pauseReading() { socket?.pauseReading() }
    func resumeReading() { socket?.resumeReading() }
}

extension HTTP1UpstreamConnection: SocketHandler {
    func connected() {
        guard phase == .connecting else { return }
        phase = .busy
        timer.cancel()
        receiver?.upstreamDrained()
    }

    func received(_ bytes: Bytes) {
        if phase == .idle { return close() }
        read(bytes)
    }

    func receivedEnd() {
        guard let receiver else { return close() }
        if case .open = tunnel {
            release(mayReuse: false)
            return receiver.deliver(.end(trailers: nil))
        }
        do throws(HTTP1Error) {
            guard try reader.finish() != nil else { return close() }
        } catch {
            return broke(error.message, unsent: false)
        }
        release(mayReuse: false)
        receiver.deliver(.end(trailers: nil))
    }

    func drained() {
        receiver?.upstreamDrained()
    }

    func closed(_ error: ReactorError?) {
        if phase == .connecting, let error { return failToConnect(error.description) }
        if receiver != nil {
            return broke(error?.description ?? "closed", unsent: !hasResponseBegun && (error?.operation == .connect))
        }
        leave()
    }
}

extension HTTP1UpstreamConnection: Dialing {
    var isDialing: Bool { phase == .connecting && socket == nil }

    func dialed(_ socket: Socket) {
        self.socket = socket
        let parts = waiting
        waiting = []
        for part in parts { write(part, to: socket) }
    }

    func dialFailed(_ cause: String) {
        failToConnect(cause)
    }
}
