internal import Buffers
internal import Canonical
internal import Engine
internal import HTTP
internal import Reactor
internal import WebSocket

/// Our end of one WebSocket to a service, over a tunnel: frames below, the calls that it carries above.
///
///     unopened → opening → open → closing (our Close frame is out) → ending (all is said) → over
final class UpstreamSocket {
    /// From the connection on, for the service's consent.
    private static let patience = Duration.seconds(10)

    let pool: UpstreamSocketPool
    private var phase = Phase.unopened
    private let proposal: WebSocketProposal
    private var tunnel: (any UpstreamStream)?
    private var connection: WebSocketConnection?
    /// Calls under way, by their ids.
    private var exchanges: [UInt: UpstreamExchange] = [:]
    private var count: UInt = 0
    private(set) var isWritable = true
    /// What came while the call was paused.
    private var unread = Bytes()
    private var isPaused = false
    /// Frames are being read; what comes meanwhile waits its turn.
    private var isReading = false
    /// The transport ended behind what is unread.
    private var hasEnded = false
    /// When it has been without calls for long enough.
    private var idleEnd = Instant.distantFuture
    private let timer: Timer

    private enum Phase { case unopened, opening, open, closing, ending, over }

    init(_ pool: UpstreamSocketPool) {
        self.pool = pool
        let settings = pool.plan.settings
        proposal = WebSocketProposal(
            subprotocols: settings.subprotocol.map { [$0] } ?? [],
            deflate: settings.compresses ? WebSocketDeflate() : nil, nonce: Entropy.bytes(16))
        timer = Timer(pool.reactor.timers)
        timer.whenDue { [unowned self] in self.timedOut() }
    }

    private var now: Int64 { pool.reactor.now.nanoseconds }
    private var isShared: Bool { pool.plan.style.isShared }

    var isOpen: Bool { phase == .open }
    var isIdle: Bool { phase == .open && exchanges.isEmpty }
    /// Whether another call may come.
    var hasRoom: Bool {
        (phase == .opening || phase == .open && isWritable) && exchanges.count < pool.plan.settings.callsAtOnce
    }

    // MARK: Calls

    func exchange(for receiver: any UpstreamReceiver) -> UpstreamExchange {
        count += 1
        idleEnd = .distantFuture
        let exchange = UpstreamExchange(count, on: self, for: receiver)
        exchanges[count] = exchange
        return exchange
    }

    func has(_ exchange: UpstreamExchange) -> Bool { exchanges[exchange.id] != nil }

    /// Nothing more is wanted of the socket for this call.
    func leave(_ exchange: UpstreamExchange, isCancelled: Bool = false) {
        guard exchanges.removeValue(forKey: exchange.id) != nil, exchanges.isEmpty else { return }
        guard isShared else { return close(WebSocketClose(isCancelled ? .goingAway : .normal)) }
        if phase == .open { rest() }
    }

    /// There is no call for now.
    private func rest() {
        guard pool.keepsIdle(self) else { return close(WebSocketClose(.normal)) }
        idleEnd = pool.reactor.now + pool.limits.idleTimeout
        watch()
    }

    func closeIfIdle() {
        if exchanges.isEmpty { close(WebSocketClose(.normal)) }
    }

    /// In the order in which they began.
    private var all: [UpstreamExchange] { exchanges.values.sorted { $0.id < $1.id } }

    // MARK: Opening

    /// - Parameter head: What the service is told; it becomes the opening handshake.
    func open(_ head: consuming HTTPRequestHead) throws(Failure) {
        var head = head
        proposal.write(into: &head, over: .tunnel)
        pool.endpoint.address(&head)
        let tunnel = try pool.tunnels.openTunnel(for: self)
        self.tunnel = tunnel
        phase = .opening
        timer.schedule(at: pool.reactor.now + pool.limits.connectTimeout + Self.patience)
        tunnel.send(.head(head))
    }

