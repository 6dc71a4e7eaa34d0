/// ASCII letters, digits and what they mean, for codecs that work on bytes.
public enum ASCII {
    public static func lowercased(_ byte: UInt8) -> UInt8 {
        byte &- 0x41 < 26 ? byte | 0x20 : byte
    }

    /// Eight bytes at once.
    public static func lowercased(_ word: UInt64) -> UInt64 {
        let low = word & 0x7F7F_7F7F_7F7F_7F7F
        let fromA = low &+ 0x3F3F_3F3F_3F3F_3F3F
        let behindZ = low &+ 0x2525_2525_2525_2525
        return word | (fromA & ~behindZ & ~word & 0x8080_8080_8080_8080) >> 2
    }

    /// Space or horizontal tab.
    public static func isBlank(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x09
    }

    public static func isDigit(_ byte: UInt8) -> Bool {
        byte &- 0x30 < 10
    }

    public static func isLetter(_ byte: UInt8) -> Bool {
        (byte | 0x20) &- 0x61 < 26
    }

    /// The number that eight digits at once are, the first one in the lowest byte; nil when one is none.
    public static func decimal(_ word: UInt64) -> UInt32? {
        let nibbles = word & 0x0F0F_0F0F_0F0F_0F0F
        let isOverNine = (nibbles &+ 0x0606_0606_0606_0606) & 0xF0F0_F0F0_F0F0_F0F0
        guard word ^ nibbles == 0x3030_3030_3030_3030, isOverNine == 0 else { return nil }
        // Two digits, then four, then eight become one number in the upper half of each pair.
        let pairs = (nibbles &* (10 << 8 | 1)) >> 8 & 0x00FF_00FF_00FF_00FF
        let fours = (pairs &* (100 << 16 | 1)) >> 16 & 0x0000_FFFF_0000_FFFF
        return UInt32(truncatingIfNeeded: (fours &* (10_000 << 32 | 1)) >> 32)
    }

    /// The value of a hexadecimal digit in either case, or nil.
    public static func hexValue(_ byte: UInt8) -> UInt8? {
        if byte &- 0x30 < 10 { return byte &- 0x30 }
        let letter = (byte | 0x20) &- 0x61
        return letter < 6 ? letter &+ 10 : nil
    }

    public static let hexDigits: StaticString = "0123456789ABCDEF"
}
