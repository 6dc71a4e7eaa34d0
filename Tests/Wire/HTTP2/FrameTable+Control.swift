import HTTP2

extension FrameTable {
    private typealias F = Frames

    @Rows static var control: [Row] {
        Row("6.5 SETTINGS on a stream", .connection(.protocolError), F.frame(4, 0, 1, [0, 3, 0, 0, 0, 100]))
        Row("6.5 an acknowledgement with a payload", .connection(.frameSizeError), F.frame(4, 1, 0, [0]))
        Row("6.5 an acknowledgement of nothing", .connection(.protocolError), F.settingsAck)
        Row("6.5 SETTINGS of three bytes", .connection(.frameSizeError), F.frame(4, 0, 0, [0, 3, 0]))
        Row("6.5.2 ENABLE_PUSH of 2", .connection(.protocolError), F.settings([(2, 2)]))
        Row("6.5.2 ENABLE_PUSH of 0 and 1", .ignored, F.settings([(2, 0)]), F.settings([(2, 1)]))
        Row("6.5.2 INITIAL_WINDOW_SIZE too large", .connection(.flowControlError), F.settings([(4, 0x8000_0000)]))
        Row("6.5.2 INITIAL_WINDOW_SIZE as large as may be", .answer(200), F.settings([(4, 0x7FFF_FFFF)]), F.get(1))
        Row("6.5.2 MAX_FRAME_SIZE too small", .connection(.protocolError), F.settings([(5, 16_383)]))
        Row("6.5.2 MAX_FRAME_SIZE too large", .connection(.protocolError), F.settings([(5, 16_777_216)]))
        Row("6.5.2 an unknown setting", .ignored, F.settings([(0xFF, 1)]))
        Row("6.5.2 ENABLE_CONNECT_PROTOCOL of 2", .connection(.protocolError), F.settings([(8, 2)]))
        Row("6.5.2 NO_RFC7540_PRIORITIES of 2", .connection(.protocolError), F.settings([(9, 2)]))
        Row("6.5.2 a table of no bytes", .answer(200), F.settings([(1, 0)]), F.get(1))
        Row("6.5.2 a table of 4 GiB", .answer(200), F.settings([(1, 0xFFFF_FFFF)]), F.get(1))
        Row("6.5.3 one setting twice", .answer(200), F.settings([(4, 100), (4, 1)]), F.get(1))
        Row(
            "6.5 more settings than one frame may have", .connection(.enhanceYourCalm),
            F.settings(Array(repeating: (3, 1), count: 33)))
        Row("6.7 PING", .ignored, F.ping)
        Row("6.7 PING, acknowledged unasked", .ignored, F.frame(6, 1, 0, "invalid!".bytes))
        Row("6.7 PING on a stream", .connection(.protocolError), F.frame(6, 0, 1, "12345678".bytes))
        Row("6.7 PING of six bytes", .connection(.frameSizeError), F.frame(6, 0, 0, "123456".bytes))
        Row("6.8 GOAWAY on a stream", .connection(.protocolError), F.frame(7, 0, 1, F.word(0) + F.word(0)))
        Row("6.8 GOAWAY of seven bytes", .connection(.frameSizeError), F.frame(7, 0, 0, [0, 0, 0, 0, 0, 0, 0]))
        Row("6.8 GOAWAY while a request runs", .ignored, F.post(1), F.goAway(0, 0))
        Row("6.9 WINDOW_UPDATE of 0", .connection(.protocolError), F.window(0, 0))
        Row("6.9 WINDOW_UPDATE of 0 on a stream", .connection(.protocolError), F.post(1), F.window(1, 0))
        Row("6.9 WINDOW_UPDATE of three bytes", .connection(.frameSizeError), F.frame(8, 0, 0, [0, 0, 1]))
        Row("6.9.1 the window overflows", .connection(.flowControlError), F.window(0, 0x7FFF_FFFF))
        Row(
            "6.9.1 the window overflows in two steps", .connection(.flowControlError), F.window(0, 0x4000_0000),
            F.window(0, 0x4000_0000))
        Row("6.9.1 a stream's window overflows", .stream(.flowControlError), F.post(1), F.window(1, 0x7FFF_FFFF))
        Row("6.9.1 more data than the stream's window", .stream(.flowControlError), F.post(1), flood(1, 65_537))
        Row(
            "6.9.1 more data than the connection's window", .connection(.flowControlError),
            floods(17))
        Row(
            "6.9.2 the window shrinks and grows", .answer(200), F.settings([(4, 0)]), F.get(1), F.settings([(4, 1)]),
            F.settings([(4, 100)]))
        Row(
            "6.9.2 a stream's window overflows by SETTINGS", .stream(.flowControlError), F.post(1),
            F.window(1, 0x7FFF_0000), F.settings([(4, 0x7FFF_FFFF)]))
        Row("6.10 CONTINUATION", .answer(200), split(1, 2))
        Row("6.10 several CONTINUATIONs", .answer(200), split(1, 9))
        Row("6.10 more CONTINUATIONs than allowed", .connection(.enhanceYourCalm), split(1, 10))
        Row(
            "6.10 CONTINUATION on stream 0", .connection(.protocolError), F.headers(1, F.block(F.get), whole: false),
            F.continuation(0, []))
        Row(
            "6.10 CONTINUATION of another stream", .connection(.protocolError),
            F.headers(1, F.block(F.get), whole: false), F.continuation(3, []))
        Row(
            "6.10 CONTINUATION after whole HEADERS", .connection(.protocolError), F.post(1),
            F.continuation(1, F.block([("a", "b")])))
        Row(
            "6.10 CONTINUATION after a last CONTINUATION", .connection(.protocolError), split(1, 2),
            F.continuation(1, []))
        Row(
            "6.10 CONTINUATION after DATA", .connection(.protocolError), F.post(1), F.data(1, [1]),
            F.continuation(1, []))
        Row(
            "6.10 a header block that is too long", .connection(.enhanceYourCalm),
            F.headers(1, filler(16_000), whole: false), F.continuation(1, filler(16_000), whole: false),
            F.continuation(1, filler(16_000)))
        Row("7 GOAWAY with an unknown code", .ignored, F.post(1), F.goAway(0, 0xFF))
        Row("7 RST_STREAM with an unknown code", .ignored, F.post(1), F.reset(1, 0xFF))
    }

