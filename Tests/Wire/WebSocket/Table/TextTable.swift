import WebSocket

/// What is text and what is not, row by row: group 6 of the Autobahn test suite, most of it after Markus Kuhn's stress test
/// for UTF-8 decoders.
enum TextTable {
    static var all: [Row] { fragments + failFast + sequences + malformed + overlong + surrogates + specials }

    /// With an accent that has three bytes.
    static let greek = "κ\u{1F79}σμε".bytes
    private static let mixed = "Hello-µ@ßöäüàá-UTF-8!!".bytes
    private static let edited = "edited".bytes

    static func good(_ name: String, _ bytes: [UInt8]) -> [Row] {
        [
            Row.good(name, [.text(bytes)], [.text(bytes)]),
            Row.good(name + ", every byte a frame", singles(bytes), [.text(bytes)]),
        ]
    }

    static func bad(_ name: String, _ bytes: [UInt8]) -> [Row] {
        [
            Row.bad(name, [.text(bytes)], code: 1007),
            Row.bad(name + ", every byte a frame", singles(bytes), code: 1007),
        ]
    }

    private static func singles(_ bytes: [UInt8]) -> [Frame] {
        [.begin(1, [])] + bytes.map { .more([$0]) } + [.end([])]
    }

    @Rows private static var fragments: [Row] {
        Row.good("6.1.1 an empty text", [.text("")], [.text("")])
        Row.good("6.1.2 three empty fragments", [.begin(1, []), .more([]), .end([])], [.text("")])
        Row.good(
            "6.1.3 the middle one is not empty", [.begin(1, []), .more("middle".bytes), .end([])], [.text("middle")])
        Row.good("6.2.1 UTF-8", [.text(mixed)], [.text(mixed)])
        Row.good(
            "6.2.2 cut between characters", [.begin(1, Array(mixed[..<12])), .end(Array(mixed[12...]))],
            [.text(mixed)])
        Row.good("6.2.3 every byte a frame", singles(mixed), [.text(mixed)])
        Row.good("6.2.4 every byte a frame, in Greek", singles(greek), [.text(greek)])
        Row.bad("6.3.1 a surrogate", [.text(greek + [0xED, 0xA0, 0x80] + edited)], code: 1007)
        Row.bad("6.3.2 a surrogate, every byte a frame", singles(greek + [0xED, 0xA0, 0x80] + edited), code: 1007)
    }

    /// What cannot become text is refused before the rest of it comes.
    @Rows private static var failFast: [Row] {
        Row.bad("6.4.1 too high, in a fragment", [.begin(1, greek), .more([0xF4, 0x90, 0x80, 0x80])], code: 1007)
        Row.bad("6.4.2 too high, with its second byte", [.begin(1, greek + [0xF4]), .more([0x90])], code: 1007)
        Row.bad(
            "6.4.3 too high, in a frame that goes on",
            pieces: [.cut(.text(greek + [0xF4, 0x90, 0x80, 0x80] + edited), greek.count + 4)], code: 1007)
        Row.bad(
            "6.4.4 too high, with its second byte, in a frame that goes on",
            pieces: [.cut(.text(greek + [0xF4, 0x90, 0x80, 0x80] + edited), greek.count + 2)], code: 1007)
        [0x80, 0xC0, 0xC1, 0xF5, 0xFF].map {
            Row.bad("6.4 \($0), in a frame that goes on", pieces: [.cut(.text([$0, 0x80, 0x80]), 1)], code: 1007)
        }
        [[0xE0, 0x9F], [0xED, 0xA0], [0xF0, 0x8F], [0xF4, 0x90], [0xC2, 0x61], [0xE1, 0xC0]].map {
            Row.bad("6.4 \($0), in a frame that goes on", pieces: [.cut(.text($0 + [0x80, 0x80]), 2)], code: 1007)
        }
    }

    // MARK: Sequences

    @Rows private static var sequences: [Row] {
        good("6.5.1 Greek", greek)
        good("6.5.2 A and a character past the first plane", [0x41, 0xF0, 0x90, 0x80, 0x80, 0x41])
        good("6.5.3 a BOM", [0xEF, 0xBB, 0xBF] + greek)
        good("6.5.4 NUL", [0x61, 0x00, 0x62])
        good("6.5.5 mathematical letters", "𝔘𝔫𝔦𝔠𝔬𝔡𝔢".bytes)
        (1...11).map { length in
            // Two bytes are one character, but the second has three.
            let text = Array(greek[..<min(length, greek.count)])
            let isWhole = [2, 5, 7, 9, 11].contains(length)
            return isWhole
                ? Row.good("6.6.\(length) the first \(length) bytes of Greek", [.text(text)], [.text(text)])
                : Row.bad("6.6.\(length) the first \(length) bytes of Greek", [.text(text)], code: 1007)
        }
        good("6.7.1 the first of one byte", [0x00])
        good("6.7.2 the first of two bytes", [0xC2, 0x80])
        good("6.7.3 the first of three bytes", [0xE0, 0xA0, 0x80])
        good("6.7.4 the first of four bytes", [0xF0, 0x90, 0x80, 0x80])
        bad("6.8.1 the first of five bytes", [0xF8, 0x88, 0x80, 0x80, 0x80])
        bad("6.8.2 the first of six bytes", [0xFC, 0x84, 0x80, 0x80, 0x80, 0x80])
        good("6.9.1 the last of one byte", [0x7F])
        good("6.9.2 the last of two bytes", [0xDF, 0xBF])
        good("6.9.3 the last of three bytes", [0xEF, 0xBF, 0xBF])
        good("6.9.4 the last of all", [0xF4, 0x8F, 0xBF, 0xBF])
        bad("6.10.1 the last of four bytes", [0xF7, 0xBF, 0xBF, 0xBF])
        bad("6.10.2 the last of five bytes", [0xFB, 0xBF, 0xBF, 0xBF, 0xBF])
        bad("6.10.3 the last of six bytes", [0xFD, 0xBF, 0xBF, 0xBF, 0xBF, 0xBF])
        good("6.11.1 before the surrogates", [0xED, 0x9F, 0xBF])
        good("6.11.2 behind the surrogates", [0xEE, 0x80, 0x80])
        good("6.11.3 the replacement character", [0xEF, 0xBF, 0xBD])
        good("6.11.4 the last of all", [0xF4, 0x8F, 0xBF, 0xBF])
        bad("6.11.5 the first that is too high", [0xF4, 0x90, 0x80, 0x80])
    }

