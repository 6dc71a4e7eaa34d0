internal import Buffers
internal import Canonical
internal import Engine
internal import HTTP
internal import HTTP1
internal import Reactor

/// One client's HTTP/1 connection: reads requests one after the other, gives each to a call, writes its response.
///
/// A pipelined request waits, unread, until the response before it is written. Between requests the connection holds no
/// buffer, no call and no head.
final class HTTP1ServerConnection {
    // Strong, for an unowned reference costs more at every step; the listener lets go of a connection that is closed.
    let listener: HTTPListener
    let socket: Socket
    let client: ClientIdentity
    private var host: HostCheck?
    var reader: RequestReader
    var call: Call?
    /// What the response must heed of its request.
    var rules = AnswerRules()
    /// Frames the response's body, once its head is written.
    var framing: BodyWriter?
    /// How far the present request is on its way to be a tunnel.
    var tunnel = Tunnel.none
    /// Input behind the current request.
    private var held: Bytes?
    private var requestsLeft: Int
    private var isReadingRequest = false
    /// The connection ends with the current response.
    var isLast = false
    /// A response left before its request was read: the rest is read and dropped.
    private var isDraining = false
    /// Bytes of the body in this period of its rate.
    private var bodyBytes = 0
    /// When a body that is being gathered must be whole.
    private var bodyDeadline = Instant.distantFuture
    /// What was unsent when the timer began to watch writing.
    private var unsent = 0
    private var isPaused = false
    private var peerEnded = false
    private var phase = Phase.idle
    let reactor: Reactor
    private let timer: Timer

    /// What the timer watches.
    private enum Phase { case idle, head, body, response, lingering, writing }

    /// `none → wanted → open`, and back to `none` when the answer is another. An open tunnel takes the whole connection.
    enum Tunnel {
        case none
        /// What the answer must say to a client that wants a WebSocket (RFC 6455 §4.2.2).
        case wanted(accept: [UInt8])
        case open
    }

    init(listener: HTTPListener, socket: Socket, client: ClientIdentity) {
        self.listener = listener
        self.socket = socket
        self.client = client
        host = HostCheck(socket, listener)
        self.reader = RequestReader(limits: listener.settings.http1)
        self.requestsLeft = listener.settings.requestsPerConnection
        reactor = socket.reactor
        timer = Timer(reactor.timers)
        timer.whenDue { [unowned self] in self.timedOut() }
    }

    /// Whether a request is being read or answered.
    var isBusy: Bool { call != nil }

    /// The listener closes: the current response is the last.
    func drain() {
        isLast = true
        if call == nil, phase != .lingering { end() }
    }

    // MARK: Reading

    private func process(_ bytes: Bytes) {
        var input = bytes
        if case .open = tunnel { return pass(input) }
        while socket.isOpen, phase != .lingering {
            if let call, call.isOver, !isReadingRequest {
                finishExchange(call)
                continue
            }
            if call != nil, !isReadingRequest {
                // A pipelined request, or the beginning of one.
                hold(input)
                break
            }
            if call == nil, !socket.isWritable {
                // What was answered waits to be read: the next request waits, too.
                hold(input)
                return watchWriting(as: .writing)
            }
            // The end of a request may need no byte of its own.
            if input.isEmpty, !isReadingRequest { break }
            do throws(HTTP1Error) {
                guard try readOne(&input) else { break }
            } catch {
                refuse(Failure(malformedRequest: error))
                break
            }
        }
        if call == nil, socket.isOpen { idle() }
    }

    /// Reads one event; false when more bytes are needed.
    private func readOne(_ input: inout Bytes) throws(HTTP1Error) -> Bool {
        let call = self.call ?? beginExchange()
        guard let event = try reader.next(&input, into: &call.request) else { return false }
        switch event {
        case .head:
            if reader.requestsUpgrade, upgrade(call, &input) { return false }
            begin(call)
        case .body(let bytes):
            bodyBytes += bytes.count
            if !isDraining { call.receive(.body(bytes)) }
        case .end:
            isReadingRequest = false
            if !isDraining {
                watch(.response, nil)
                // Of a tunnel, also one that is open already, the request's body is what comes through it.
                guard case .none = tunnel else { return true }
                call.receive(.end(trailers: reader.trailers.endIndex > 0 ? reader.trailers : nil))
            }
        }
        if isReadingRequest, call.isOver { isDraining = true }
        return true
    }

