internal import Buffers
internal import CLinux
internal import Glibc

/// One stream connection, TCP or unix, non-blocking, on its worker's loop.
///
/// Set `handler` as soon as the socket is there (nothing is called before the current callback returns). All that is
/// written within one turn leaves with one system call at its end. After `close`, `abort` or a failure every verb does
/// nothing until the handler hears `closed`, and nothing ever after.
///
/// TLS sits where bytes cross between handler and kernel: `read` on the way in, `flush` on the way out. Handlers see
/// plaintext, and `connected` only when the handshake is done.
public final class Socket: Pollable {
    /// What is true of a socket now.
    struct State: OptionSet {
        let rawValue: UInt32

        /// A connect is under way; nothing is read or written yet.
        static let connecting = State(rawValue: 1 << 0)
        /// The kernel may have more to read than was read.
        static let readable = State(rawValue: 1 << 1)
        /// A FIN was seen; what came before it may still be unread.
        static let peerEnded = State(rawValue: 1 << 2)
        /// The FIN was delivered.
        static let ended = State(rawValue: 1 << 3)
        static let paused = State(rawValue: 1 << 4)
        /// The kernel took less than was offered: wait for output readiness.
        static let blocked = State(rawValue: 1 << 5)
        static let overHighMark = State(rawValue: 1 << 6)
        /// In the reactor's list for the end of the turn.
        static let dirty = State(rawValue: 1 << 7)
        /// In the reactor's list of sockets to read on in the next turn.
        static let waitsToRead = State(rawValue: 1 << 8)
        /// `shutdownWrite` was called.
        static let endsWriting = State(rawValue: 1 << 9)
        /// … and is done.
        static let endedWriting = State(rawValue: 1 << 10)
        /// `close` was called: what is unsent goes first.
        static let closing = State(rawValue: 1 << 11)
        /// `abort` was called, or there is a failure: nothing goes any more.
        static let broken = State(rawValue: 1 << 12)
        static let reset = State(rawValue: 1 << 13)
        static let closed = State(rawValue: 1 << 14)
        /// Writing has failed; what the peer said before is still to be read.
        static let unwritable = State(rawValue: 1 << 15)
        /// An encoder has the tail.
        static let encoding = State(rawValue: 1 << 16)
        /// The TLS handshake is not done; the handler has not heard `connected`.
        static let handshaking = State(rawValue: 1 << 17)
    }

    public let reactor: Reactor
    // Unchecked exclusivity, here and in Reactor and Timer: no access to these lasts across a call that could come back
    // (an encoder gets the tail moved out of `outgoing`), so none can overlap, and the checks were half of a turn's work.
    /// Who hears of this socket; may be replaced at any time (a protocol upgrade). Let go of after `closed`.
    @exclusivity(unchecked) public var handler: (any SocketHandler)?
    /// The other end.
    public let peer: SocketAddress
    /// What was agreed with the peer by TLS; nil on a plain socket.
    public let tls: TLSConnection?
    let descriptor: Int32
    var token: UInt64 = 0
    @exclusivity(unchecked) var state: State
    var failure: ReactorError?
    @exclusivity(unchecked) var outgoing = SendQueue()

    init(reactor: Reactor, descriptor: Int32, peer: SocketAddress, state: State, tls: TLSConnection? = nil) {
        self.reactor = reactor
        self.descriptor = descriptor
        self.peer = peer
        self.state = tls == nil ? state : state.union(.handshaking)
        self.tls = tls
    }

    /// This end; asks the kernel.
    public var local: SocketAddress? {
        isOpen ? SocketAddress.ask(descriptor, getsockname) : nil
    }

    /// False once `close`, `abort` or a failure has ended it.
    public var isOpen: Bool {
        state.isDisjoint(with: [.closing, .broken, .closed])
    }

    // MARK: Ending

    /// Sends FIN once all that was written is sent. Reading goes on.
    public func shutdownWrite() {
        guard isOpen else { return }
        state.insert(.endsWriting)
        touch()
    }

    /// Closes once all that was written is sent; nothing is delivered any more but `closed`.
    ///
    /// A peer that does not read keeps it waiting: have a timer that calls `abort`. Unread bytes make the kernel send
    /// RST; to be sure that the peer reads the last answer, `shutdownWrite` and read on to its FIN instead.
    public func close() {
        guard isOpen else { return }
        state.insert(.closing)
        touch()
    }

