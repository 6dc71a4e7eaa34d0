internal import Buffers
internal import CNGHTTP2
internal import HTTP

/// Beginnings and ends of a connection, and keeping it alive.
extension HTTP2Session {
    /// Marks the PING behind the first GOAWAY of a drain.
    static let drainPing: UInt64 = 0x6472_6167_6F6D_616E

    // MARK: Server

    /// Continues a connection that began with HTTP/1: its request, which was whole, becomes stream 1 (RFC 7540 §3.2).
    ///
    /// - Parameters:
    ///   - settings: The value of the request's `HTTP2-Settings` field.
    ///   - isHead: Whether its method is HEAD.
    /// - Returns: The stream to answer on.
    /// - Throws: `badUpgrade`; the request should be answered as HTTP/1 then, and the session dropped.
    public func upgrade(settings: RawSpan, isHead: Bool) throws(HTTP2Error) -> HTTP2StreamID {
        guard role == .server, case .preface(0) = phase, streams.count == 0, let payload = Base64URL.decode(settings)
        else {
            throw .badUpgrade
        }
        guard nghttp2_session_upgrade2(session, payload, payload.count, isHead ? 1 : 0, nil) == 0, failure == nil else {
            throw .badUpgrade
        }
        let stream = streams.take(1)
        nghttp2_session_set_stream_user_data(session, 1, Self.mark(stream.slot))
        streams[stream.slot].flags = isHead ? [.hasHead, .hasEnd, .isHead] : [.hasHead, .hasEnd]
        lastPeerStream = 1
        return stream
    }

    /// Asks the client to open no more streams: GOAWAY that names none yet, then, when it has surely been read, GOAWAY with
    /// the last stream that is served (RFC 9113 §6.8). `isFinished` when all streams are over.
    public func drain() {
        guard !isDraining, failure == nil else { return }
        isDraining = true
        guard role == .server else { return finishDrain() }
        nghttp2_submit_shutdown_notice(session)
        ping(Self.drainPing)
    }

    /// Sends the final GOAWAY without waiting any longer; streams that come later are ignored.
    public func finishDrain() {
        guard !hasFinalGoAway, failure == nil else { return }
        isDraining = true
        hasFinalGoAway = true
        let last = role == .server ? nghttp2_session_get_last_proc_stream_id(session) : 0
        if role == .server { lastServedStream = last }
        nghttp2_submit_goaway(session, 0, last, HTTP2ErrorCode.noError.rawValue, nil, 0)
    }

    // MARK: Client

    /// How many streams may be opened now, by the peer's leave.
    public var availableStreams: Int {
        guard failure == nil, !isDraining, nghttp2_session_check_request_allowed(session) != 0 else { return 0 }
        return max(0, maximumStreams - streams.count)
    }

    /// How many streams the peer lets us have open at once; 100 until it has said something.
    public var maximumStreams: Int {
        Int(nghttp2_session_get_remote_settings(session, NGHTTP2_SETTINGS_MAX_CONCURRENT_STREAMS))
    }

    /// Whether the server takes tunnels for other protocols (RFC 8441).
    public var allowsExtendedConnect: Bool {
        nghttp2_session_get_remote_settings(session, NGHTTP2_SETTINGS_ENABLE_CONNECT_PROTOCOL) == 1
    }

    // MARK: Both

    /// Sends a PING; `pingAcknowledged` follows, with the same data.
    public func ping(_ data: UInt64) {
        guard failure == nil else { return }
        pingsSent += 1
        withUnsafeBytes(of: data.bigEndian) {
            _ = nghttp2_submit_ping(session, 0, $0.baseAddress?.assumingMemoryBound(to: UInt8.self))
        }
    }

    /// Ends the connection with GOAWAY, and all its streams.
    public func abort(_ code: HTTP2ErrorCode) {
        guard failure == nil else { return }
        failure = HTTP2Error(connectionError: code)
        nghttp2_session_terminate_session(session, code.rawValue)
        if !isWorking { settle() }
    }
}