    @Rows private static var malformed: [Row] {
        bad("6.12.1 the first continuation byte", [0x80])
        bad("6.12.2 the last continuation byte", [0xBF])
        (2...6).map { count in
            let bytes = (0..<count).map { UInt8($0 % 2 == 0 ? 0x80 : 0xBF) }
            return Row.bad("6.12.\(count + 1) \(count) continuation bytes", [.text(bytes)], code: 1007)
        }
        bad("6.12.8 all continuation bytes", Array(0x80...0xBF))
        bad("6.13.1 all starts of two bytes", (0xC0...0xDF).flatMap { [$0, 0x20] })
        bad("6.13.2 all starts of three bytes", (0xE0...0xEF).flatMap { [$0, 0x20] })
        bad("6.13.3 all starts of four bytes", (0xF0...0xF7).flatMap { [$0, 0x20] })
        bad("6.13.4 all starts of five bytes", (0xF8...0xFB).flatMap { [$0, 0x20] })
        bad("6.13.5 all starts of six bytes", (0xFC...0xFD).flatMap { [$0, 0x20] })
        incomplete.enumerated().flatMap { bad("6.14.\($0 + 1) the last byte is missing", $1) }
        bad("6.15.1 all of them together", incomplete.flatMap { $0 })
        bad("6.16.1 FE", [0xFE])
        bad("6.16.2 FF", [0xFF])
        bad("6.16.3 FE FE FF FF", [0xFE, 0xFE, 0xFF, 0xFF])
    }

    private static let incomplete: [[UInt8]] = [
        [0xC0], [0xE0, 0x80], [0xF0, 0x80, 0x80], [0xF8, 0x80, 0x80, 0x80], [0xFC, 0x80, 0x80, 0x80, 0x80], [0xDF],
        [0xEF, 0xBF], [0xF7, 0xBF, 0xBF], [0xFB, 0xBF, 0xBF, 0xBF], [0xFD, 0xBF, 0xBF, 0xBF, 0xBF],
    ]

    @Rows private static var overlong: [Row] {
        let slashes: [[UInt8]] = [
            [0xC0, 0xAF], [0xE0, 0x80, 0xAF], [0xF0, 0x80, 0x80, 0xAF], [0xF8, 0x80, 0x80, 0x80, 0xAF],
            [0xFC, 0x80, 0x80, 0x80, 0x80, 0xAF],
        ]
        slashes.enumerated().flatMap { bad("6.17.\($0 + 1) a slash in \($0 + 2) bytes", $1) }
        let largest: [[UInt8]] = [
            [0xC1, 0xBF], [0xE0, 0x9F, 0xBF], [0xF0, 0x8F, 0xBF, 0xBF], [0xF8, 0x87, 0xBF, 0xBF, 0xBF],
            [0xFC, 0x83, 0xBF, 0xBF, 0xBF, 0xBF],
        ]
        largest.enumerated().flatMap { bad("6.18.\($0 + 1) the largest that is too long", $1) }
        let nulls: [[UInt8]] = [
            [0xC0, 0x80], [0xE0, 0x80, 0x80], [0xF0, 0x80, 0x80, 0x80], [0xF8, 0x80, 0x80, 0x80, 0x80],
            [0xFC, 0x80, 0x80, 0x80, 0x80, 0x80],
        ]
        nulls.enumerated().flatMap { bad("6.19.\($0 + 1) NUL in \($0 + 2) bytes", $1) }
    }

    private static let halves: [[UInt8]] = [
        [0xED, 0xA0, 0x80], [0xED, 0xAD, 0xBF], [0xED, 0xAE, 0x80], [0xED, 0xAF, 0xBF], [0xED, 0xB0, 0x80],
        [0xED, 0xBE, 0x80], [0xED, 0xBF, 0xBF],
    ]

    @Rows private static var surrogates: [Row] {
        halves.enumerated().flatMap { bad("6.20.\($0 + 1) half a pair", $1) }
        halves[..<4].enumerated().flatMap { place, high in
            [4, 6].enumerated().flatMap { bad("6.21.\(place * 2 + $0 + 1) a pair", high + halves[$1]) }
        }
    }

    @Rows private static var specials: [Row] {
        good("6.22.1 U+FFFE", [0xEF, 0xBF, 0xBE])
        good("6.22.2 U+FFFF", [0xEF, 0xBF, 0xBF])
        (1...16).flatMap { plane in
            [UInt32(0xFFFE), 0xFFFF].enumerated().map { place, low in
                let text = String(Unicode.Scalar(UInt32(plane) << 16 | low) ?? "?").bytes
                return Row.good(
                    "6.22.\(plane * 2 + place + 1) no character of plane \(plane)", [.text(text)], [.text(text)])
            }
        }
        (0xFFF9...0xFFFF as ClosedRange<UInt32>).enumerated().flatMap { place, value in
            good("6.23.\(place + 1) a special one", String(Unicode.Scalar(value) ?? "?").bytes)
        }
    }
}