    private func beginExchange() -> Call {
        let call = listener.gateway.takeCall()
        self.call = call
        isReadingRequest = true
        framing = nil
        isDraining = false
        watch(.head, listener.settings.headTimeout)
        return call
    }

    private func begin(_ call: Call) {
        requestsLeft -= 1
        if requestsLeft <= 0 || !reader.keepsAlive || listener.isDraining { isLast = true }
        rules = reader.answerRules
        let hasBody = call.request.body != .none
        let waitsForContinue = call.request.expectsContinue
        canDropBody =
            switch call.request.body {
            case .none: true
            case .known(let length): length <= listener.settings.drainBytes && !waitsForContinue
            case .unknown: false
            }
        let refusal = host?.refusal(of: call.request.authority) ?? wantTunnel(&call.request)
        call.start(on: self, from: client, refusal: refusal)
        if hasBody {
            bodyDeadline = call.isStreaming ? .distantFuture : reactor.now + listener.settings.bodyTimeout
            watchBody()
        }
        if waitsForContinue, !call.isOver { socket.write { HTTPResponseHead.writeContinue(into: &$0) } }
    }

    /// Whether the rest of the request is short enough to be read for nothing.
    private(set) var canDropBody = true

    /// Makes the request one for a tunnel, if it asks for a WebSocket (RFC 6455 §4.2.1).
    ///
    /// - Returns: Why it is no good, if it asks for one in a wrong way.
    private func wantTunnel(_ head: inout HTTPRequestHead) -> Failure? {
        tunnel = .none
        guard reader.requestsUpgrade, listener.settings.protocols.contains(.webSocket), head.body == .none,
            WebSocketUpgrade.isWanted(by: head)
        else { return nil }
        do throws(Failure) {
            tunnel = .wanted(accept: try WebSocketUpgrade.accept(&head))
            return nil
        } catch {
            return error
        }
    }

    /// Input of the open tunnel.
    private func pass(_ input: Bytes) {
        if !input.isEmpty { call?.receive(.body(input)) }
    }

    /// Goes on as HTTP/2 if the request asks for that (RFC 7540 §3.2); false when it is to be answered as it stands.
    private func upgrade(_ call: Call, _ input: inout Bytes) -> Bool {
        guard listener.settings.protocols.contains(.http2), !client.isSecure, call.request.body == .none,
            call.request.headers[.upgrade]?.lowercased() == "h2c",
            let connection = HTTP2ServerConnection(upgrading: self, call.request)
        else { return false }
        socket.write { $0.append("HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: h2c\r\n\r\n") }
        timer.cancel()
        phase = .lingering
        listener.attach(connection)
        connection.begin(&call.request, rest: input)
        input = Bytes()
        self.call = nil
        call.cancel()
        listener.gateway.recycle(call)
        return true
    }

    private func hold(_ input: Bytes) {
        guard !input.isEmpty else { return }
        held = Bytes(copying: input.span)
        pause()
    }

    // MARK: Between requests

    /// The response is written and the request read: the connection is free for the next one, or ends.
    private func finishExchange(_ call: Call) {
        self.call = nil
        listener.gateway.recycle(call)
        if isLast {
            if peerEnded { end() } else { linger() }
        } else {
            resume()
        }
    }

    private func idle() {
        guard phase != .lingering else { return }
        if peerEnded { return end() }
        watch(.idle, listener.settings.idleTimeout)
    }

    /// Goes on with the next request once the response is whole. Not from within the call, which is still at work then.
    private func advance() {
        if case .open = tunnel, call?.isOver == false, held != nil { return readOn() }
        guard let call, call.isOver, socket.isOpen else { return }
        // What is left of the request will not be read, nor what follows it.
        if isLast { return finishExchange(call) }
        readOn()
    }

    private func readOn() {
        guard phase != .lingering else { return }
        let input = held ?? Bytes()
        held = nil
        if case .open = tunnel { resume() } else if call == nil { resume() }
        process(input)
    }

