import HTTP2

extension FrameTable {
    private typealias F = Frames

    @Rows static var framing: [Row] {
        Row("3.4 a request after the preface", .answer(200), F.get(1))
        Row(raw: "3.4 a wrong preface", .connection(.protocolError), "INVALID CONNECTION PREFACE\r\n\r\n".bytes)
        Row(raw: "3.4 a preface that goes wrong late", .connection(.protocolError), F.preface.dropLast() + [0x20])
        Row(raw: "3.4 HTTP/1", .connection(.protocolError), "GET / HTTP/1.1\r\nHost: a\r\n\r\n".bytes)
        Row(raw: "3.4 no SETTINGS first, but HEADERS", .connection(.protocolError), F.preface, F.get(1))
        Row(raw: "3.4 no SETTINGS first, but PING", .connection(.protocolError), F.preface, F.ping)
        Row(raw: "3.4 no SETTINGS first, but PRIORITY", .connection(.protocolError), F.preface, F.priority(1, on: 0))
        Row(raw: "3.4 the acknowledgement before SETTINGS", .connection(.protocolError), F.preface, F.settingsAck)
        Row(raw: "3.4 SETTINGS alone", .ignored, F.preface, F.settings())
        Row("4.1 an unknown frame type", .ignored, F.frame(0xFF, 0, 0, [0, 0, 0, 0]))
        Row("4.1 an unknown frame type on a stream", .answer(200), F.frame(0x20, 0xFF, 1, [1]), F.get(1))
        Row("4.1 undefined flags", .ignored, F.frame(6, 0x16, 0, "12345678".bytes))
        Row("4.1 a reserved bit", .ignored, F.frame(6, 0, 0x8000_0000, "12345678".bytes))
        Row("4.1 a reserved bit of a request", .answer(200), F.headers(0x8000_0001, F.get))
        Row("4.2 DATA of 16 KiB", .answer(200), F.post(1), F.data(1, filler(16_384), end: true))
        Row("4.2 DATA beyond 16 KiB", .connection(.frameSizeError), F.post(1), F.data(1, filler(16_385), end: true))
        Row("4.2 HEADERS beyond 16 KiB", .connection(.frameSizeError), F.headers(1, filler(16_385)))
        Row("4.2 PRIORITY beyond 16 KiB", .connection(.frameSizeError), F.frame(2, 0, 1, filler(16_385)))
        Row("4.2 an unknown frame beyond 16 KiB", .connection(.frameSizeError), F.frame(0xFF, 0, 1, filler(16_385)))
        Row(
            "4.3 a header block that cannot be decoded", .connection(.compressionError),
            F.headers(1, [0x82, 0x86, 0x84, 0x41, 0x8A, 0x08]))
        Row(
            "4.3 PRIORITY inside a header block", .connection(.protocolError),
            F.headers(1, F.block(F.get), whole: false), F.priority(1, on: 0), F.continuation(1, []))
        Row(
            "4.3 HEADERS of another stream inside a header block", .connection(.protocolError),
            F.headers(1, F.block(F.get), whole: false), F.get(3))
        Row(
            "4.3 DATA inside a header block", .connection(.protocolError),
            F.headers(1, F.block(F.get), end: false, whole: false), F.data(1, [1]))
    }

