public import Buffers
internal import CNGHTTP2
public import HTTP

/// What the handler asks for. Nothing is written before `send`; what is asked of a stream that is over is not done.
extension HTTP2Session {
    // MARK: Heads

    /// Opens a stream with a request. When `head.body` says that there is none, the request is whole with it.
    ///
    /// - Throws: `unwritableHead`, or `noStream` when the connection takes no more streams (`availableStreams`).
    public func request(_ head: borrowing HTTPRequestHead, isSecure: Bool) throws(HTTP2Error) -> HTTP2StreamID {
        guard head.isWritable, head.headers.isSendable else { throw .unwritableHead }
        let next = nghttp2_session_get_next_stream_id(session)
        guard role == .client, failure == nil, next <= UInt32(Int32.max) else { throw .noStream }
        let stream = streams.take(Int32(next))
        var promised = -1
        if case .known(let length) = head.body { promised = length }
        let endsStream = head.body == .none || promised == 0
        let number = submit(head, isSecure: isSecure, endsStream: endsStream, Self.mark(stream.slot))
        guard number == stream.number else {
            streams[stream.slot].flags = [.closed, .released]
            streams.freeIfDone(stream.slot)
            throw .noStream
        }
        streams[stream.slot].promised = promised
        streams[stream.slot].flags = endsStream ? [.sendsHead, .sendsEnd] : .sendsHead
        if head.method == .head { streams[stream.slot].flags.insert(.isHead) }
        return stream
    }

    /// Answers with an interim (1xx) head, before `respond`.
    public func respondInterim(_ head: borrowing HTTPResponseHead, on stream: HTTP2StreamID) {
        guard isOpen(stream), !streams[stream.slot].flags.contains(.sendsHead), (100..<200).contains(head.status),
            head.status != 101, head.headers.isSendable
        else { return }
        submit(head, stream.number, length: nil, kind: .interim)
    }

    /// Begins the response. When `head.body` says that there is none, or there cannot be one (HEAD, 204, 304), the response
    /// is whole with it.
    ///
    /// - Throws: `unwritableHead`; nothing is sent then.
    public func respond(_ head: borrowing HTTPResponseHead, on stream: HTTP2StreamID) throws(HTTP2Error) {
        guard isOpen(stream), !streams[stream.slot].flags.contains(.sendsHead) else { return }
        guard (200...999).contains(head.status), head.headers.isSendable else { throw .unwritableHead }
        var length: Int?
        if case .known(let known) = head.body { length = known }
        let hasNoBody = streams[stream.slot].flags.contains(.isHead) || head.status == 204 || head.status == 304
        let endsStream = hasNoBody || head.body == .none || length == 0
        if head.status == 204 { length = nil }
        submit(head, stream.number, length: length, kind: endsStream ? .whole : .beginning)
        streams[stream.slot].promised = length ?? -1
        streams[stream.slot].flags.formUnion(endsStream ? [.sendsHead, .sendsEnd] : .sendsHead)
    }

    // MARK: Bodies

    /// Sends data behind all that was sent on the stream before.
    /// - Throws: `bodyLongerThanDeclared`; the stream must be reset then.
    public func write(_ bytes: Bytes, to stream: HTTP2StreamID) throws(HTTP2Error) {
        guard isSending(stream), !bytes.isEmpty else { return }
        if streams[stream.slot].promised >= 0 {
            guard bytes.count <= streams[stream.slot].promised else { throw .bodyLongerThanDeclared }
            streams[stream.slot].promised &-= bytes.count
        }
        streams[stream.slot].queue.append(bytes)
        queuedBytes &+= bytes.count
        if queuedBytes > limits.connectionQueueBytes { wasFull = true }
        if queuedBytes > limits.connectionQueueBytes || streams[stream.slot].queue.count > limits.streamQueueBytes {
            streams[stream.slot].flags.insert(.isFull)
        }
        resume(stream)
    }

    /// Ends our message. Trailers that a trailer section may not have are left out.
    /// - Throws: `bodyShorterThanDeclared`, or `unwritableHead` for too many trailers; the stream must be reset then.
    public func end(_ trailers: consuming Headers? = nil, on stream: HTTP2StreamID) throws(HTTP2Error) {
        guard isSending(stream) else { return }
        guard trailers?.isSendable ?? true else { throw .unwritableHead }
        guard streams[stream.slot].promised <= 0 else { throw .bodyShorterThanDeclared }
        streams[stream.slot].trailers = consume trailers
        streams[stream.slot].flags.insert(.sendsEnd)
        resume(stream)
    }

    private func resume(_ stream: HTTP2StreamID) {
        guard streams[stream.slot].flags.contains(.isDeferred) else { return }
        streams[stream.slot].flags.remove(.isDeferred)
        nghttp2_session_resume_data(session, stream.number)
    }

    /// `count` bytes that were received have been used: the peer may send as many more.
    public func consume(_ count: Int, of stream: HTTP2StreamID) {
        guard streams.contains(stream), count > 0, !streams[stream.slot].flags.contains(.closed) else { return }
        let count = min(count, streams[stream.slot].unconsumed)
        streams[stream.slot].unconsumed &-= count
        nghttp2_session_consume(session, stream.number, count)
    }

    // MARK: Ends

    /// Resets a stream with `internalError` once all that was sent on it has left; its end is told of then.
    ///
    /// - Returns: False where nothing waits to be sent: it must be reset at once.
    public func breakOff(_ stream: HTTP2StreamID) -> Bool {
        guard isSending(stream), streams[stream.slot].queue.count > 0 else { return false }
        streams[stream.slot].flags.insert(.breaksOff)
        resume(stream)
        return true
    }

    /// Breaks a stream off, and releases it. Nothing more is told of it.
    public func reset(_ stream: HTTP2StreamID, _ code: HTTP2ErrorCode) {
        guard streams.contains(stream) else { return }
        let flags = streams[stream.slot].flags
        streams[stream.slot].flags.formUnion([.silent, .released])
        if flags.isDisjoint(with: [.closed, .isReset]) {
            giveBackWindow(stream.slot)
            sendReset(stream.slot, code)
        }
        streams.freeIfDone(stream.slot)
    }

    /// Nothing is done for the stream any more: with its end, its slot is free. Each stream that was `closed` needs it.
    public func release(_ stream: HTTP2StreamID) {
        guard streams.contains(stream) else { return }
        streams[stream.slot].flags.insert(.released)
        streams.freeIfDone(stream.slot)
    }

    private func isOpen(_ stream: HTTP2StreamID) -> Bool {
        streams.contains(stream) && streams[stream.slot].flags.isDisjoint(with: [.closed, .isReset, .wasReset])
            && failure == nil
    }

    private func isSending(_ stream: HTTP2StreamID) -> Bool {
        isOpen(stream) && streams[stream.slot].flags.isDisjoint(with: .sendsEnd)
            && streams[stream.slot].flags.contains(.sendsHead)
    }
}
