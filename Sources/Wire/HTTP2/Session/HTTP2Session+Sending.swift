public import Buffers
internal import CNGHTTP2

/// Writing what there is to send.
extension HTTP2Session {
    /// Writes frames to `writer`, up to about `limit` bytes.
    ///
    /// Nothing is written from within the handler. Small pieces of data are copied between the frames; where a large one belongs the writing stops and returns it, to
    /// be sent, by reference, next. Call it again then, and for as long as `wantsToSend` and there is room.
    ///
    ///     repeat {
    ///         socket.write { piece = session.send(into: &$0) }
    ///         if let piece { socket.write(piece) }
    ///     } while piece != nil && socket.isWritable
    public func send(into writer: inout ByteWriter, limit: Int = 64 * 1024) -> Bytes? {
        guard !isWorking else { return nil }
        isWorking = true
        swap(&out, &writer)
        outLimit = out.count &+ limit
        while piece == nil, out.count < outLimit, sendOne() {}
        swap(&out, &writer)
        isWorking = false
        settle()
        return piece.take()
    }

    /// Writes what nghttp2 gives at once; false when that is nothing.
    private func sendOne() -> Bool {
        var bytes: UnsafePointer<UInt8>?
        let before = out.count
        let count = nghttp2_session_mem_send(session, &bytes)
        if count < 0, failure == nil {
            failure = .internalError
            return false
        }
        if count > 0, let bytes { out.append(RawSpan(_unsafeStart: bytes, byteCount: count)) }
        return out.count > before
    }

    // MARK: Data, as nghttp2 asks for it

    /// How much data the next frame of a stream has, and what stands behind it.
    func readData(_ number: Int32, _ maximum: Int, _ flags: UnsafeMutablePointer<UInt32>) -> Int {
        guard let slot = slot(of: number) else { return Int(NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE.rawValue) }
        let length = streams[slot].queue.frameLength(maximum)
        if length == 0, streams[slot].queue.count == 0, streams[slot].flags.contains(.breaksOff) {
            // nghttp2 resets the stream then.
            streams[slot].flags.insert(.isReset)
            return Int(NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE.rawValue)
        }
        let isLast = length == streams[slot].queue.count && streams[slot].flags.contains(.sendsEnd)
        if length == 0, !isLast {
            streams[slot].flags.insert(.isDeferred)
            return Int(NGHTTP2_ERR_DEFERRED.rawValue)
        }
        flags.pointee = NGHTTP2_DATA_FLAG_NO_COPY.rawValue
        if isLast {
            flags.pointee |= NGHTTP2_DATA_FLAG_EOF.rawValue
            if let trailers = streams[slot].trailers.take() {
                flags.pointee |= NGHTTP2_DATA_FLAG_NO_END_STREAM.rawValue
                submit(trailers: trailers, number)
            }
        }
        return length
    }

    /// Writes a DATA frame.
    func sendData(_ number: Int32, _ header: RawSpan, _ length: Int) -> Int32 {
        guard let slot = slot(of: number) else { return NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE.rawValue }
        out.append(header)
        piece = streams[slot].queue.take(length, into: &out)
        queuedBytes &-= length
        noteDrained(slot)
        return piece != nil || out.count >= outLimit ? NGHTTP2_ERR_PAUSE.rawValue : 0
    }

    /// A full stream is writable again when half of what it may queue is sent, and the connection is not full.
    private func noteDrained(_ slot: Int) {
        guard queuedBytes <= limits.connectionQueueBytes else { return }
        if streams[slot].flags.contains(.isFull), streams[slot].queue.count <= limits.streamQueueBytes / 2 {
            streams[slot].flags.remove(.isFull)
            drained.append(slot)
        }
        noteRoom()
    }

    /// When the connection was full and is half empty again, so are its streams that waited for that.
    func noteRoom() {
        guard wasFull, queuedBytes <= limits.connectionQueueBytes / 2 else { return }
        wasFull = false
        for other in streams.states.indices
        where streams[other].flags.contains(.isFull) && streams[other].queue.count <= limits.streamQueueBytes / 2 {
            streams[other].flags.remove(.isFull)
            drained.append(other)
        }
    }
}