    @Rows static var compression: [Row] {
        Row(
            "HPACK 2.3.3 an index that is not there", .connection(.compressionError),
            getWith([0xC6]))
        Row(
            "HPACK 4.2 a table size at the end of a block", .connection(.compressionError),
            getWith([0x21]))
        Row(
            "HPACK 5.1 an integer without end", .connection(.compressionError),
            getWith([UInt8](repeating: 0xFF, count: 13)))
        Row(
            "HPACK 5.2 Huffman padding of a whole byte", .connection(.compressionError),
            getWith([0x00, 0x01, 0x78, 0x82, 0x1F, 0xFF]))
        Row(
            "HPACK 5.2 Huffman padding of zeros", .connection(.compressionError),
            getWith([0x00, 0x01, 0x78, 0x81, 0x18]))
        Row(
            "HPACK 5.2 Huffman with EOS", .connection(.compressionError),
            getWith([0x00, 0x01, 0x78, 0x84, 0xFF, 0xFF, 0xFF, 0xFF]))
        Row("HPACK 5.2 Huffman", .answer(200), getWith([0x00, 0x01, 0x78, 0x81, 0x1F]))
        Row("HPACK 6.1 index 0", .connection(.compressionError), getWith([0x80]))
        Row(
            "HPACK 6.1 indexed fields", .answer(200), F.headers(1, [0x82, 0x86, 0x84, 0x41, 0x09] + "localhost".bytes))
        Row(
            "HPACK 6.2.1 the dynamic table", .answer(200),
            getWith(F.literal("x-a".bytes, "b".bytes, first: 0x40)),
            F.headers(3, F.block(F.get) + [0xBE]))
        Row(
            "HPACK 6.2.3 a field that is never indexed", .answer(200),
            getWith(F.literal("x-a".bytes, "b".bytes, first: 0x10)))
        Row(
            "HPACK 6.3 a table size as large as allowed", .answer(200),
            F.headers(1, F.integer(4096, bits: 5, pattern: 0x20) + F.block(F.get)))
        Row(
            "HPACK 6.3 a table size too large", .connection(.compressionError),
            F.headers(1, F.integer(4097, bits: 5, pattern: 0x20) + F.block(F.get)))
        Row("HPACK a string cut off", .connection(.compressionError), getWith([0x00, 0x7F]))
        Row(
            "HPACK a string of 128 KiB", .connection(.compressionError),
            getWith([0] + F.integer(131_072, bits: 7) + filler(100)))
    }

    /// A request whose block comes in so many frames.
    private static func split(_ stream: UInt32, _ count: Int) -> [UInt8] {
        let block = F.block(F.get)
        let size = block.count / count
        var frames = F.headers(stream, Array(block.prefix(size)), whole: false)
        for index in 1..<count {
            let isLast = index == count - 1
            frames += F.continuation(
                stream, Array(block.dropFirst(index * size).prefix(isLast ? block.count : size)), whole: isLast)
        }
        return frames
    }

    /// A request whose block goes on with `fields`.
    private static func getWith(_ fields: [UInt8], _ stream: UInt32 = 1) -> [UInt8] {
        F.headers(stream, F.block(F.get) + fields)
    }

    private static func floods(_ count: UInt32) -> [UInt8] {
        var frames: [UInt8] = []
        for index in 0..<count { frames += F.post(2 * index + 1) + flood(2 * index + 1, 65_536) }
        return frames
    }

    private static func flood(_ stream: UInt32, _ count: Int) -> [UInt8] {
        stride(from: 0, to: count, by: 16_384).flatMap { F.data(stream, filler(min(16_384, count - $0))) }
    }
}
