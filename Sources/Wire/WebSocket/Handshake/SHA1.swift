internal import Buffers

/// SHA-1 (RFC 3174), for the one thing that the opening handshake wants it for: to show that the server understood the
/// request. Not for security: collisions can be made.
struct SHA1 {
    private var state: [5 of UInt32] = [0x6745_2301, 0xEFCD_AB89, 0x98BA_DCFE, 0x1032_5476, 0xC3D2_E1F0]

    /// The 20 bytes that stand for `message`.
    static func digest(_ message: [UInt8]) -> [UInt8] {
        var hash = SHA1()
        // A one, zeros up to 56 bytes of a block, and the length in bits (§4).
        var padded = message
        padded.append(0x80)
        padded += Array(repeating: 0, count: (120 - padded.count % 64) % 64)
        let bitCount = UInt64(message.count) << 3
        for shift in stride(from: UInt64(56), through: 0, by: -8) {
            padded.append(UInt8(truncatingIfNeeded: bitCount >> shift))
        }
        let blocks = padded.span.bytes
        for start in stride(from: 0, to: padded.count, by: 64) { hash.mix(blocks.extracting(start..<start + 64)) }
        return (0..<20).map { UInt8(truncatingIfNeeded: hash.state[$0 / 4] >> UInt32(24 - $0 % 4 * 8)) }
    }

    /// One block of 64 bytes (§6.1).
    private mutating func mix(_ block: RawSpan) {
        var words = [UInt32](repeating: 0, count: 80)
        for index in 0..<16 {
            words[index] = UInt32(bigEndian: block.unsafeLoadUnaligned(fromByteOffset: index * 4, as: UInt32.self))
        }
        for index in 16..<80 {
            words[index] = Self.turn(
                words[index - 3] ^ words[index - 8] ^ words[index - 14] ^ words[index - 16], 1)
        }
        var (a, b, c, d, e) = (state[0], state[1], state[2], state[3], state[4])
        for (index, word) in words.enumerated() {
            let (function, constant): (UInt32, UInt32) =
                switch index {
                case ..<20: (b & c | ~b & d, 0x5A82_7999)
                case ..<40: (b ^ c ^ d, 0x6ED9_EBA1)
                case ..<60: (b & c | b & d | c & d, 0x8F1B_BCDC)
                default: (b ^ c ^ d, 0xCA62_C1D6)
                }
            (a, b, c, d, e) = (Self.turn(a, 5) &+ function &+ e &+ word &+ constant, a, Self.turn(b, 30), c, d)
        }
        state[0] &+= a
        state[1] &+= b
        state[2] &+= c
        state[3] &+= d
        state[4] &+= e
    }

    private static func turn(_ word: UInt32, _ bits: UInt32) -> UInt32 {
        word << bits | word >> (32 - bits)
    }
}
