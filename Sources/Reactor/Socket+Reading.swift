internal import Buffers
internal import CLinux
internal import Glibc

extension Socket {
    /// Delivers nothing more until `resumeReading`; the kernel's window then holds the peer back.
    public func pauseReading() {
        state.insert(.paused)
    }

    /// Goes on after `pauseReading`; what has come meanwhile is delivered in the next turn.
    public func resumeReading() {
        guard state.contains(.paused) else { return }
        state.remove(.paused)
        if state.contains(.readable) { readNextTurn() }
    }

    public var isReadingPaused: Bool {
        state.contains(.paused)
    }

    var canRead: Bool {
        // A handshake goes on whatever the handler wants: it has not heard of the connection yet.
        if state.contains(.handshaking) { return state.isDisjoint(with: [.connecting, .broken, .closed]) }
        return state.isDisjoint(with: [.connecting, .paused, .ended, .closing, .broken, .closed])
    }

    /// Reads until the kernel has nothing more, the handler pauses, or this socket had its share of the turn.
    func read() {
        if let tls { return readSealed(tls) }
        var share = reactor.settings.readBytesPerTurn
        while state.contains(.readable), canRead {
            if share <= 0 { return readNextTurn() }
            let room = reactor.openReadBuffer()
            let count = recv(descriptor, reactor.readPointer, room, 0)
            if count > 0 {
                // Registered for edges, a short read means that the kernel has nothing more; but the edge of a FIN
                // that came along is this one, so with it one reads on to the end.
                if count < room, !state.contains(.peerEnded) { state.remove(.readable) }
                share &-= count
                deliver(count)
                reactor.reclaimReadBuffer()
            } else if count == 0 {
                state.remove(.readable)
                state.insert(.ended)
                touch()
                handler?.receivedEnd()
            } else {
                failReading(dragoman_errno())
            }
        }
    }

    // Not inlined, so that the slice is gone on return and the buffer can be used again at once.
    @inline(never)
    func deliver(_ count: Int) {
        handler?.received(reactor.takeRead(count))
    }

    func failReading(_ code: Int32) {
        switch code {
        case EINTR: break
        case EAGAIN: state.remove(.readable)
        default: fail(ReactorError(.read, code: code))
        }
    }

    func readNextTurn() {
        if state.contains(.waitsToRead) { return }
        state.insert(.waitsToRead)
        reactor.waitingToRead.append(self)
    }

    /// The turn has come for what `read` left.
    func readOn() {
        state.remove(.waitsToRead)
        if state.contains(.readable), canRead { read() }
    }
}
