internal import Buffers
internal import HTTP

/// The name of one call.
enum RequestID {
    /// Whether a client's own id may be taken over: 1 to 128 visible characters that are safe in logs and fields.
    static func isAcceptable(_ id: RawSpan) -> Bool {
        guard (1...128).contains(id.byteCount) else { return false }
        for index in 0..<id.byteCount {
            let byte = id[index]
            guard
                ASCII.isLetter(byte) || ASCII.isDigit(byte) || byte == 0x2D || byte == 0x5F || byte == 0x2E
                    || byte == 0x3A
            else { return false }
        }
        return true
    }

    /// Takes the client's own id over, if it sent an acceptable one; else `id` stays as it was.
    static func take(from headers: borrowing Headers, into id: inout [UInt8]) -> Bool {
        guard let index = headers.firstIndex(of: .xRequestID) else { return false }
        let received = headers.value(at: index)
        guard isAcceptable(received) else { return false }
        id.assign(received)
        return true
    }

    /// Makes a new one, of 32 hexadecimal digits.
    static func make(_ random: inout SplitMix, into id: inout [UInt8]) {
        let (first, last) = (random.next(), random.next())
        let words: [4 of UInt64] = [
            digits(UInt32(truncatingIfNeeded: first >> 32)), digits(UInt32(truncatingIfNeeded: first)),
            digits(UInt32(truncatingIfNeeded: last >> 32)), digits(UInt32(truncatingIfNeeded: last)),
        ]
        id.assign(words.span.bytes)
    }

    /// The eight digits of `number` in memory order, all at once: each byte of the word is one digit.
    private static func digits(_ number: UInt32) -> UInt64 {
        var nibbles = UInt64(number)
        nibbles = (nibbles << 16 | nibbles) & 0x0000_FFFF_0000_FFFF
        nibbles = (nibbles << 8 | nibbles) & 0x00FF_00FF_00FF_00FF
        nibbles = (nibbles << 4 | nibbles) & 0x0F0F_0F0F_0F0F_0F0F
        let isLetter = (nibbles &+ 0x0606_0606_0606_0606) >> 4 & 0x0101_0101_0101_0101
        return (nibbles &+ 0x3030_3030_3030_3030 &+ isLetter &* 0x27).bigEndian
    }
}
