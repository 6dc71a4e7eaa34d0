/// Numbers as text.
extension ByteWriter {
    /// Writes `value` in decimal digits.
    public mutating func append(decimal value: Int) {
        if value < 0 { append(UInt8(ascii: "-")) }
        append(decimal: value.magnitude)
    }

    /// Writes `value` in decimal digits.
    public mutating func append(decimal value: UInt) {
        guard value > 9 else { return append(UInt8(truncatingIfNeeded: value) &+ 0x30) }
        guard value < 100_000_000 else {
            append(decimal: value / 100_000_000)
            return append(word: value.lastEightDigits, length: 8)
        }
        let digits = value.lastEightDigits
        let zeros = (digits & 0x0F0F_0F0F_0F0F_0F0F).trailingZeroBitCount >> 3
        append(word: digits >> UInt64(truncatingIfNeeded: zeros &* 8), length: 8 &- zeros)
    }

    /// Writes the last `width` digits of `value`, which is not negative; zeros in front where it has fewer.
    public mutating func append(padded value: Int, _ width: Int) {
        if width > 8 { append(padded: value / 100_000_000, width &- 8) }
        let surplus = max(8 &- width, 0)
        append(
            word: value.magnitude.lastEightDigits >> UInt64(truncatingIfNeeded: surplus &* 8), length: 8 &- surplus)
    }

    /// Writes `value` in hexadecimal digits without leading zeros.
    public mutating func append(hex value: UInt) {
        var shift = value == 0 ? 0 : (UInt.bitWidth - 1 - value.leadingZeroBitCount) & ~3
        while shift >= 0 {
            append(ASCII.hexDigits.utf8Start[Int(value >> UInt(shift) & 0xF)])
            shift -= 4
        }
    }
}

extension UInt {
    /// The last eight decimal digits as text in a word, the first of them in the lowest byte.
    ///
    /// Halves, quarters and eighths are parted all at once; multiplying and shifting divides exactly what is that small.
    fileprivate var lastEightDigits: UInt64 {
        let last = UInt64(self % 100_000_000)
        let halves = last / 10_000 | (last % 10_000) << 32
        let hundreds = (halves &* 10_486) >> 20 & 0x7F_0000_007F
        let pairs = hundreds | (halves &- hundreds &* 100) << 16
        let tens = (pairs &* 103) >> 10 & 0xF_000F_000F_000F
        return (tens | (pairs &- tens &* 10) << 8) | 0x3030_3030_3030_3030
    }
}
