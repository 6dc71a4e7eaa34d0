internal import CNGHTTP2

/// Makes nghttp2's sessions: its options and callbacks, and the settings that we announce.
enum SessionFactory {
    static func make(_ role: HTTP2Session.Role, _ limits: HTTP2Limits, _ memory: HTTP2Memory) -> OpaquePointer {
        var option: OpaquePointer?
        nghttp2_option_new(&option)
        defer { nghttp2_option_del(option) }
        setOptions(option, limits)
        var session: OpaquePointer?
        var table = memory.table
        switch role {
        case .server: nghttp2_session_server_new3(&session, callbacks, nil, option, &table)
        case .client: nghttp2_session_client_new3(&session, callbacks, nil, option, &table)
        }
        guard let session else { preconditionFailure("nghttp2 has no memory") }
        return session
    }

    private static func setOptions(_ option: OpaquePointer?, _ limits: HTTP2Limits) {
        nghttp2_option_set_no_auto_window_update(option, 1)
        // Heads are checked here, and more strictly.
        nghttp2_option_set_no_http_messaging(option, 1)
        nghttp2_option_set_no_closed_streams(option, 1)
        nghttp2_option_set_max_deflate_dynamic_table_size(option, limits.headerTableBytes)
        nghttp2_option_set_max_settings(option, limits.settingsEntries)
        nghttp2_option_set_max_outbound_ack(option, limits.outboundAcknowledgements)
        // Switched off, for it reads the system's clock: `Budget` counts the resets of both sides.
        nghttp2_option_set_stream_reset_rate_limit(option, 1 << 40, 1 << 40)
        // Counted while the header is cut into pieces, too, so it cannot be the limit itself.
        nghttp2_option_set_max_continuations(option, (limits.continuations + 1) * (FrameHeader.byteCount + 1))
    }

    static func submitSettings(_ session: OpaquePointer, _ role: HTTP2Session.Role, _ limits: HTTP2Limits) {
        var entries: [nghttp2_settings_entry] = []
        func set(_ id: nghttp2_settings_id, _ value: Int) {
            entries.append(nghttp2_settings_entry(settings_id: Int32(id.rawValue), value: UInt32(clamping: value)))
        }
        switch role {
        case .server:
            set(NGHTTP2_SETTINGS_MAX_CONCURRENT_STREAMS, limits.concurrentStreams)
            // Priorities are read and ignored (RFC 9218 §2.1): this spares the tree of RFC 7540.
            set(NGHTTP2_SETTINGS_NO_RFC7540_PRIORITIES, 1)
            if limits.allowsExtendedConnect { set(NGHTTP2_SETTINGS_ENABLE_CONNECT_PROTOCOL, 1) }
        case .client:
            set(NGHTTP2_SETTINGS_ENABLE_PUSH, 0)
        }
        set(NGHTTP2_SETTINGS_INITIAL_WINDOW_SIZE, min(limits.streamWindow, Int(Int32.max)))
        set(NGHTTP2_SETTINGS_MAX_HEADER_LIST_SIZE, limits.headerListBytes)
        if limits.frameBytes != 16_384 { set(NGHTTP2_SETTINGS_MAX_FRAME_SIZE, limits.frameBytes) }
        if limits.headerTableBytes != 4096 { set(NGHTTP2_SETTINGS_HEADER_TABLE_SIZE, limits.headerTableBytes) }
        nghttp2_submit_settings(session, UInt8(NGHTTP2_FLAG_NONE.rawValue), entries, entries.count)
        nghttp2_session_set_local_window_size(
            session, UInt8(NGHTTP2_FLAG_NONE.rawValue), 0, Int32(clamping: limits.connectionWindow))
    }

    // Written once, before anybody reads it; nghttp2 copies it into each session.
    nonisolated(unsafe) private static let callbacks: OpaquePointer? = {
        var table: OpaquePointer?
        nghttp2_session_callbacks_new(&table)
        setReceiving(table)
        setSending(table)
        return table
    }()

    private static func setReceiving(_ table: OpaquePointer?) {
        nghttp2_session_callbacks_set_on_begin_headers_callback(table) { _, frame, session in
            HTTP2Session.call(session) { $0.beginHeaders(SessionFactory.frameHeader(frame)?.stream_id ?? 0) }
        }
        nghttp2_session_callbacks_set_on_header_callback(table) {
            _, _, name, nameLength, value, valueLength, _, session in
            guard let name, let value else { return HTTP2Session.callbackFailure }
            let nameSpan = RawSpan(_unsafeStart: name, byteCount: nameLength)
            let valueSpan = RawSpan(_unsafeStart: value, byteCount: valueLength)
            return HTTP2Session.call(session) { $0.addField(nameSpan, valueSpan) }
        }
        nghttp2_session_callbacks_set_on_frame_recv_callback(table) { _, frame, session in
            guard let frame else { return HTTP2Session.callbackFailure }
            return HTTP2Session.call(session) { $0.received(frame) }
        }
        nghttp2_session_callbacks_set_on_invalid_frame_recv_callback(table) { _, frame, error, session in
            guard let frame else { return HTTP2Session.callbackFailure }
            return HTTP2Session.call(session) { $0.receivedInvalid(frame, error) }
        }
        nghttp2_session_callbacks_set_on_data_chunk_recv_callback(table) { _, _, stream, data, length, session in
            guard let data else { return HTTP2Session.callbackFailure }
            return HTTP2Session.call(session) { $0.receivedData(data, length, on: stream) }
        }
        nghttp2_session_callbacks_set_on_stream_close_callback(table) { _, stream, code, session in
            HTTP2Session.call(session) { $0.streamClosed(stream, HTTP2ErrorCode(rawValue: code)) }
        }
    }

    private static func setSending(_ table: OpaquePointer?) {
        nghttp2_session_callbacks_set_on_frame_send_callback(table) { _, frame, session in
            guard let frame else { return HTTP2Session.callbackFailure }
            return HTTP2Session.call(session) { $0.sent(frame) }
        }
        nghttp2_session_callbacks_set_send_data_callback(table) { _, frame, header, length, _, session in
            guard let header, let data = SessionFactory.frameHeader(frame) else { return HTTP2Session.callbackFailure }
            let headerSpan = RawSpan(_unsafeStart: header, byteCount: FrameHeader.byteCount)
            return HTTP2Session.call(session) { $0.sendData(data.stream_id, headerSpan, length) }
        }
    }

    /// The header of any frame: every member of nghttp2's union begins with it.
    static func frameHeader(_ frame: UnsafePointer<nghttp2_frame>?) -> nghttp2_frame_hd? {
        frame.map { UnsafeRawPointer($0).load(as: nghttp2_frame_hd.self) }
    }
}

extension HTTP2Session {
    static let callbackFailure = NGHTTP2_ERR_CALLBACK_FAILURE.rawValue

    /// Calls the session that nghttp2 was told to name. It lives while it calls nghttp2, which calls back only then.
    static func call(_ pointer: UnsafeMutableRawPointer?, _ body: (HTTP2Session) -> Int32) -> Int32 {
        guard let pointer else { return callbackFailure }
        return Unmanaged<HTTP2Session>.fromOpaque(pointer)._withUnsafeGuaranteedRef(body)
    }

    static func call(_ pointer: UnsafeMutableRawPointer?, _ body: (HTTP2Session) -> Void) -> Int32 {
        guard let pointer else { return callbackFailure }
        Unmanaged<HTTP2Session>.fromOpaque(pointer)._withUnsafeGuaranteedRef(body)
        return 0
    }
}
