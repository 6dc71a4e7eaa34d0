import Testing

@testable import WebSocket

@Suite struct SHA1Tests {
    private func hex(_ message: [UInt8]) -> String {
        SHA1.digest(message).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    @Test func `the vectors of RFC 3174`() {
        #expect(hex("abc".bytes) == "a9993e364706816aba3e25717850c26c9cd0d89d")
        #expect(
            hex("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq".bytes)
                == "84983e441c3bd26ebaae4aa1f95129e5e54670f1")
        #expect(hex(Array(repeating: 0x61, count: 1_000_000)) == "34aa973cd4c4daa4f61eeb2bdbad27316534016f")
        #expect(
            hex(Array(repeating: Array("01234567".utf8), count: 80).flatMap { $0 })
                == "dea356a2cddd90c7a7ecedc5ebb563934f460452")
    }

    @Test func `lengths around the end of a block`() {
        #expect(hex([]) == "da39a3ee5e6b4b0d3255bfef95601890afd80709")
        let expected = [
            55: "c1c8bbdc22796e28c0e15163d20899b65621d65a", 56: "c2db330f6083854c99d4b5bfb6e8f29f201be699",
            63: "03f09f5b158a7a8cdad920bddc29b81c18a551f5", 64: "0098ba824b5c16427bd7a1122a5a442a25ec644d",
            65: "11655326c708d70319be2610e8a57d9a5b959d3b",
        ]
        for (count, digest) in expected { #expect(hex(Array(repeating: 0x61, count: count)) == digest) }
    }

    @Test func `base64 of every remainder`() {
        func text(_ string: String) -> String { String(decoding: Base64.encode(string.bytes), as: UTF8.self) }
        #expect(text("") == "")
        #expect(text("f") == "Zg==")
        #expect(text("fo") == "Zm8=")
        #expect(text("foo") == "Zm9v")
        #expect(text("foobar") == "Zm9vYmFy")
        #expect(String(decoding: Base64.encode([0xFB, 0xFF, 0xFE]), as: UTF8.self) == "+//+")
    }
}
