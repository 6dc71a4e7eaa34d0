internal import Buffers
internal import CLinux
internal import Glibc

// The filter: `readSealed` stands for `read`, `flushSealed` for `flush`, and the handshake comes before `connected`.
extension Socket {
    /// The connection stands; now for TLS.
    func beginHandshake(_ tls: TLSConnection) {
        let deadline = Timer(reactor.timers) { [unowned self] in fail(.handshakeTimeout) }
        deadline.schedule(at: reactor.now.advanced(byNanoseconds: tls.handshakeTimeout))
        tls.deadline = deadline
        shakeHands(tls)
    }

    private func shakeHands(_ tls: TLSConnection) {
        let result = tls.shakeHands()
        tls.keepOutput()
        if tls.unsentCount > 0 { touch() }
        switch result {
        case .underWay: break
        case .done:
            state.remove(.handshaking)
            tls.deadline = nil
            touch()
            if isOpen { handler?.connected() }
        case .failed(let error): failSealed(tls, error)
        }
    }

    /// Fails, but tells the peer why if the kernel takes it at once.
    private func failSealed(_ tls: TLSConnection, _ error: ReactorError) {
        if state.isDisjoint(with: [.connecting, .blocked, .unwritable]) { _ = sendUnsent(tls) }
        fail(error)
    }

    // MARK: Reading

    func readSealed(_ tls: TLSConnection) {
        defer { tls.releaseBuffers() }
        var share = reactor.settings.readBytesPerTurn
        while state.contains(.readable), canRead {
            if share <= 0 { return readNextTurn() }
            if tls.hasUnread {
                if let held = tls.takeHeld() {
                    held.span.withUnsafeBytes { receiveSealed(tls, $0) }
                } else {
                    receiveSealed(tls, UnsafeRawBufferPointer(start: nil, count: 0))
                }
                continue
            }
            let room = tls.buffers.input
            let count = recv(descriptor, room.base, room.capacity, 0)
            if count > 0 {
                if count < room.capacity, !state.contains(.peerEnded) { state.remove(.readable) }
                share &-= count
                receiveSealed(tls, UnsafeRawBufferPointer(start: room.base, count: count))
            } else if count == 0 {
                state.remove(.readable)
                fail(state.contains(.handshaking) ? .handshakeCut : .truncated)
            } else {
                failReading(dragoman_errno())
            }
        }
    }

    /// Opens what has come and delivers it, as far as the handler wants it.
    private func receiveSealed(_ tls: TLSConnection, _ bytes: UnsafeRawBufferPointer) {
        tls.feed(bytes)
        if state.contains(.handshaking) { shakeHands(tls) }
        while tls.hasInput, canRead, !state.contains(.handshaking) {
            let room = reactor.openReadBuffer()
            let (count, end) = tls.open(into: reactor.readPointer, room: room)
            tls.keepOutput()
            if count > 0 {
                deliver(count)
                reactor.reclaimReadBuffer()
            }
            if let end { endSealed(tls, end) }
        }
        tls.hold()
        if tls.unsentCount > 0 { touch() }
        // What is left waits for `resumeReading`, or for nobody.
        if tls.hasUnread { state.insert(.readable) }
    }

    private func endSealed(_ tls: TLSConnection, _ end: TLSConnection.End) {
        switch end {
        case .failed(let error): failSealed(tls, error)
        case .goodbye:
            state.insert(.ended)
            touch()
            handler?.receivedEnd()
        }
    }

    // MARK: Writing

    /// Seals what was written and offers it to the kernel.
    func flushSealed(_ tls: TLSConnection) {
        defer { tls.releaseBuffers() }
        while sendUnsent(tls), !state.contains(.handshaking) {
            if !outgoing.isEmpty {
                if let error = sealNext(tls) { return failWriting(error) }
            } else if !state.isDisjoint(with: [.closing, .endsWriting]), !tls.isSilent {
                tls.sayGoodbye()
            } else {
                return outgoing.closeTail(reactor.tails)
            }
            guard sendOutput(tls) else { return }
        }
    }

    /// Plaintext that is sealed before it is sent.
    private static let batch = 2 * TLSBuffers.recordBytes

    private func sealNext(_ tls: TLSConnection) -> ReactorError? {
        outgoing.takeNext(
            upTo: Socket.batch, gathering: tls.buffers.record, pool: reactor.buffers, tails: reactor.tails
        ) { tls.seal($0) }
    }

    /// Offers the kernel what has just been sealed; false when it does not take it all.
    private func sendOutput(_ tls: TLSConnection) -> Bool {
        let sent = tls.sendOutput { dragoman_send(descriptor, $0.baseAddress, $0.count) }
        let code = sent < 0 ? dragoman_errno() : 0
        if tls.unsentCount == 0 { return true }
        return code == EINTR ? sendUnsent(tls) : stopSending(tls, code)
    }

    /// Offers the kernel what it has not taken before; false when it does not take it all.
    private func sendUnsent(_ tls: TLSConnection) -> Bool {
        while tls.unsentCount > 0 {
            let offered = tls.unsentCount
            let sent = tls.sendUnsent { dragoman_send(descriptor, $0.baseAddress, $0.count) }
            let code = sent < 0 ? dragoman_errno() : 0
            if sent != offered, code != EINTR { return stopSending(tls, code) }
        }
        return true
    }

    /// The kernel took less than was offered, or refused it with `code`.
    private func stopSending(_ tls: TLSConnection, _ code: Int32) -> Bool {
        state.insert(.blocked)
        guard code != 0, code != EAGAIN else { return false }
        if tls.isSilent {
            // Only the goodbye is lost, to a peer that has left without one.
            tls.forgetUnsent()
        } else {
            failWriting(ReactorError(.write, code: code))
        }
        return false
    }
}
