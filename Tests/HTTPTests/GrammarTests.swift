import Buffers
import HTTP
import Testing

/// The scans by blocks against the definition byte by byte, at every length and place.
struct GrammarTests {
    private func check(_ scan: (RawSpan, Int) -> Int, stopsAt isStop: (UInt8) -> Bool) {
        var failures: [String] = []
        for byte in UInt8.min...UInt8.max {
            for length in [1, 7, 8, 9, 15, 16, 17, 24, 31, 40] {
                for place in [0, length / 2, length - 1] {
                    var bytes = [UInt8](repeating: 0x61, count: length)
                    bytes[place] = byte
                    let expected = isStop(byte) ? place : length
                    for start in [0, min(place, 3), place] where scan(bytes.span.bytes, start) != expected {
                        failures.append("byte \(byte) at \(place) of \(length), from \(start)")
                    }
                }
            }
        }
        #expect(failures == [])
    }

    @Test func `control characters are found`() {
        check({ $0.firstControl(from: $1) }, stopsAt: { $0 < 0x20 || $0 == 0x7F })
    }

    @Test func `the end of a target is found`() {
        check({ $0.endOfTarget(from: $1) }, stopsAt: { $0 <= 0x20 || $0 >= 0x7F || $0 == UInt8(ascii: "#") })
    }

    @Test func `the end of a token is found`() {
        let token = Set("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".utf8)
        check({ $0.endOfToken(from: $1) }, stopsAt: { !token.contains($0) })
    }

    @Test func `a plain path is told from others`() {
        var failures: [String] = []
        for length in [1, 2, 15, 16, 17, 18, 32, 33, 34, 49, 60] {
            let plain = Array(("/" + String(repeating: "a", count: length)).utf8.prefix(length))
            if !plain.span.bytes.isPlainPath { failures.append("plain, of \(length)") }
            for place in 1..<max(length, 1) {
                for byte in UInt8.min...UInt8.max {
                    var path = plain
                    path[place] = byte
                    let isBad = byte <= 0x20 || byte >= 0x7F || Array("#%\\".utf8).contains(byte)
                    let isDotted = place == 1 && Array("/.".utf8).contains(byte)
                    if path.span.bytes.isPlainPath == (isBad || isDotted) {
                        failures.append("\(byte) at \(place) of \(length)")
                    }
                }
                guard place + 1 < length else { continue }
                for pair in ["//", "/."] {
                    var path = plain
                    path.replaceSubrange(place...place + 1, with: pair.utf8)
                    if path.span.bytes.isPlainPath { failures.append("\(pair) at \(place) of \(length)") }
                }
            }
        }
        #expect(failures == [])
    }

    @Test func `a list gives its elements`() {
        let list = Array(" a,, b\t,c d,".utf8)
        var (elements, start): ([String], Int) = ([], 0)
        while let element = list.span.bytes.nextElement(from: &start) { elements.append(String(decoding: element)) }
        #expect(elements == ["a", "b", "c d"])
    }
}
