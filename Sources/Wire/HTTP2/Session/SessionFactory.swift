internal import CNGHTTP2

/// Makes nghttp2's sessions: its options and callbacks, and the settings that we announce.
enum SessionFactory {
    static func make(_ role: HTTP2Session.Role, _ limits: HTTP2Limits) -> OpaquePointer {
        var option: OpaquePointer?
        nghttp2_option_new(&option)
        defer { nghttp2_option_del(option) }
        setOptions(option, limits)
        var session: OpaquePointer?
        switch role {
        case .server: nghttp2_session_server_new2(&session, callbacks, nil, option)
        case .client: nghttp2_session_client_new2(&session, callbacks, nil, option)
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
        nghttp2_session_callbacks_set_on_begin_headers_callback(table) { _, frame, session in
            guard let session = HTTP2Session.of(session), let header = frameHeader(frame) else { return failure }
            return session.beginHeaders(header.stream_id)
        }
        nghttp2_session_callbacks_set_on_header_callback(table) {
            _, _, name, nameLength, value, valueLength, _, session in
            guard let session = HTTP2Session.of(session), let name, let value else { return failure }
            return session.addField(
                RawSpan(_unsafeStart: name, byteCount: nameLength), RawSpan(_unsafeStart: value, byteCount: valueLength)
            )
        }
        nghttp2_session_callbacks_set_on_frame_recv_callback(table) { _, frame, session in
            guard let session = HTTP2Session.of(session), let frame else { return failure }
            session.received(frame)
            return 0
        }
        nghttp2_session_callbacks_set_on_invalid_frame_recv_callback(table) { _, frame, error, session in
            guard let session = HTTP2Session.of(session), let frame else { return failure }
            session.receivedInvalid(frame, error)
            return 0
        }
        nghttp2_session_callbacks_set_on_data_chunk_recv_callback(table) { _, _, stream, data, length, session in
            guard let session = HTTP2Session.of(session), let data else { return failure }
            session.receivedData(data, length, on: stream)
            return 0
        }
        nghttp2_session_callbacks_set_on_stream_close_callback(table) { _, stream, code, session in
            guard let session = HTTP2Session.of(session) else { return failure }
            session.streamClosed(stream, HTTP2ErrorCode(rawValue: code))
            return 0
        }
        nghttp2_session_callbacks_set_on_frame_send_callback(table) { _, frame, session in
            guard let session = HTTP2Session.of(session), let frame else { return failure }
            session.sent(frame)
            return 0
        }
        nghttp2_session_callbacks_set_send_data_callback(table) { _, frame, header, length, _, session in
            guard let session = HTTP2Session.of(session), let header, let data = frameHeader(frame) else {
                return failure
            }
            return session.sendData(data.stream_id, RawSpan(_unsafeStart: header, byteCount: 9), length)
        }
        return table
    }()

    private static let failure = NGHTTP2_ERR_CALLBACK_FAILURE.rawValue

    /// The header of any frame: every member of nghttp2's union begins with it.
    static func frameHeader(_ frame: UnsafePointer<nghttp2_frame>?) -> nghttp2_frame_hd? {
        frame.map { UnsafeRawPointer($0).load(as: nghttp2_frame_hd.self) }
    }
}

extension HTTP2Session {
    /// The session that nghttp2 was told to name. It lives while it calls nghttp2, and nghttp2 calls back only then.
    static func of(_ pointer: UnsafeMutableRawPointer?) -> HTTP2Session? {
        pointer.map { Unmanaged<HTTP2Session>.fromOpaque($0).takeUnretainedValue() }
    }
}
