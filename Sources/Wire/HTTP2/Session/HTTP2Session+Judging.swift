internal import Buffers
internal import CNGHTTP2
internal import HTTP

/// What nghttp2 does not look at: floods, and frames of streams that it has forgotten. What ends the connection is found
/// here first where it can be, so that nothing is read after it.
extension HTTP2Session {
    /// Looks at a frame's header.
    /// - Returns: Whether nghttp2 shall have the frame. If not, `phase` says what to do, or the session has failed.
    func judge(_ header: FrameHeader) -> Bool {
        guard header.length <= (hasAcknowledgedSettings ? limits.frameBytes : 16_384) else {
            fail(.frameSize)
            return false
        }
        switch header.kind {
        case _ where blockStream != 0: judgeContinuation(header)
        case FrameHeader.Kind.settings: judgeSettings(header)
        // Nothing comes before SETTINGS (RFC 9113 §3.4).
        case _ where !hasSettings: fail(.protocolViolation)
        case FrameHeader.Kind.data: judgeData(header)
        case FrameHeader.Kind.headers: judgeHeaders(header)
        case FrameHeader.Kind.priority:
            judgePriority(header)
            return false
        case FrameHeader.Kind.reset:
            if header.length != 4 { fail(.frameSize) } else { judgeReset(header) }
        case FrameHeader.Kind.ping: judgePing(header)
        case FrameHeader.Kind.windowUpdate: judgeWindowUpdate(header)
        // We never allow a push (RFC 9113 §8.4), and a CONTINUATION here continues nothing.
        case FrameHeader.Kind.pushPromise, FrameHeader.Kind.continuation: fail(.protocolViolation)
        case FrameHeader.Kind.goAway: if header.length < 8 { fail(.frameSize) } else { countGlitch() }
        default: countGlitch()
        }
        return failure == nil
    }

    private func judgeSettings(_ header: FrameHeader) {
        let isAcknowledgement = header.has(FrameHeader.Flag.acknowledgement)
        guard hasSettings || !isAcknowledgement else { return fail(.protocolViolation) }
        guard header.length % 6 == 0, !isAcknowledgement || header.length == 0 else { return fail(.frameSize) }
        guard header.length / 6 <= limits.settingsEntries else { return fail(.glitchFlood) }
        if hasSettings, !isAcknowledgement { countGlitch() }
        hasSettings = true
    }

    private func judgeData(_ header: FrameHeader) {
        if header.length == 0, !header.has(FrameHeader.Flag.endStream) { countGlitch() }
        guard header.stream != 0, header.length > 0 || !header.has(FrameHeader.Flag.padded) else {
            return fail(.protocolViolation)
        }
        guard header.length <= nghttp2_session_get_local_window_size(session) else { return fail(.flowControl) }
        guard let slot = slot(of: header.stream) else { return checkClosed(header) }
        let flags = streams[slot].flags
        if flags.contains(.hasEnd) {
            fail(.streamClosed)
        } else if flags.isDisjoint(with: [.hasHead, .isReset]), streams[slot].interimCount == 0 {
            fail(.protocolViolation)
        } else if header.length > nghttp2_session_get_stream_local_window_size(session, header.stream),
            !flags.contains(.isReset)
        {
            violate(slot, .streamFlowControl)
        }
    }

    private func judgeHeaders(_ header: FrameHeader) {
        if role == .server, header.stream & 1 == 1, header.stream > lastPeerStream {
            if header.stream > lastPeerStream &+ 2 { passedOver = lastPeerStream &+ 2..<header.stream }
            lastPeerStream = header.stream
            // Refused by our GOAWAY; nghttp2 decodes it for HPACK's sake.
            if header.stream > lastServedStream { countGlitch() }
        } else {
            checkClosed(header)
        }
        windowUpdatesDue &+= 1
        blockContinuations = 0
        beginBlock(header, bytes: header.length)
        if header.length == 0 { countGlitch() }
    }

    private func judgeContinuation(_ header: FrameHeader) {
        guard header.kind == FrameHeader.Kind.continuation, header.stream == blockStream else {
            return fail(.protocolViolation)
        }
        blockContinuations &+= 1
        guard blockContinuations <= limits.continuations else { return fail(.headerFlood) }
        if header.length == 0 { countGlitch() }
        beginBlock(header, bytes: blockBytes &+ header.length)
    }

    private func beginBlock(_ header: FrameHeader, bytes: Int) {
        blockBytes = bytes
        blockStream = header.has(FrameHeader.Flag.endHeaders) ? 0 : header.stream
        if blockBytes > limits.headerBlockBytes { fail(.headerFlood) }
    }

    /// Ends the connection for a frame that may only come on open streams (RFC 9113 §5.1), on one that is closed or idle.
    private func checkClosed(_ header: FrameHeader) {
        let number = header.stream
        let isOpened = role == .server ? number <= lastPeerStream : number < nghttp2_session_get_next_stream_id(session)
        guard slot(of: number) == nil else { return }
        guard number & 1 == 1, isOpened else { return fail(.protocolViolation) }
        if recentResets.contains(number) || role == .server && number > lastServedStream {
            // Sent before the peer knew, at least at first.
            countGlitch()
        } else {
            fail(passedOver.contains(number) ? .protocolViolation : .streamClosed)
        }
    }

    private func judgeReset(_ header: FrameHeader) {
        // A server may reset what it was asked for; more is of no use.
        if role == .server { countReset() } else if slot(of: header.stream) == nil { countGlitch() }
    }

    /// Priorities are for nobody (RFC 9113 §5.3.2): nghttp2 does not see them.
    private func judgePriority(_ header: FrameHeader) {
        countGlitch()
        guard header.stream != 0 else { return fail(.protocolViolation) }
        phase = .priority(header.length)
        priorityDependency = 0
        if header.length == 5 {
            priorityStream = header.stream
        } else {
            // Skipped; no stream has this number.
            priorityStream = -1
            violate(number: header.stream, .badPriority)
        }
    }

    private func judgePing(_ header: FrameHeader) {
        guard header.length == 8 else { return fail(.frameSize) }
        if header.has(FrameHeader.Flag.acknowledgement), pingsSent > 0 {
            pingsSent &-= 1
        } else {
            countGlitch()
        }
    }

    /// Windows are opened for data that was sent, in each direction twice at most.
    private func judgeWindowUpdate(_ header: FrameHeader) {
        guard header.length == 4 else { return fail(.frameSize) }
        if windowUpdatesDue > 0 { windowUpdatesDue &-= 1 } else { countGlitch() }
    }

    // MARK: Budgets

    /// Counts something that is legal and of no use.
    func countGlitch(_ cost: Int = 1) {
        guard glitches.spend(cost, at: now) else { return fail(.glitchFlood) }
        if glitches.isNearlySpent { drain() }
    }

    /// Counts a stream that was reset because of the peer (CVE-2023-44487, CVE-2025-8671).
    func countReset() {
        if !resets.spend(at: now) { fail(.resetFlood) }
    }
}
