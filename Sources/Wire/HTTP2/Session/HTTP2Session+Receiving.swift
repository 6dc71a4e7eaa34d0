public import Buffers
internal import CNGHTTP2

/// Cutting the input into frames, each of which nghttp2 gets once it has been judged.
extension HTTP2Session {
    /// Reads what the peer sent, all of it. Bodies are handed on as slices of `input`.
    ///
    /// - Parameter now: Nanoseconds of a monotonic clock; floods are measured by it.
    public func receive(_ input: Bytes, at now: Int64) {
        precondition(!isWorking, "a session is not called from within its own callbacks")
        isWorking = true
        self.now = now
        self.input = input
        var offset = 0
        while offset < input.count, failure == nil { step(input.span, &offset) }
        self.input = Bytes()
        isWorking = false
        settle()
    }

    /// The peer sends nothing more: whatever is not whole will never be.
    public func receivedEnd() {
        if case .preface = phase { fail(.badPreface) }
        settle()
        closeAll()
    }

    private func step(_ span: RawSpan, _ offset: inout Int) {
        let available = span.byteCount &- offset
        switch phase {
        case .preface(let have): readPreface(span, &offset, have)
        case .header(0) where available >= FrameHeader.byteCount:
            let header = FrameHeader(span, at: offset)
            if judge(header) {
                let count = FrameHeader.byteCount &+ min(header.length, available &- FrameHeader.byteCount)
                phase = .payload(header.length &+ FrameHeader.byteCount &- count)
                feed(span, &offset, count)
            } else {
                offset &+= FrameHeader.byteCount
            }
        case .header(let have): readPartialHeader(span, &offset, have)
        case .payload(let left):
            let count = min(left, available)
            phase = .payload(left &- count)
            feed(span, &offset, count)
        case .priority(let left): readPriority(span, &offset, left)
        }
        if case .payload(0) = phase {
            phase = .header(0)
            if blockStream == 0 { checkBlock() }
        }
    }

    /// Gives bytes to nghttp2.
    private func feed(_ span: RawSpan, _ offset: inout Int, _ count: Int) {
        let part = span.extracting(offset..<offset &+ count)
        offset &+= count
        guard failure == nil, count > 0 else { return }
        let result = part.withUnsafeBytes {
            nghttp2_session_mem_recv(session, $0.baseAddress?.assumingMemoryBound(to: UInt8.self), $0.count)
        }
        guard result < 0 else { return }
        switch Int32(truncatingIfNeeded: result) {
        case NGHTTP2_ERR_FLOODED.rawValue: fail(.glitchFlood)
        case NGHTTP2_ERR_TOO_MANY_CONTINUATIONS.rawValue: fail(.headerFlood)
        case NGHTTP2_ERR_BAD_CLIENT_MAGIC.rawValue: fail(.badPreface)
        default: fail(.internalError)
        }
    }

    private func readPreface(_ span: RawSpan, _ offset: inout Int, _ have: Int) {
        let text = HTTP2Preface.text
        let count = min(text.utf8CodeUnitCount &- have, span.byteCount &- offset)
        for index in 0..<count where span[offset &+ index] != text.utf8Start[have &+ index] { return fail(.badPreface) }
        phase = have &+ count == text.utf8CodeUnitCount ? .header(0) : .preface(have &+ count)
        feed(span, &offset, count)
    }

    private func readPartialHeader(_ span: RawSpan, _ offset: inout Int, _ have: Int) {
        let count = min(FrameHeader.byteCount &- have, span.byteCount &- offset)
        for index in 0..<count { partialHeader[have &+ index] = span[offset &+ index] }
        offset &+= count
        guard have &+ count == FrameHeader.byteCount else { return phase = .header(have &+ count) }
        let header = FrameHeader(partialHeader.span.bytes, at: 0)
        guard judge(header) else { return }
        phase = .payload(header.length)
        // A copy: nghttp2 calls back while it reads.
        let bytes = partialHeader
        var start = 0
        feed(bytes.span.bytes, &start, FrameHeader.byteCount)
    }

    /// Reads a PRIORITY frame for the one thing that may be wrong with it (RFC 7540 §5.3.1).
    private func readPriority(_ span: RawSpan, _ offset: inout Int, _ left: Int) {
        let count = min(left, span.byteCount &- offset)
        for index in 0..<count where left &- index > 1 {
            priorityDependency = priorityDependency << 8 | UInt32(span[offset &+ index])
        }
        offset &+= count
        phase = left == count ? .header(0) : .priority(left &- count)
        guard left == count, priorityDependency & 0x7FFF_FFFF == UInt32(bitPattern: priorityStream) else { return }
        violate(number: priorityStream, .selfDependency)
    }
}