    /// Ends the connection so that the client can still read the last response: FIN first, then all that comes is dropped
    /// for a while. Closed at once, unread bytes would make the kernel send RST, and that may overtake the response.
    private func linger() {
        held = nil
        isReadingRequest = false
        socket.shutdownWrite()
        unsent = .max
        watch(.lingering, listener.settings.drainTimeout)
        resume()
    }

    /// Closes once all is sent, or the client takes no more of it.
    private func end() {
        socket.close()
        watchWriting(as: .writing)
    }

    /// Answers with `failure` if nothing has been answered yet, and ends the connection: the request breaks the protocol or
    /// takes too long, or there is no room for another connection. Half a response is broken off visibly.
    func refuse(_ failure: Failure) {
        isLast = true
        let call = self.call
        self.call = nil
        let isAnswered = call?.isOver ?? false
        call?.cancel()
        if framing == nil {
            rules = AnswerRules(keepsAlive: false)
            listener.render(failure, on: self)
        } else if !isAnswered {
            socket.abort()
        }
        if let call { listener.gateway.recycle(call) }
        linger()
    }

    // MARK: Time

    private func watch(_ phase: Phase, _ duration: Duration?) {
        self.phase = phase
        if let duration {
            timer.schedule(at: reactor.now + duration)
        } else {
            timer.cancel()
        }
    }

    private func watchBody() {
        bodyBytes = 0
        phase = .body
        timer.schedule(at: min(reactor.now + listener.settings.bodyRatePeriod, bodyDeadline))
    }

    private func watchWriting(as phase: Phase) {
        unsent = socket.pendingBytes
        watch(phase, listener.settings.writeStallTimeout)
    }

    private func timedOut() {
        switch phase {
        case .idle: end()
        case .head: headIsLate()
        case .body: checkBody()
        case .response: break
        case .writing, .lingering: checkWriting()
        }
    }

    /// No more of the head will come in time, unless the connection has ended already.
    func headIsLate() {
        guard phase == .head else { return }
        if reader.isInsideHead { refuse(.slowRequest) } else { end() }
    }

    private func checkBody() {
        // Nothing comes while the upstream does not take it; unless that waits for the client to read.
        if isPaused { return socket.isWritable ? watchBody() : watchWriting(as: .writing) }
        guard bodyBytes >= listener.settings.minimumBodyBytesPerPeriod, reactor.now < bodyDeadline else {
            return refuse(.slowRequest)
        }
        watchBody()
    }

    private func checkWriting() {
        if phase == .lingering, socket.pendingBytes == 0 { return socket.close() }
        guard socket.pendingBytes < unsent else { return socket.abort() }
        watchWriting(as: phase)
    }
}

extension HTTP1ServerConnection: ServerConnection {
    func connected() {
        // Unless it was refused at once.
        if phase == .idle { watch(.head, listener.settings.headTimeout) }
    }

    func received(_ bytes: Bytes) {
        if phase == .lingering { return }
        if let waiting = held {
            var all = ByteWriter(capacity: waiting.count + bytes.count)
            all.append(waiting)
            all.append(bytes)
            held = all.finish()
            return
        }
        process(bytes)
    }

    func receivedEnd() {
        peerEnded = true
        if case .open = tunnel, let call, !call.isOver {
            readOn()
            return call.receive(.end(trailers: nil))
        }
        // A request that is whole is still answered: the client may only have closed its own direction.
        if call == nil || isReadingRequest || phase == .lingering { end() } else { isLast = true }
    }

    func drained() {
        guard let call else { return readOn() }
        if phase == .writing { if isReadingRequest { watchBody() } else { watch(.response, nil) } }
        call.clientDrained()
    }

    func closed(_ error: ReactorError?) {
        timer.cancel()
        if let call {
            self.call = nil
            call.cancel()
            listener.gateway.recycle(call)
        }
        listener.closed(self)
    }
}

extension HTTP1ServerConnection: TurnWork {
    func turnEnds() {
        advance()
    }
}

extension HTTP1ServerConnection {
    func pause() {
        isPaused = true
        socket.pauseReading()
    }

    func resume() {
        guard isPaused, held == nil else { return }
        isPaused = false
        socket.resumeReading()
    }

    /// The client does not read what it asked for.
    func watchWriting() {
        if phase == .response { watchWriting(as: .writing) } else if phase == .writing { unsent = socket.pendingBytes }
    }
}
