internal import Buffers
internal import CNGHTTP2

/// What nghttp2 does not look at: floods, and frames of streams that it has forgotten (SECURITY.md of the project, "HTTP/2").
extension HTTP2Session {
    /// Looks at a frame's header.
    /// - Returns: Whether nghttp2 shall have the frame. If not, `phase` says what to do, or the session has failed.
    func judge(_ header: FrameHeader) -> Bool {
        if blockStream != 0 { return judgeContinuation(header) }
        // nghttp2 ends the connection for both: no SETTINGS at first, and a frame too large.
        guard hasSettings || header.kind == FrameHeader.Kind.settings, header.length <= limits.frameBytes else {
            return true
        }
        switch header.kind {
        case FrameHeader.Kind.data: judgeData(header)
        case FrameHeader.Kind.headers: judgeHeaders(header)
        case FrameHeader.Kind.priority: return judgePriority(header)
        case FrameHeader.Kind.reset: if role == .server { countReset() }
        case FrameHeader.Kind.settings:
            if !header.has(FrameHeader.Flag.acknowledgement), hasSettings { countGlitch() }
            hasSettings = true
        // We never allow a push (RFC 9113 §8.4).
        case FrameHeader.Kind.pushPromise: fail(.protocolViolation)
        case FrameHeader.Kind.ping: judgePing(header)
        case FrameHeader.Kind.windowUpdate: judgeWindowUpdate()
        case FrameHeader.Kind.continuation: break
        default: countGlitch()
        }
        return failure == nil
    }

    private func judgeData(_ header: FrameHeader) {
        if header.length == 0, !header.has(FrameHeader.Flag.endStream) { countGlitch() }
        checkClosed(header)
    }

    private func judgeHeaders(_ header: FrameHeader) {
        if role == .server, header.stream & 1 == 1, header.stream > lastPeerStream {
            if header.stream > lastPeerStream &+ 2 { passedOver = lastPeerStream &+ 2..<header.stream }
            lastPeerStream = header.stream
        } else {
            checkClosed(header)
        }
        windowUpdatesDue &+= 1
        blockContinuations = 0
        beginBlock(header, bytes: header.length)
        if header.length == 0 { countGlitch() }
    }

    private func judgeContinuation(_ header: FrameHeader) -> Bool {
        guard header.kind == FrameHeader.Kind.continuation, header.stream == blockStream else { return true }
        blockContinuations &+= 1
        guard blockContinuations <= limits.continuations else {
            fail(.headerFlood)
            return false
        }
        if header.length == 0 { countGlitch() }
        beginBlock(header, bytes: blockBytes &+ header.length)
        return failure == nil
    }

    private func beginBlock(_ header: FrameHeader, bytes: Int) {
        blockBytes = bytes
        blockStream = header.has(FrameHeader.Flag.endHeaders) ? 0 : header.stream
        if blockBytes > limits.headerBlockBytes { fail(.headerFlood) }
    }

    /// Ends the connection for a frame that may only come on open streams (RFC 9113 §5.1), on one that has been closed.
    private func checkClosed(_ header: FrameHeader) {
        let number = header.stream
        let isOpened = role == .server ? number <= lastPeerStream : number < nghttp2_session_get_next_stream_id(session)
        guard number & 1 == 1, isOpened, slot(of: number) == nil else { return }
        if recentResets.contains(number) {
            // Sent before the peer knew, at least at first.
            if header.kind == FrameHeader.Kind.data { countGlitch() }
        } else {
            fail(passedOver.contains(number) ? .protocolViolation : .streamClosed)
        }
    }

    /// Priorities are for nobody (RFC 9113 §5.3.2): nghttp2 does not see them.
    private func judgePriority(_ header: FrameHeader) -> Bool {
        countGlitch()
        if header.stream == 0 { fail(.protocolViolation) }
        guard failure == nil else { return false }
        phase = .priority(header.length)
        priorityDependency = 0
        if header.length == 5 {
            priorityStream = header.stream
        } else {
            // Skipped; no stream has this number.
            priorityStream = -1
            refuse(header.stream, .badPriority)
        }
        return false
    }

    private func judgePing(_ header: FrameHeader) {
        if header.has(FrameHeader.Flag.acknowledgement), pingsSent > 0 {
            pingsSent &-= 1
        } else {
            countGlitch()
        }
    }

    /// Windows are opened for data that was sent, in each direction twice at most.
    private func judgeWindowUpdate() {
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
