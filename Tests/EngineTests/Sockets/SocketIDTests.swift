import Testing

@testable import Engine

@Suite struct SocketIDTests {
    @Test func `a name is known where it was made, and nowhere else`() {
        let key = SocketKey()
        let id = SocketID(worker: 3, random: [UInt8](0..<16), key: key)
        #expect(id.text.utf8.count == 60)
        #expect(SocketID(id.text, key: key)?.worker == 3)
        #expect(SocketID(id.text, key: SocketKey()) == nil)
    }

    @Test func `a name with any character changed is no name`() {
        let key = SocketKey()
        let text = Array(SocketID(worker: 0, random: [UInt8](repeating: 7, count: 16), key: key).text.utf8)
        for place in text.indices {
            var other = text
            other[place] = other[place] == 0x30 ? 0x31 : 0x30
            #expect(SocketID(String(decoding: other, as: UTF8.self), key: key) == nil)
            #expect(SocketID(String(decoding: text[..<place], as: UTF8.self), key: key) == nil)
        }
    }
}
