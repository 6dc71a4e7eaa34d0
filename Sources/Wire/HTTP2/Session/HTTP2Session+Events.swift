internal import Buffers
internal import CNGHTTP2
internal import HTTP

/// What nghttp2 tells of frames and streams.
extension HTTP2Session {
    /// A whole frame was received.
    func received(_ frame: UnsafePointer<nghttp2_frame>) {
        guard let header = SessionFactory.frameHeader(frame) else { return }
        let endsStream = header.flags & FrameHeader.Flag.endStream != 0
        switch header.type {
        case FrameHeader.Kind.headers: finishHeaders(endsStream: endsStream)
        case FrameHeader.Kind.data: finishData(header, padding: frame.pointee.data.padlen, endsStream)
        case FrameHeader.Kind.reset:
            if let slot = slot(of: header.stream_id) { streams[slot].flags.insert(.wasReset) }
        case FrameHeader.Kind.settings:
            if header.flags & FrameHeader.Flag.acknowledgement != 0 {
                hasAcknowledgedSettings = true
            } else {
                handler.settingsChanged()
            }
        case FrameHeader.Kind.ping:
            if header.flags & FrameHeader.Flag.acknowledgement != 0 { pinged(frame.pointee.ping) }
        case FrameHeader.Kind.goAway:
            handler.goAway(HTTP2ErrorCode(rawValue: frame.pointee.goaway.error_code))
        default: break
        }
    }

    /// A frame was received that nghttp2 does not accept.
    func receivedInvalid(_ frame: UnsafePointer<nghttp2_frame>, _ error: Int32) {
        guard let header = SessionFactory.frameHeader(frame) else { return }
        switch error {
        case NGHTTP2_ERR_REFUSED_STREAM.rawValue:
            noteRefusal(header.stream_id, .tooManyStreams)
        case NGHTTP2_ERR_FLOW_CONTROL.rawValue where header.stream_id != 0:
            if let slot = slot(of: header.stream_id) { violate(slot, .streamFlowControl) }
        // All else ends the connection; nghttp2 says so when this returns.
        case NGHTTP2_ERR_FLOW_CONTROL.rawValue: failure = failure ?? .flowControl
        case NGHTTP2_ERR_STREAM_CLOSED.rawValue: failure = failure ?? .streamClosed
        case NGHTTP2_ERR_FRAME_SIZE_ERROR.rawValue: failure = failure ?? .frameSize
        case NGHTTP2_ERR_HEADER_COMP.rawValue: failure = failure ?? .compression
        default: failure = failure ?? .protocolViolation
        }
    }

    // MARK: Data

    func receivedData(_ data: UnsafePointer<UInt8>, _ length: Int, on number: Int32) {
        guard let slot = slot(of: number), streams[slot].flags.isDisjoint(with: [.silent, .isRefused]) else {
            nghttp2_session_consume(session, number, length)
            return
        }
        guard streams[slot].flags.contains(.hasHead) else { return violateByData(slot, .dataBeforeHead, length) }
        if streams[slot].expected >= 0 {
            guard length <= streams[slot].expected else { return violateByData(slot, .lengthMismatch, length) }
            streams[slot].expected &-= length
        }
        streams[slot].unconsumed &+= length
        let start = UnsafeRawPointer(data) - (UnsafeRawPointer(input.slab.base) + input.offset)
        handler.received(input[start..<start &+ length], on: streams.name(of: slot))
    }

    private func violateByData(_ slot: Int, _ error: HTTP2Error, _ length: Int) {
        nghttp2_session_consume(session, streams[slot].number, length)
        violate(slot, error)
    }

    private func finishData(_ header: nghttp2_frame_hd, padding: Int, _ endsStream: Bool) {
        // A frame of padding alone is as empty as an empty one, which was counted already.
        if !endsStream, header.length > 0, header.length <= padding { countGlitch() }
        guard endsStream, let slot = slot(of: header.stream_id) else { return }
        guard streams[slot].flags.isDisjoint(with: [.silent, .isRefused]) else {
            streams[slot].flags.insert(.hasEnd)
            return
        }
        guard streams[slot].expected <= 0 else { return violate(slot, .lengthMismatch) }
        finishMessage(streams.name(of: slot), nil)
    }

    // MARK: Ends

