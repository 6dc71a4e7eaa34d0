public import Buffers
internal import CLinux
internal import Glibc

extension Socket {
    /// Bytes written and not yet taken by the kernel.
    public var pendingBytes: Int {
        if let tls { outgoing.count &+ tls.unsentCount } else { outgoing.count }
    }

    /// False while too much is unsent: the producer should pause until `drained`. Writing more is possible, only
    /// unwise.
    public var isWritable: Bool {
        state.isDisjoint(with: [.overHighMark, .endsWriting, .closing, .unwritable, .broken, .closed])
    }

    /// Sends `bytes` after all that was written before: small ones are copied, large ones referred to.
    public func write(_ bytes: Bytes) {
        guard canWrite else { return }
        outgoing.append(bytes, tails: reactor.tails)
        wrote()
    }

    /// Up to this many bytes at once are copied by `write`.
    public static var copyLimit: Int { SendQueue.copyLimit }

    /// Lets an encoder write straight into the socket's outgoing bytes.
    ///
    /// - Parameter room: Bytes that it writes, about, where they may be many.
    /// - Parameter encode: Appends to the writer, which may already hold earlier bytes, and does not write to the
    ///   socket otherwise. Not called when the socket can no longer be written to.
    public func write<Failure: Error>(
        room: Int = 0, _ encode: (inout ByteWriter) throws(Failure) -> Void
    ) throws(Failure) {
        guard canWrite else { return }
        var tail = outgoing.takeTail(reactor.tails, room: room)
        state.insert(.encoding)
        do throws(Failure) {
            try encode(&tail)
        } catch {
            encoded(tail)
            throw error
        }
        encoded(tail)
    }

    private func encoded(_ tail: consuming ByteWriter) {
        state.remove(.encoding)
        outgoing.putTail(tail)
        wrote()
    }

    private var canWrite: Bool {
        precondition(state.isDisjoint(with: .encoding), "an encoder writes to its own socket")
        return state.isDisjoint(with: [.endsWriting, .closing, .unwritable, .broken, .closed])
    }

    private func wrote() {
        touch()
        if pendingBytes < reactor.settings.highMark { return }
        // Much at once need not wait for the end of the turn: what counts as unsent is what the kernel did not take.
        if state.isDisjoint(with: [.blocked, .broken]) { flush() }
        if pendingBytes >= reactor.settings.highMark { state.insert(.overHighMark) }
    }

    func failWriting(_ error: ReactorError) {
        failure = error
        outgoing.removeAll()
        tls?.forgetUnsent()
        state.insert(.unwritable)
        touch()
    }

    /// Offers the kernel all that is unsent.
    func flush() {
        if let tls { return flushSealed(tls) }
        while !outgoing.isEmpty {
            let offered: Int
            let sent: Int
            if outgoing.isTailOnly {
                offered = outgoing.count
                sent = outgoing.withTail { dragoman_send(descriptor, $0.baseAddress, $0.count) }
                if sent == offered { break }
                if sent > 0 { outgoing.seal() }
            } else {
                let vectors = reactor.vectors
                let used = outgoing.gather(into: vectors)
                offered = vectors[..<used].reduce(0) { $0 + $1.iov_len }
                sent = dragoman_send_all(descriptor, vectors.baseAddress, used)
            }
            if sent < 0 {
                let code = dragoman_errno()
                if code == EINTR { continue }
                state.insert(.blocked)
                if code != EAGAIN { failWriting(ReactorError(.write, code: code)) }
                return
            }
            outgoing.sent(sent, pool: reactor.buffers, tails: reactor.tails)
            if sent < offered {
                state.insert(.blocked)
                return
            }
        }
        outgoing.closeTail(reactor.tails)
    }
}