    @Rows static var streams: [Row] {
        Row("5.1 idle: DATA", .connection(.protocolError), F.data(1, [1], end: true))
        Row("5.1 idle: RST_STREAM", .connection(.protocolError), F.reset(1))
        Row("5.1 idle: WINDOW_UPDATE", .connection(.protocolError), F.window(1, 100))
        Row("5.1 idle: CONTINUATION", .connection(.protocolError), F.continuation(1, F.block(F.get)))
        Row("5.1 idle: PRIORITY", .answer(200), F.priority(1, on: 0), F.get(1))
        Row("5.1 half-closed: DATA", .connection(.streamClosed), openRequest(1), F.data(1, [1], end: true))
        Row("5.1 half-closed: HEADERS", .connection(.streamClosed), openRequest(1), F.get(1))
        Row(
            "5.1 half-closed: CONTINUATION", .connection(.protocolError), openRequest(1),
            F.continuation(1, F.block(F.get)))
        Row("5.1 half-closed: WINDOW_UPDATE", .ignored, openRequest(1), F.window(1, 100))
        Row("5.1 half-closed: PRIORITY", .ignored, openRequest(1), F.priority(1, on: 0))
        Row("5.1 half-closed: RST_STREAM", .ignored, openRequest(1), F.reset(1))
        Row(
            "5.1 closed by RST_STREAM: DATA", .connection(.streamClosed), F.post(1), F.reset(1),
            F.data(1, [1], end: true))
        Row("5.1 closed by RST_STREAM: HEADERS", .connection(.streamClosed), F.post(1), F.reset(1), F.get(1))
        Row(
            "5.1 closed by RST_STREAM: CONTINUATION", .connection(.protocolError), F.post(1), F.reset(1),
            F.continuation(1, []))
        Row("5.1 closed by RST_STREAM: RST_STREAM", .ignored, F.post(1), F.reset(1), F.reset(1))
        Row("5.1 closed by END_STREAM: DATA", .connection(.streamClosed), F.get(1), F.ping, F.data(1, [1], end: true))
        Row("5.1 closed by END_STREAM: HEADERS", .connection(.streamClosed), F.get(1), F.ping, F.get(1))
        Row(
            "5.1 closed by END_STREAM: CONTINUATION", .connection(.protocolError), F.get(1),
            F.continuation(1, F.block(F.get)))
        Row("5.1 closed: WINDOW_UPDATE", .answer(200), F.get(1), F.window(1, 100))
        Row("5.1 closed: PRIORITY", .answer(200), F.get(1), F.priority(1, on: 3))
        Row("5.1 closed: RST_STREAM", .answer(200), F.get(1), F.reset(1))
        Row("5.1.1 an even stream", .connection(.protocolError), F.get(2))
        Row("5.1.1 a stream below the last one", .connection(.protocolError), F.get(5), F.get(3))
        Row("5.1.1 a stream below the first one", .connection(.protocolError), F.get(3), F.get(1))
        Row("5.1.1 streams may be passed over", .answer(200), F.get(5), F.get(101))
        Row("5.1.1 the last stream of all", .answer(200), F.get(0x7FFF_FFFF))
        Row(
            "5.1.2 more streams than allowed", .connection(.protocolError),
            posts(101))
        Row("5.1.2 as many streams as allowed", .ignored, posts(100))
        Row(
            "5.3 HEADERS that depend on themselves", .connection(.protocolError),
            F.frame(1, 0x25, 1, F.word(1) + [255] + F.block(F.get)))
        Row("5.3 PRIORITY that depends on itself, idle", .connection(.protocolError), F.priority(1, on: 1))
        Row("5.3 PRIORITY that depends on itself", .stream(.protocolError), F.post(1), F.priority(1, on: 1))
        Row("5.3 PRIORITY, exclusive, of itself", .stream(.protocolError), F.post(1), F.priority(1, on: 0x8000_0001))
        Row("5.3 PRIORITY of a stream that never comes", .answer(200), F.priority(1, on: 201), F.get(1))
        Row(
            "5.3 HEADERS with a priority", .answer(200), F.frame(1, 0x25, 1, F.word(0x8000_0003) + [0] + F.block(F.get))
        )
        Row(
            "5.4.1 an error ends the connection", .connection(.frameSizeError), F.frame(6, 0, 0, [0, 0, 0, 0, 0, 0]),
            F.get(1))
        Row("5.5 unknown extension frames", .answer(200), F.frame(0x16, 0, 0, filler(8)), F.get(1))
        Row(
            "5.5 an extension frame inside a header block", .connection(.protocolError),
            F.headers(1, F.block(F.get), whole: false), F.frame(0x16, 0, 0, filler(8)), F.continuation(1, []))
    }