    private func opened(_ head: borrowing HTTPResponseHead) {
        guard phase == .opening else { return }
        guard head.status == 101 else { return over(.refusedSocket(head.status, isOwn: !isShared)) }
        // As the proposal knows tunnels: of HTTP/2.
        var answer = copy head
        answer.status = 200
        let terms: WebSocketTerms
        do throws(WebSocketHandshakeError) {
            terms = try proposal.verify(answer, over: .tunnel)
        } catch {
            return over(.badOpening(error))
        }
        connection = WebSocketConnection(
            .client, deflate: terms.deflate, settings: pool.plan.settings.wire, pool: pool.reactor.webSocketPool,
            at: now)
        phase = .open
        for exchange in all { exchange.opened() }
        if isShared, isIdle { rest() } else { watch() }
    }

    // MARK: Receiving

    private func receive(_ bytes: Bytes) {
        if unread.isEmpty {
            unread = bytes
        } else {
            var joined = ByteWriter(capacity: unread.count + bytes.count)
            joined.append(unread)
            joined.append(bytes)
            unread = joined.finish()
        }
        read()
    }

    private func read() {
        guard !isReading else { return }
        isReading = true
        while phase == .open || phase == .closing, !isPaused {
            var out = ByteWriter()
            var event: WebSocketEvent?
            var failure: WebSocketError?
            var input = unread
            do throws(WebSocketError) {
                event = try connection?.next(&input, into: &out, at: now)
            } catch {
                failure = error
                connection?.fail(error, into: &out)
            }
            unread = input
            write(out.finish())
            if let failure { lose(failure.reason) } else if let event { handle(event) } else { break }
        }
        isReading = false
        if hasEnded, !isPaused, phase != .over { over(nil) }
        watch()
    }

    private func handle(_ event: WebSocketEvent) {
        switch event {
        case .message(let message) where message.kind == .text: receive(text: message.payload)
        case .message: refuse("binary", WebSocketClose(.unsupportedData, "messages are JSON texts"))
        case .close(let close): closed(close)
        case .ping, .pong: break
        }
    }

    private func receive(text: Bytes) {
        let reply: SocketReply
        do throws(Failure) {
            reply = try pool.plan.style.read(text)
        } catch {
            return refuse("\(error.reason) \(error.cause ?? error.message)", nil)
        }
        guard isShared else {
            exchanges.values.first?.receive(reply)
            return
        }
        if let exchange = reply.id.flatMap({ exchanges[$0] }) { return exchange.receive(reply) }
        // Of a call that is over, as late answers are, or of none.
        if let id = reply.id, id > 0, id <= count { return }
        pool.dropped("an answer to no call\(reply.failure.map { ": \($0.message)" } ?? "")")
    }

    /// A message that is none of those that services send. Whose it is nobody knows, unless there is one call only.
    private func refuse(_ cause: String, _ close: WebSocketClose?) {
        if isShared {
            pool.dropped("a message that is no answer: \(cause)")
        } else {
            exchanges.values.first?.fail(.strangeMessage(cause))
        }
        if let close { self.close(close) }
    }

    /// The service says goodbye, and has been answered.
    private func closed(_ close: WebSocketClose) {
        end()
        let reason = close.reason.isEmpty ? "" : ": \(close.reason)"
        for exchange in all {
            if isShared {
                exchange.lost("\(pool.name) closed the socket with code \(close.code)\(reason)")
            } else {
                exchange.closed(close)
            }
        }
    }

    // MARK: Sending

    func send(_ text: Bytes) {
        guard phase == .open else { return }
        var out = ByteWriter()
        let rest = connection?.send(WebSocketMessage(.text, text), into: &out)
        write(out.finish())
        if let rest { write(rest) }
    }

    private func write(_ bytes: Bytes) {
        guard !bytes.isEmpty, let tunnel else { return }
        tunnel.send(.body(bytes))
        guard isWritable, !tunnel.isWritable else { return }
        isWritable = false
        connection?.pauseWriting()
    }

    // MARK: Back-pressure, where the socket is a call's own

    func pauseReading() {
        isPaused = true
        tunnel?.pauseReading()
    }