    /// Drops what is unsent and resets the connection (RST).
    public func abort() {
        guard state.isDisjoint(with: [.broken, .closed]) else { return }
        state.formUnion([.broken, .reset])
        touch()
    }

    /// Lets the socket fail; the handler hears of it at the end of the turn.
    func fail(_ error: ReactorError) {
        guard state.isDisjoint(with: [.broken, .closed]) else { return }
        failure = error
        state.insert(.broken)
        touch()
    }

    /// Has the socket looked at when the turn ends.
    func touch() {
        if state.contains(.dirty) { return }
        state.insert(.dirty)
        reactor.dirty.append(self)
    }

    // MARK: Events

    func shutDown() {
        close()
    }

    func ready(_ readiness: Readiness) {
        if !state.isDisjoint(with: [.broken, .closed]) { return }
        if state.contains(.connecting) { return finishConnecting(readiness) }
        if !readiness.isDisjoint(with: [.peerEnded, .hangUp]) { state.insert(.peerEnded) }
        if !readiness.isDisjoint(with: [.input, .peerEnded, .hangUp, .error]) {
            state.insert(.readable)
            if canRead { read() } else if readiness.contains(.error) { noticeReset() }
        }
        if state.contains(.blocked), readiness.contains(.output) {
            state.remove(.blocked)
            touch()
        }
    }

    private func finishConnecting(_ readiness: Readiness) {
        if readiness.isDisjoint(with: [.output, .hangUp, .error]) { return }
        let error = pendingError()
        guard error == 0 else { return fail(ReactorError(.connect, code: error)) }
        state.subtract([.connecting, .blocked])
        if !readiness.isDisjoint(with: [.peerEnded, .hangUp]) { state.insert(.peerEnded) }
        if !readiness.isDisjoint(with: [.input, .peerEnded, .hangUp]) { state.insert(.readable) }
        touch()
        begin()
        if state.contains(.readable), canRead { read() }
    }

    /// The connection stands.
    func begin() {
        if let tls { return beginHandshake(tls) }
        if isOpen { handler?.connected() }
    }

    /// A peer may answer, close and reset while we still write: what it said comes before the failure.
    private func readLastWords() {
        if state.isDisjoint(with: [.ended, .closing]), dragoman_unread_bytes(descriptor) > 0 {
            state.insert(.readable)
            // Paused, the failure is found when reading goes on.
            if canRead { read() }
            if state.contains(.readable) { return }
        }
        state.insert(.broken)
    }

    /// A reset came while nothing is being read. Bytes that came before it are delivered first, when reading resumes.
    private func noticeReset() {
        if state.isDisjoint(with: [.ended, .closing]), dragoman_unread_bytes(descriptor) > 0 { return }
        let error = pendingError()
        if error != 0 { fail(ReactorError(.read, code: error)) }
    }

    private func pendingError() -> Int32 {
        var error: Int32 = 0
        var size = socklen_t(MemoryLayout<Int32>.size)
        return getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &error, &size) == 0 ? error : dragoman_errno()
    }

    // MARK: End of turn

    /// Sends what was written and draws the conclusions.
    func endTurn() {
        state.remove(.dirty)
        if state.contains(.closed) { return }
        if state.isDisjoint(with: [.blocked, .broken]) { flush() }
        if state.contains(.unwritable), state.isDisjoint(with: .broken) { readLastWords() }
        if state.contains(.broken) { return dispose() }
        if pendingBytes == 0 {
            if state.contains(.closing) { return dispose() }
            if state.contains(.endsWriting), state.isDisjoint(with: [.connecting, .handshaking]) {
                if !state.contains(.endedWriting) {
                    state.insert(.endedWriting)
                    shutdown(descriptor, Int32(SHUT_WR))
                }
                if state.contains(.ended) { return dispose() }
            }
        }
        if state.contains(.overHighMark), pendingBytes <= reactor.settings.lowMark {
            state.remove(.overHighMark)
            if isOpen { handler?.drained() }
        }
    }

    private func dispose() {
        state.insert(.closed)
        outgoing.removeAll()
        tls?.dispose()
        if descriptor >= 0 {
            reactor.poller.forget(token)
            if state.contains(.reset) { dragoman_reset_on_close(descriptor) }
            Glibc.close(descriptor)
        }
        let last = handler
        handler = nil
        last?.closed(failure)
    }
}
