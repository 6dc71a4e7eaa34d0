import Buffers
import Testing

@testable import SOAP

@Suite struct LineIndexTests {
    @Test func `places count lines and characters from one`() {
        let index = LineIndex(Bytes("aé\nbc\n\nd"))
        let places = [0, 1, 3, 4, 5, 7, 8, 99, -1].map { index.place(of: $0) }
        #expect(places.map(\.line) == [1, 1, 1, 2, 2, 3, 4, 4, 1])
        #expect(places.map(\.column) == [1, 2, 3, 1, 2, 1, 1, 2, 1])
    }

    @Test func `a long line is counted past the size of a block`() {
        let text = "x\n" + String(repeating: "é", count: 6000)
        #expect(LineIndex(Bytes(text)).place(of: 2 + 2 * 5000) == (2, 5001))
        let whole = LineIndex(Bytes(String(repeating: "a", count: 8192)))
        #expect(whole.place(of: 8192) == (1, 8193))
        #expect(LineIndex(Bytes()).place(of: 0) == (1, 1))
    }
}