    /// Resets a stream whose peer broke the rules, and says so.
    func violate(_ slot: Int, _ error: HTTP2Error) {
        let hadHead = streams[slot].flags.contains(.hasHead)
        sendReset(slot, error.code)
        if role == .server { countReset() }
        if hadHead || role == .client { return report(slot, .violated(error)) }
        streams[slot].flags.formUnion([.silent, .released])
        handler.rejected(error)
    }

    /// Resets a stream by its number; the connection, if it is not open.
    func violate(number: Int32, _ error: HTTP2Error) {
        if let slot = slot(of: number), !streams[slot].flags.contains(.silent) {
            violate(slot, error)
        } else if number > 0, slot(of: number) == nil {
            fail(error == .badPriority ? .frameSize : .protocolViolation)
        }
    }

    /// Notes that a stream is reset that never got a slot.
    func noteRefusal(_ number: Int32, _ error: HTTP2Error) {
        recentResets.insert(number)
        countReset()
        handler.rejected(error)
    }

    func sendReset(_ slot: Int, _ code: HTTP2ErrorCode) {
        forgetQueue(slot)
        streams[slot].flags.insert(.isReset)
        nghttp2_submit_rst_stream(session, 0, streams[slot].number, code.rawValue)
    }

    /// nghttp2 forgets a stream.
    func streamClosed(_ number: Int32, _ code: HTTP2ErrorCode) {
        guard let slot = slot(of: number) else { return }
        streams[slot].flags.insert(.closed)
        giveBackWindow(slot)
        forgetQueue(slot)
        report(slot, end(slot, code))
        streams.freeIfDone(slot)
    }

    private func end(_ slot: Int, _ code: HTTP2ErrorCode) -> HTTP2StreamEnd {
        let flags = streams[slot].flags
        if code == .refusedStream, role == .client { return .refused }
        if flags.contains(.wasReset) { return .reset(code) }
        // Behind the last stream of our own GOAWAY.
        if code == .refusedStream { return .lost }
        return code == .noError ? .finished : .violated(HTTP2Error(streamError: code))
    }

    /// What the handler has not consumed of a closed stream is no longer the connection's burden.
    func giveBackWindow(_ slot: Int) {
        guard streams[slot].unconsumed > 0 else { return }
        nghttp2_session_consume_connection(session, streams[slot].unconsumed)
        streams[slot].unconsumed = 0
    }

    private func pinged(_ ping: nghttp2_ping) {
        let data = withUnsafeBytes(of: ping.opaque_data) { UInt64(bigEndian: $0.loadUnaligned(as: UInt64.self)) }
        if isDraining, data == Self.drainPing { return finishDrain() }
        handler.pingAcknowledged(data)
    }

    // MARK: Sent

    /// A frame has been written.
    func sent(_ frame: UnsafePointer<nghttp2_frame>) {
        guard let header = SessionFactory.frameHeader(frame) else { return }
        switch header.type {
        case FrameHeader.Kind.headers, FrameHeader.Kind.data:
            windowUpdatesDue &+= 2
            if header.flags & FrameHeader.Flag.endStream != 0 { sentEnd(header.stream_id) }
        case FrameHeader.Kind.reset:
            recentResets.insert(header.stream_id)
            if let slot = slot(of: header.stream_id), !streams[slot].flags.contains(.isReset), role == .server {
                // nghttp2 found something wrong by itself.
                countReset()
            }
        case FrameHeader.Kind.goAway:
            let code = HTTP2ErrorCode(rawValue: frame.pointee.goaway.error_code)
            if code != .noError, failure == nil { failure = HTTP2Error(connectionError: code) }
        default: break
        }
    }

    /// Our message has left. What is left of the request is of no use to anybody (RFC 9113 §8.1).
    private func sentEnd(_ number: Int32) {
        guard let slot = slot(of: number) else { return }
        streams[slot].flags.insert(.sentEnd)
        guard role == .server, streams[slot].flags.isDisjoint(with: [.hasEnd, .isReset, .wasReset]) else { return }
        streams[slot].flags.insert(.isReset)
        nghttp2_submit_rst_stream(session, 0, number, HTTP2ErrorCode.noError.rawValue)
    }
}

extension HTTP2Error {
    /// What a stream error is called that nghttp2 found, by the code that it sends.
    init(streamError code: HTTP2ErrorCode) {
        self = code == .flowControlError ? .streamFlowControl : HTTP2Error(connectionError: code)
    }
}