    @Rows static var frames: [Row] {
        Row("6.1 DATA on stream 0", .connection(.protocolError), F.data(0, [1], end: true))
        Row("6.1 DATA with padding", .answer(200), F.post(1), F.frame(0, 9, 1, [4, 1, 2, 0, 0, 0, 0]))
        Row("6.1 DATA, all padding", .answer(200), F.post(1), F.frame(0, 9, 1, [4, 0, 0, 0, 0]))
        Row(
            "6.1 padding as long as the frame", .connection(.protocolError), F.post(1),
            F.frame(0, 9, 1, [6, 1, 2, 3, 4, 5]))
        Row("6.1 padding without its length", .connection(.protocolError), F.post(1), F.frame(0, 9, 1, []))
        Row(
            "6.1 several DATA frames", .answer(200), F.post(1), F.data(1, [1]), F.data(1, []), F.data(1, [2], end: true)
        )
        Row("6.1 empty DATA ends a stream", .answer(200), F.post(1), F.data(1, [], end: true))
        Row("6.2 HEADERS on stream 0", .connection(.protocolError), F.headers(0, F.get))
        Row("6.2 HEADERS with padding", .answer(200), F.frame(1, 0xD, 1, [3] + F.block(F.get) + [0, 0, 0]))
        Row(
            "6.2 HEADERS with padding and priority", .answer(200),
            F.frame(1, 0x2D, 1, [3] + F.word(0) + [15] + F.block(F.get) + [0, 0, 0]))
        Row(
            "6.2 padding as long as the frame", .connection(.protocolError), F.frame(1, 0xD, 1, [255] + F.block(F.get)))
        Row("6.2 padding without its length", .connection(.protocolError), F.frame(1, 0xD, 1, []))
        Row("6.2 a priority cut off", .connection(.frameSizeError), F.frame(1, 0x25, 1, [0, 0, 0]))
        Row("6.2 empty HEADERS", .stream(.protocolError), F.headers(1, [UInt8]()))
        Row("6.3 PRIORITY on stream 0", .connection(.protocolError), F.priority(0, on: 1))
        Row("6.3 PRIORITY of four bytes, idle", .connection(.frameSizeError), F.frame(2, 0, 1, [0, 0, 0, 1]))
        Row("6.3 PRIORITY of four bytes", .stream(.frameSizeError), F.post(1), F.frame(2, 0, 1, [0, 0, 0, 1]))
        Row("6.3 PRIORITY of six bytes", .stream(.frameSizeError), F.post(1), F.frame(2, 0, 1, [0, 0, 0, 1, 0, 0]))
        Row("6.3 PRIORITY of no bytes", .stream(.frameSizeError), F.post(1), F.frame(2, 0, 1))
        Row("6.4 RST_STREAM on stream 0", .connection(.protocolError), F.reset(0))
        Row("6.4 RST_STREAM on an idle stream", .connection(.protocolError), F.reset(7))
        Row("6.4 RST_STREAM of three bytes", .connection(.frameSizeError), F.post(1), F.frame(3, 0, 1, [0, 0, 0]))
        Row(
            "6.4 RST_STREAM of five bytes", .connection(.frameSizeError), F.post(1), F.frame(3, 0, 1, [0, 0, 0, 8, 0]))
        Row("6.4 RST_STREAM", .ignored, F.post(1), F.reset(1))
        Row("6.6 PUSH_PROMISE", .connection(.protocolError), F.post(1), F.frame(5, 4, 1, F.word(2) + F.block(F.get)))
        Row("6.6 PUSH_PROMISE on stream 0", .connection(.protocolError), F.frame(5, 4, 0, F.word(2) + F.block(F.get)))
    }

    /// A request that the server cannot answer yet: its window is shut.
    private static func openRequest(_ stream: UInt32) -> [UInt8] {
        F.settings([(4, 0)]) + F.get(stream)
    }

    /// So many requests whose bodies are still to come.
    private static func posts(_ count: UInt32) -> [UInt8] {
        var frames: [UInt8] = []
        for index in 0..<count { frames += F.post(2 * index + 1) }
        return frames
    }

    static func filler(_ count: Int) -> [UInt8] { [UInt8](repeating: 0x61, count: count) }
}
