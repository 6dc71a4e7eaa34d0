import Buffers
import HTTP
import Testing

/// The scans by blocks against the definition byte by byte, at every length and place.
struct GrammarTests {
    private func check(_ scan: (RawSpan, Int) -> Int, stopsAt isStop: (UInt8) -> Bool) {
        var failures: [String] = []
        for byte in UInt8.min...UInt8.max {
            for length in [1, 7, 15, 16, 17, 31, 40] {
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

    @Test func `a list gives its elements`() {
        let list = Array(" a,, b\t,c d,".utf8)
        var (elements, start): ([String], Int) = ([], 0)
        while let element = list.span.bytes.nextElement(from: &start) { elements.append(String(decoding: element)) }
        #expect(elements == ["a", "b", "c d"])
    }
}
