import Buffers
import Compression
import Testing
import WebSocket

/// permessage-deflate: groups 12 and 13 of the Autobahn test suite, and what may be wrong with a compressed message.
@Suite struct DeflateTests {
    private typealias Direction = WebSocketDeflate.Direction

    private static let sizes = [16, 64, 256, 1024, 4096, 8192, 16_384, 32_768, 65_536, 131_072]
    private static let fragments = [
        (8192, 256), (16_384, 256), (32_768, 256), (65_536, 256), (131_072, 256), (131_072, 1024), (131_072, 4096),
        (131_072, 8192),
    ]

    private static func rows(_ group: String, _ terms: WebSocketDeflate, _ content: DeflateRow.Content) -> [DeflateRow]
    {
        let whole = sizes.enumerated().map { place, size in
            DeflateRow(name: "\(group).\(place + 1) \(content)", terms: terms, content: content, size: size)
        }
        let cut = fragments.enumerated().map { place, sizes in
            DeflateRow(
                name: "\(group).\(place + 11) \(content)", terms: terms, content: content, size: sizes.0,
                fragment: sizes.1)
        }
        return whole + cut
    }

    static let contents = DeflateRow.Content.allCases.enumerated().flatMap { place, content in
        rows("12.\(place + 1)", WebSocketDeflate(), content)
    }

    static let parameters = [
        (true, 15, true, 15), (false, 15, false, 15), (true, 9, true, 9), (false, 9, false, 9), (true, 8, false, 15),
        (false, 12, true, 8), (true, 15, false, 11),
    ].enumerated().flatMap { place, parameters in
        rows(
            "13.\(place + 1)",
            WebSocketDeflate(
                server: Direction(keepsContext: parameters.0, windowBits: parameters.1),
                client: Direction(keepsContext: parameters.2, windowBits: parameters.3)),
            place % 2 == 0 ? .json : .german)
    }

    @Test func `12 different contents`() {
        for row in Self.contents {
            if let complaint = row.complaint() { Issue.record("\(row): \(complaint)") }
        }
    }

    @Test func `13 different parameters`() {
        for row in Self.parameters {
            if let complaint = row.complaint() { Issue.record("\(row): \(complaint)") }
        }
    }

    // MARK: Single messages

    private static let hello: [UInt8] = [0xF2, 0x48, 0xCD, 0xC9, 0xC9, 0x07, 0x00]

    private func end(_ terms: WebSocketDeflate = WebSocketDeflate()) -> Endpoint { Endpoint(.client, deflate: terms) }

    private func receive(_ frames: [Frame], _ end: Endpoint, byteByByte: Bool) {
        let bytes = frames.flatMap { $0.bytes(key: nil) }
        if byteByByte { bytes.forEach { end.receive([$0]) } } else { end.receive(bytes) }
    }

    @Test(arguments: [true, false])
    func `the examples of RFC 7692`(byteByByte: Bool) {
        let context = WebSocketDeflate(server: Direction(keepsContext: true), client: Direction(keepsContext: true))
        let examples: [[Frame]] = [
            DeflateRow.frames(1, Self.hello),
            DeflateRow.frames(1, Self.hello, by: 3),
            DeflateRow.frames(1, [0xF2, 0x00, 0x11, 0x00, 0x00]),
            DeflateRow.frames(1, [0x00, 0x05, 0x00, 0xFA, 0xFF, 0x48, 0x65, 0x6C, 0x6C, 0x6F, 0x00]),
            DeflateRow.frames(1, [0xF3, 0x48, 0xCD, 0xC9, 0xC9, 0x07, 0x00, 0x00]),
            DeflateRow.frames(1, [0xF2, 0x48, 0x05, 0x00, 0x00, 0x00, 0xFF, 0xFF, 0xCA, 0xC9, 0xC9, 0x07, 0x00]),
            [.text("Hello")],
        ]
        let end = end(context)
        for example in examples { receive(example, end, byteByByte: byteByByte) }
        #expect(end.events == Array(repeating: .message(.text("Hello")), count: examples.count))
        #expect(end.error == nil)
    }