    func resumeReading() {
        guard isPaused else { return }
        isPaused = false
        connection?.resumeReading(at: now)
        tunnel?.resumeReading()
        read()
    }

    // MARK: Time

    private func watch() {
        switch phase {
        case .open, .closing:
            let deadline = Instant(nanoseconds: connection?.deadline ?? .max)
            timer.schedule(at: min(deadline, idleEnd))
        case .unopened, .opening, .ending, .over: break
        }
    }

    private func timedOut() {
        switch phase {
        case .opening: over(.slowOpening(pool.name))
        case .open where idleEnd <= pool.reactor.now && exchanges.isEmpty: close(WebSocketClose(.normal))
        case .open, .closing: expire()
        case .ending: over(nil)
        case .unopened, .over: break
        }
    }

    private func expire() {
        // While we do not read, the silence is ours.
        if isPaused { connection?.resumeReading(at: now) }
        var out = ByteWriter()
        var failure: WebSocketError?
        do throws(WebSocketError) {
            try connection?.expire(at: now, into: &out)
        } catch {
            failure = error
        }
        write(out.finish())
        if let failure { lose(failure.reason) }
        watch()
    }

    // MARK: The end

    /// Our side of the conversation is over, and the service may still say its part.
    func finishSending() {
        sayGoodbye(WebSocketClose(.normal), listening: true)
    }

    private func close(_ close: WebSocketClose) {
        switch phase {
        case .unopened: phase = .over
        case .opening: over(nil)
        case .open: sayGoodbye(close, listening: false)
        // Whoever was listened to is no longer.
        case .closing: end()
        case .ending, .over: break
        }
    }

    private func sayGoodbye(_ close: WebSocketClose, listening: Bool) {
        guard phase == .open else { return }
        phase = .closing
        if isPaused, !listening { resumeReading() }
        var out = ByteWriter()
        connection?.close(close, listening: listening, into: &out, at: now)
        write(out.finish())
        watch()
    }

    /// The socket breaks a rule, or is silent: it has been told so, if it hears.
    private func lose(_ cause: String) {
        end()
        for exchange in all { exchange.lost("\(pool.name): \(cause)") }
    }

    /// All is said: the transport is to end, with or without the service.
    private func end() {
        guard phase == .open || phase == .closing else { return }
        phase = .ending
        pool.drop(self)
        tunnel?.send(.end(trailers: nil))
        timer.schedule(at: pool.reactor.now.advanced(byNanoseconds: pool.plan.settings.wire.closeNanoseconds))
    }

    /// The transport is gone, or let go.
    ///
    /// - Parameters:
    ///   - failure: What becomes of the calls; nil where they are lost.
    ///   - cause: Why they are lost.
    private func over(_ failure: Failure?, _ cause: String = "the connection ended") {
        guard phase != .over else { return }
        phase = .over
        timer.cancel()
        pool.drop(self)
        let tunnel = self.tunnel
        self.tunnel = nil
        connection = nil
        unread = Bytes()
        tunnel?.cancel()
        for exchange in all {
            if let failure { exchange.fail(failure) } else { exchange.lost("\(pool.name): \(cause)") }
        }
    }
}

extension UpstreamSocket: UpstreamReceiver {
    func deliver(_ part: consuming HTTPResponsePart) {
        switch consume part {
        case .interim: break
        case .head(let head): opened(head)
        case .body(let bytes): if phase != .opening { receive(bytes) }
        case .end:
            hasEnded = true
            // The transport is done by itself.
            tunnel = nil
            if !isPaused, !isReading { over(phase == .opening ? .slowOpening(pool.name) : nil) }
        }
    }

    func attemptFailed(_ failure: Failure) {
        tunnel = nil
        if phase == .opening { over(failure) } else { over(nil, failure.cause ?? failure.reason) }
    }

    func upstreamDrained() {
        guard !isWritable else { return }
        isWritable = true
        var out = ByteWriter()
        connection?.resumeWriting(into: &out)
        write(out.finish())
        for exchange in all { exchange.drained() }
    }
}
