internal import Buffers
internal import CNGHTTP2
internal import HTTP

/// Header blocks, as nghttp2 decodes them field by field.
extension HTTP2Session {
    private static let goOn: Int32 = 0
    /// nghttp2 decodes the rest of the block for HPACK's sake, and tells nothing more of it.
    private static let ignore = NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE.rawValue

    /// A header block begins. A request's opens a stream.
    func beginHeaders(_ number: Int32) -> Int32 {
        guard let slot = slot(of: number) else { return beginRequest(number) }
        if streams[slot].flags.contains(.hasHead) {
            trailerBuilder = TrailerBuilder()
            block = Block(kind: .trailers, stream: streams.name(of: slot))
        } else {
            responseBuilder.removeAll()
            block = Block(kind: .response, stream: streams.name(of: slot))
        }
        return Self.goOn
    }

    private func beginRequest(_ number: Int32) -> Int32 {
        block = nil
        guard role == .server else { return Self.ignore }
        guard streams.count < limits.concurrentStreams else {
            // Streams that are over count as long as somebody works for them (CVE-2023-44487).
            nghttp2_submit_rst_stream(session, 0, number, HTTP2ErrorCode.refusedStream.rawValue)
            noteRefusal(number, .tooManyStreams)
            return Self.ignore
        }
        let stream = streams.take(number)
        nghttp2_session_set_stream_user_data(session, number, Self.mark(stream.slot))
        // All streams share the connection, frame by frame.
        var fair = nghttp2_extpri(urgency: 3, inc: 1)
        nghttp2_session_change_extpri_stream_priority(session, number, &fair, 1)
        requestBuilder.removeAll()
        block = Block(kind: .request, stream: stream)
        return Self.goOn
    }

    func addField(_ name: RawSpan, _ value: RawSpan) -> Int32 {
        let isFlood: Bool
        switch block?.kind {
        case nil: return Self.goOn
        case .request:
            requestBuilder.add(name: name, value: value, limits: limits)
            isFlood = requestBuilder.meter.isFlood(limits)
        case .response:
            responseBuilder.add(name: name, value: value, limits: limits)
            isFlood = responseBuilder.meter.isFlood(limits)
        case .trailers:
            trailerBuilder.add(name: name, value: value, limits: limits)
            isFlood = trailerBuilder.meter.isFlood(limits)
        }
        guard isFlood else { return Self.goOn }
        fail(.headerFlood)
        return Self.ignore
    }

    /// The header block is whole.
    func finishHeaders(endsStream: Bool) {
        guard let decoded = block.take() else { return }
        switch decoded.kind {
        case .request: finishRequest(decoded.stream.slot, endsStream)
        case .response: finishResponse(decoded.stream.slot, endsStream)
        case .trailers: finishTrailers(decoded.stream.slot, endsStream)
        }
    }

    /// The last byte of a header block was read. When nghttp2 has not said so, it could not decode the block, unless the
    /// stream was reset meanwhile.
    func checkBlock() {
        guard let undecoded = block.take(), streams.contains(undecoded.stream) else { return }
        let flags = streams[undecoded.stream.slot].flags
        if flags.isDisjoint(with: [.isReset, .wasReset, .closed]), failure == nil { failure = .compression }
    }

    private func finishRequest(_ slot: Int, _ endsStream: Bool) {
        do throws(HTTP2Error) {
            try requestBuilder.finish(endsStream: endsStream)
        } catch {
            return refuseRequest(slot, error, endsStream)
        }
        let stream = streams.name(of: slot)
        streams[slot].flags.insert(requestBuilder.head.method == .head ? [.hasHead, .isHead] : .hasHead)
        if case .known(let length) = requestBuilder.head.body { streams[slot].expected = length }
        handler.received(&requestBuilder.head, on: stream)
        if endsStream { finishMessage(stream, nil) }
    }

    private func refuseRequest(_ slot: Int, _ error: HTTP2Error, _ endsStream: Bool) {
        guard error.isAnswerable else { return violate(slot, error) }
        // To decode what is too large and to answer it costs more than to send it.
        if error.status == 431 { countGlitch(10) }
        streams[slot].flags.insert(
            requestBuilder.head.method == .head ? [.hasHead, .isRefused, .isHead] : [.hasHead, .isRefused])
        if endsStream { streams[slot].flags.insert(.hasEnd) }
        handler.refused(error, on: streams.name(of: slot))
    }

    private func finishResponse(_ slot: Int, _ endsStream: Bool) {
        let stream = streams.name(of: slot)
        do throws(HTTP2Error) {
            streams[slot].expected = try responseBuilder.finish(
                endsStream: endsStream, answersHead: streams[slot].flags.contains(.isHead))
            if responseBuilder.head.status < 200 {
                streams[slot].interimCount += 1
                guard streams[slot].interimCount <= limits.interimResponses else { throw .tooManyInterimResponses }
                return handler.receivedInterim(&responseBuilder.head, on: stream)
            }
        } catch {
            return violate(slot, error)
        }
        streams[slot].flags.insert(.hasHead)
        handler.received(&responseBuilder.head, on: stream)
        if endsStream { finishMessage(stream, nil) }
    }

    private func finishTrailers(_ slot: Int, _ endsStream: Bool) {
        if streams[slot].flags.contains(.isRefused) {
            if endsStream { streams[slot].flags.insert(.hasEnd) }
            return
        }
        let fields: Headers?
        do throws(HTTP2Error) {
            guard endsStream else { throw .trailersNotLast }
            guard streams[slot].expected <= 0 else { throw .lengthMismatch }
            fields = try trailerBuilder.take()
        } catch {
            return violate(slot, error)
        }
        finishMessage(streams.name(of: slot), fields)
    }

    /// The peer's message is whole, unless the handler has ended the stream meanwhile.
    func finishMessage(_ stream: HTTP2StreamID, _ trailers: Headers?) {
        guard streams.contains(stream) else { return }
        streams[stream.slot].flags.insert(.hasEnd)
        if !streams[stream.slot].flags.contains(.silent) { handler.receivedEnd(trailers, on: stream) }
    }
}
