import WebSocket

/// What RFC 6455 says of frames, messages and closing, row by row. The list is that of the Autobahn test suite, its groups
/// and numbers, and some more.
enum FrameTable {
    static var all: [Row] { framing + pings + reserved + opcodes + fragments + closing + large + own }

    private static let sizes = [0, 125, 126, 127, 128, 65_535, 65_536]

    // MARK: 1 Framing

    @Rows static var framing: [Row] {
        sizes.enumerated().map { place, size in
            echo("1.1.\(place + 1) a text of \(size) bytes", .text(String(repeating: "*", count: size)))
        }
        echo("1.1.8 a text of 65536 bytes, in pieces", .text(String(repeating: "*", count: 65_536)))
        sizes.enumerated().map { place, size in
            echo("1.2.\(place + 1) \(size) bytes", .binary(Array(repeating: 0xFE, count: size)))
        }
        echo("1.2.8 65536 bytes, in pieces", .binary(Array(repeating: 0xFE, count: 65_536)))
    }

    private static func echo(_ name: String, _ frame: Frame) -> Row {
        let row = Row.good(name, [frame], [frame])
        return frame.payload.count < 60_000 ? row : row.large
    }

    // MARK: 2 Pings and pongs

    private static let hello = "Hello, world!".bytes

    @Rows static var pings: [Row] {
        Row.good("2.1 a ping without payload", [.ping()], [.pong()])
        Row.good("2.2 a ping with text", [.ping(hello)], [.pong(hello)])
        Row.good("2.3 a ping with binary", [.ping([0, 255, 254, 253])], [.pong([0, 255, 254, 253])])
        Row.good("2.4 a ping of 125 bytes", [.ping(filler(125))], [.pong(filler(125))])
        Row.bad("2.5 a ping of 126 bytes", [.ping(filler(126)), .text("no")])
        Row.good("2.6 a ping of 125 bytes, byte by byte", [.ping(filler(125))], [.pong(filler(125))])
        Row.good("2.7 a pong nobody asked for", [.pong()], [])
        Row.good("2.8 a pong nobody asked for, with payload", [.pong(hello)], [])
        Row.good("2.9 a pong nobody asked for, and a ping", [.pong(hello), .ping("x".bytes)], [.pong("x".bytes)])
        Row.good(
            "2.10 ten pings", (0..<10).map { .ping("payload-\($0)".bytes) },
            (0..<10).map { .pong("payload-\($0)".bytes) })
        Row.good(
            "2.11 ten pings, in pieces", (0..<10).map { .ping("payload-\($0)".bytes) },
            (0..<10).map { .pong("payload-\($0)".bytes) })
    }

    static func filler(_ count: Int) -> [UInt8] { Array(repeating: 0xFE, count: count) }

    // MARK: 3 Reserved bits

    @Rows static var reserved: [Row] {
        Row.bad("3.1 RSV 1", [reserved(1, .text("Hello, world!"))])
        Row.bad(
            "3.2 RSV 2 after a text", [.text("one"), reserved(2, .text("two")), .ping()], [.text("one")])
        Row.bad(
            "3.3 RSV 3 after a text, in frames", [.text("one"), reserved(3, .text("two")), .ping()], [.text("one")])
        Row.bad(
            "3.4 RSV 4 after a text, byte by byte", [.text("one"), reserved(4, .text("two")), .ping()],
            [.text("one")])
        Row.bad("3.5 RSV 5 on binary", [reserved(5, .binary(hello))])
        Row.bad("3.6 RSV 6 on a ping", [reserved(6, .ping(hello))])
        Row.bad("3.7 RSV 7 on Close", [reserved(7, .close(1000))])
        Row.bad("3 RSV 4 on a continuation", [.begin(1, hello), reserved(4, .end(hello))])
        Row.bad("3 RSV 4 on a pong", [reserved(4, .pong())])
    }

    private static func reserved(_ bits: UInt8, _ frame: Frame) -> Frame {
        var frame = frame
        frame.reserved = bits
        return frame
    }

    // MARK: 4 Opcodes

    @Rows static var opcodes: [Row] {
        (3...7).map { Row.bad("4.1.\($0 - 2) opcode \($0)", [Frame($0, $0 == 3 ? [] : hello), .ping()]) }
        (3...7).map {
            Row.bad("4.1 opcode \($0) after a text", [.text("one"), Frame($0, hello), .ping()], [.text("one")])
        }
        (11...15).map { Row.bad("4.2.\($0 - 10) opcode \($0)", [Frame($0, $0 == 11 ? [] : hello), .ping()]) }
        (11...15).map {
            Row.bad("4.2 opcode \($0) after a text", [.text("one"), Frame($0, hello), .ping()], [.text("one")])
        }
    }

    // MARK: 5 Fragments

    private static let first = "fragment1".bytes
    private static let second = "fragment2".bytes
    private static let both = Frame.text("fragment1fragment2")

    @Rows static var fragments: [Row] {
        Row.bad("5.1 a ping in two fragments", [.begin(9, first), .end(second)])
        Row.bad("5.2 a pong in two fragments", [.begin(10, first), .end(second)])
        Row.good("5.3 a text in two fragments", [.begin(1, first), .end(second)], [both])
        Row.good("5.4 the same, in frames", [.begin(1, first), .end(second)], [both])
        Row.good("5.5 the same, byte by byte", [.begin(1, first), .end(second)], [both])
        Row.good(
            "5.6 a ping between fragments", [.begin(1, first), .ping(hello), .end(second)], [.pong(hello), both])
        Row.good("5.7 the same, in frames", [.begin(1, first), .ping(hello), .end(second)], [.pong(hello), both])
        Row.good("5.8 the same, byte by byte", [.begin(1, first), .ping(hello), .end(second)], [.pong(hello), both])
        (9...11).map { Row.bad("5.\($0) a last continuation of nothing", [.end(first), .text("hello")]) }
        (12...14).map { Row.bad("5.\($0) a continuation of nothing", [.more(first), .text("hello")]) }
        Row.bad(
            "5.15 a continuation after the last", [.begin(1, first), .end(second), .more("3".bytes), .text("4")],
            [both])
        Row.bad("5.16 a continuation of nothing, and texts", [.more(first), .text("1"), .more(first), .text("2")])
        Row.bad("5.17 a last continuation, and texts", [.end(first), .text("1"), .end(first), .text("2")])
        Row.bad("5.18 both fragments are texts", [.begin(1, first), .text("fragment2")])
        Row.good("5.19 five fragments and pings", five, [.pong(first), .pong(second), .text("12345")])
        Row.good("5.20 the same, in frames", five, [.pong(first), .pong(second), .text("12345")])
        Row.bad("5 a binary inside a text", [.begin(1, first), .binary(second)])
        Row.bad("5 a fragment of binary inside a text", [.begin(1, first), .begin(2, second)])
        Row.bad("5 a Close in two fragments", [.begin(8, [3, 232]), .end([])])
        Row.good("5 empty fragments", [.begin(2, []), .more([]), .end([])], [.binary([])])
        Row.good(
            "5 a binary in three fragments", [.begin(2, first), .more([]), .end(second)], [.binary(first + second)])
        Row.good(
            "5 two messages in fragments", [.begin(1, first), .end(second), .begin(2, first), .end(second)],
            [both, .binary(first + second)])
    }

    private static let five = [
        Frame.begin(1, "1".bytes), .more("2".bytes), .ping(first), .more("3".bytes), .more("4".bytes), .ping(second),
        .end("5".bytes),
    ]
}