    @Test(arguments: [true, false])
    func `an empty message, and pings between compressed fragments`(byteByByte: Bool) {
        let end = end()
        let cut = DeflateRow.frames(1, Self.hello, by: 4)
        receive(
            DeflateRow.frames(1, [0]) + [cut[0], .ping([1]), .pong(), cut[1]], end, byteByByte: byteByByte)
        #expect(
            end.events == [
                .message(.text("")), .ping(Bytes([1])), .pong(Bytes()), .message(.text("Hello")),
            ])
    }

    /// Stored blocks hold bytes as they are.
    private static func stored(_ bytes: [UInt8]) -> [UInt8] {
        [0, UInt8(bytes.count), 0, ~UInt8(bytes.count), 0xFF] + bytes
    }

    static let refused: [(String, [Frame], WebSocketError)] = [
        ("garbage", DeflateRow.frames(1, [0xFF, 0xFF, 0xFF]), .badCompression),
        ("an unknown kind of block", DeflateRow.frames(1, [0x06, 0x00]), .badCompression),
        ("nothing, which is no block", DeflateRow.frames(2, []), .badCompression),
        ("cut inside a block", DeflateRow.frames(1, Array(hello[..<5])), .badCompression),
        ("a stored block that is too short", DeflateRow.frames(2, [0, 9, 0, 0xF6, 0xFF, 1]), .badCompression),
        ("a reference to what was never sent", DeflateRow.frames(1, [0xF2, 0x00, 0x11, 0x00, 0x00]), .badCompression),
        ("what is no text", DeflateRow.frames(1, stored([0x61, 0xFF]) + [0]), .notText),
        ("half a character", DeflateRow.frames(1, stored([0x61, 0xCE]) + [0]), .notText),
        (
            "what is no text, in a frame that is not the last", [DeflateRow.frames(1, stored([0xFF]) + [0], by: 6)[0]],
            .notText
        ),
        ("a compressed ping", [Frame(9, [], reserved: 4)], .reservedBits),
        ("a compressed Close", [Frame(8, [], reserved: 4)], .reservedBits),
        ("another reserved bit", [Frame(1, hello, reserved: 6)], .reservedBits),
        (
            "a continuation that says so again",
            [Frame(1, hello, isFinal: false, reserved: 4), Frame(0, [], reserved: 4)],
            .reservedBits
        ),
        ("only a continuation that says so", [.begin(2, hello), Frame(0, [], reserved: 4)], .reservedBits),
    ]

    @Test(arguments: refused.indices)
    func `what is wrong is refused`(place: Int) {
        let (name, frames, error) = Self.refused[place]
        for byteByByte in [true, false] {
            let end = end()
            receive(frames, end, byteByByte: byteByByte)
            #expect(end.error == error, "\(name)")
            #expect(end.takeFrames()?.last?.opcode == 8, "\(name)")
        }
    }

    @Test func `without an agreement nothing is compressed`() {
        let end = Endpoint(.client)
        receive(DeflateRow.frames(1, Self.hello), end, byteByByte: false)
        #expect(end.error == .reservedBits)
    }

    @Test func `what is short, or does not shrink, is sent as it is`() {
        let end = end()
        let kilo = Array(repeating: UInt8(0x61), count: 1024)
        var generator = Seeded(state: 3)
        let noise = kilo.map { _ in UInt8.random(in: 0...255, using: &generator) }
        for payload in [Array(kilo[..<1023]), noise, kilo] { end.send(.binary(Bytes(payload))) }
        let frames = end.takeFrames() ?? []
        #expect(frames.map(\.reserved) == [0, 0, 4])
        #expect(frames.map(\.payload.count)[..<2] == [1023, 1024])
        #expect(frames[2].payload.count < 50)
    }

    // MARK: Bombs

    @Test func `a bomb of a gigabyte costs its limit and no more`() throws {
        let bomb = Self.bomb
        #expect(bomb.count < 2 << 20)
        let limit = 1 << 20
        let inflater = MessageInflater(keepsContext: false, limits: InflationLimits(bytes: limit, ratio: .max))
        var out = ByteWriter()
        #expect(throws: CompressionError.tooLarge) {
            try inflater.inflate(bomb.span.bytes, isLast: true, into: &out)
        }
        #expect(out.count == limit)
        // Over the wire, piece by piece: it ends with the piece that makes it too large, a thousandth of it.
        for keeps in [true, false] {
            let end = end(WebSocketDeflate(server: Direction(keepsContext: keeps)))
            let bytes = DeflateRow.frames(2, bomb)[0].bytes(key: nil)
            let pieces = stride(from: 0, to: bytes.count, by: 512).map { Array(bytes[$0..<min($0 + 512, bytes.count)]) }
            let needed = pieces.firstIndex { piece in
                end.receive(piece)
                return end.error != nil
            }
            #expect(end.error == .messageTooLarge)
            #expect(try #require(needed) < 5)
        }
    }

    @Test func `what no compressor makes so long is refused with its header`() {
        var settings = WebSocketSettings()
        settings.messageBytes = 8192
        for (length, error) in [(8192 + 1024 + 1024, nil), (8192 + 1024 + 1025, WebSocketError.messageTooLarge)] {
            let end = Endpoint(.client, deflate: WebSocketDeflate(), settings: settings)
            end.receive(
                Frame(2, [], reserved: 4).bytes(key: nil, .sixteenBits).dropLast(2) + [
                    UInt8(length >> 8), UInt8(length & 255),
                ])
            #expect(end.error == error)
        }
    }

    /// Zeros, a gigabyte of them. All but the first pieces look alike, so they need not be made.
    private static let bomb: [UInt8] = {
        let deflater = Deflater(.raw(windowBits: 15), level: 9)
        let zeros = [UInt8](repeating: 0, count: 1 << 24)
        let pieces = (0..<3).map { _ in
            var out = ByteWriter()
            deflater.deflate(zeros.span.bytes, .sync, into: &out)
            return out.finish().array
        }
        return pieces[0] + pieces[1] + Array(repeating: pieces[2], count: 62).flatMap { $0 } + [0]
    }()
}
