import WebSocket

extension FrameTable {
    // MARK: 7 Closing

    private static let long = String(repeating: "BAsd7&jh23", count: 26_214)

    @Rows static var closing: [Row] {
        Row.closed("7.1.1 a text, and Close", [.text("hello"), .close(1000)], [.text("hello")], code: 1000)
        Row.closed("7.1.2 two Closes", [.close(1000), .close(1000)], code: 1000)
        Row.closed("7.1.3 a ping after Close", [.close(1000), .ping()], code: 1000)
        Row.closed("7.1.4 a text after Close", [.close(1000), .text("hello")], code: 1000)
        Row.closed(
            "7.1.5 Close between fragments", [.begin(1, "a".bytes), .close(1000), .end("b".bytes)], code: 1000)
        Row.closed(
            "7.1.6 256 KiB, Close and ping", [.text(long), .close(1000), .ping()], [.text(long)], code: 1000
        ).large
        Row.closed("7.1 nonsense after Close", [.close(1000), Frame(15, [0], reserved: 7)], code: 1000)
        Row.closed("7.3.1 an empty Close", [.close()], code: 1005)
        Row.bad("7.3.2 a Close of one byte", [Frame(8, [0x61])])
        Row.closed("7.3.3 a Close with a code", [.close(1000)], code: 1000)
        Row.closed("7.3.4 a Close with a reason", [.close(1000, "Hello, world!".bytes)], code: 1000)
        Row.closed("7.3.5 a reason of 123 bytes", [.close(1000, stars(123))], code: 1000)
        Row.bad("7.3.6 a reason of 124 bytes", [.close(1000, stars(124))])
        Row.bad(
            "7.5.1 a reason that is no UTF-8", [.close(1000, "\u{3BA}".bytes + [0xED, 0xA0, 0x80, 0x65])], code: 1007)
        Row.bad("7.5 a reason that is cut in a character", [.close(1000, [0x61, 0xCE])], code: 1007)
        Row.closed("7.5 a reason in Greek", [.close(1000, "κόσμε".bytes)], code: 1000)
        [1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 3000, 3999, 4000, 4999].enumerated().map {
            Row.closed("7.7.\($0 + 1) code \($1)", [.close($1)], code: $1)
        }
        [1012, 1013, 1014].map { Row.closed("7.7 code \($0), registered since", [.close($0)], code: $0) }
        [0, 999, 1004, 1005, 1006, 1016, 1100, 2000, 2999].enumerated().map {
            Row.bad("7.9.\($0 + 1) code \($1)", [.close($1)])
        }
        [1, 1015, 1017, 65_535].map { Row.bad("7.9 code \($0)", [.close($0)]) }
        Row.bad("7.13.1 code 5000", [.close(5000)])
        Row.bad("7.13.2 code 65535", [.close(65_535)])
        Row.bad("7.13 a wrong code with a reason that is no UTF-8", [.close(999, [0xFF])])
    }

    private static func stars(_ count: Int) -> [UInt8] { Array(repeating: UInt8(ascii: "*"), count: count) }

    // MARK: 9 Large messages, 10 fragments of their own

    private static let kilo = 1024

    /// A quarter of Autobahn's sizes, which change nothing and take a minute without the optimiser.
    @Rows static var large: [Row] {
        [16, 64, 256, 1024, 2048, 4096].enumerated().map { place, size in
            whole("9.1.\(place + 1) a text of \(size) KiB", Frame(1, stars(size * kilo)))
        }
        [16, 64, 256, 1024, 2048, 4096].enumerated().map { place, size in
            whole("9.2.\(place + 1) a binary of \(size) KiB", Frame(2, stars(size * kilo)))
        }
        [16, 64, 256, 1024, 4096, 16_384, 65_536, 262_144, 1_048_576].enumerated().map { place, size in
            cut("9.3.\(place + 1) a text of 256 KiB in fragments of \(size)", 1, 1 << 18, by: size)
        }
        [16, 64, 256, 1024, 4096, 16_384, 65_536, 262_144, 1_048_576].enumerated().map { place, size in
            cut("9.4.\(place + 1) a binary of 256 KiB in fragments of \(size)", 2, 1 << 18, by: size)
        }
        [64, 128, 256, 512, 1024, 2048].enumerated().map { place, size in
            inPieces("9.5.\(place + 1) a text of 64 KiB in pieces of \(size)", Frame(1, stars(1 << 16)), size)
        }
        [64, 128, 256, 512, 1024, 2048].enumerated().map { place, size in
            inPieces("9.6.\(place + 1) a binary of 64 KiB in pieces of \(size)", Frame(2, stars(1 << 16)), size)
        }
        [0, 16, 64, 256, 1024, 4096].enumerated().map { place, size in
            many("9.7.\(place + 1) a hundred texts of \(size)", Frame(1, stars(size)))
        }
        [0, 16, 64, 256, 1024, 4096].enumerated().map { place, size in
            many("9.8.\(place + 1) a hundred binaries of \(size)", Frame(2, stars(size)))
        }
        cut("10.1.1 a text of 64 KiB in fragments of 1300", 1, 65_536, by: 1300)
    }

    private static func whole(_ name: String, _ frame: Frame) -> Row { Row.good(name, [frame], [frame]).large }

    private static func cut(_ name: String, _ opcode: UInt8, _ count: Int, by size: Int) -> Row {
        var frames = stride(from: 0, to: count, by: size).map {
            Frame(0, stars(min(size, count - $0)), isFinal: false)
        }
        frames[0].opcode = opcode
        frames[frames.count - 1].isFinal = true
        return Row.good(name, frames, [Frame(opcode, stars(count))]).large.with { $0.fragments = 1 << 20 }
    }

    private static func inPieces(_ name: String, _ frame: Frame, _ size: Int) -> Row {
        var row = whole(name, frame)
        row.pieceBytes = size
        return row
    }

    private static func many(_ name: String, _ frame: Frame) -> Row {
        let frames = Array(repeating: frame, count: 100)
        return Row.good(name, frames, frames).large
    }
}
