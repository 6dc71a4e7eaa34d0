internal import Buffers

/// The character classes of XML 1.0, fifth edition (§2.2, §2.3).
enum XMLCharacter {
    /// S.
    static func isWhitespace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x0A || byte == 0x09 || byte == 0x0D
    }

    /// NameChar without `:`, of the ASCII ones.
    static func isASCIIName(_ byte: UInt8) -> Bool {
        isASCIINameStart(byte) || ASCII.isDigit(byte) || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
    }

    /// NameStartChar without `:`, of the ASCII ones.
    static func isASCIINameStart(_ byte: UInt8) -> Bool {
        ASCII.isLetter(byte) || byte == UInt8(ascii: "_")
    }

    /// NameStartChar, of those past ASCII.
    static func isNameStart(_ scalar: UInt32) -> Bool {
        switch scalar {
        case 0xC0...0xD6, 0xD8...0xF6, 0xF8...0x2FF, 0x370...0x37D, 0x37F...0x1FFF, 0x200C...0x200D, 0x2070...0x218F,
            0x2C00...0x2FEF, 0x3001...0xD7FF, 0xF900...0xFDCF, 0xFDF0...0xFFFD, 0x10000...0xEFFFF:
            true
        default: false
        }
    }

    /// NameChar, of those past ASCII.
    static func isName(_ scalar: UInt32) -> Bool {
        switch scalar {
        case 0xB7, 0x300...0x36F, 0x203F...0x2040: true
        default: isNameStart(scalar)
        }
    }

    /// Char: what may stand in a document at all.
    static func isAllowed(_ scalar: UInt32) -> Bool {
        switch scalar {
        case 0x9, 0xA, 0xD, 0x20...0xD7FF, 0xE000...0xFFFD, 0x10000...0x10FFFF: true
        default: false
        }
    }
}

extension RawSpan {
    /// The scalar past ASCII at `index` and its length; length 0 when the bytes there are not well-formed UTF-8
    /// (Unicode, table 3-7).
    func scalar(at index: Int) -> (value: UInt32, length: Int) {
        let first = UInt32(peek(index))
        let second = UInt32(peek(index &+ 1)) ^ 0x80
        guard first >= 0xC2, first < 0xF5, second < 0x40 else { return (0, 0) }
        if first < 0xE0 { return ((first & 0x1F) << 6 | second, 2) }
        let third = UInt32(peek(index &+ 2)) ^ 0x80
        guard third < 0x40 else { return (0, 0) }
        if first < 0xF0 {
            let value = (first & 0x0F) << 12 | second << 6 | third
            return value < 0x800 || value &- 0xD800 < 0x800 ? (0, 0) : (value, 3)
        }
        let fourth = UInt32(peek(index &+ 3)) ^ 0x80
        guard fourth < 0x40 else { return (0, 0) }
        let value = (first & 0x07) << 18 | second << 12 | third << 6 | fourth
        return value < 0x10000 || value > 0x10FFFF ? (0, 0) : (value, 4)
    }

    /// The length of the name character past ASCII at `index`, 0 when what is there is none.
    func lengthOfNameCharacter(at index: Int) -> Int {
        let (value, length) = scalar(at: index)
        return XMLCharacter.isName(value) ? length : 0
    }

    /// Whether a name can begin at `index`.
    @inline(__always)
    func beginsName(at index: Int) -> Bool {
        let byte = peek(index)
        return byte < 0x80 ? XMLCharacter.isASCIINameStart(byte) : XMLCharacter.isNameStart(scalar(at: index).value)
    }

    /// Checks that the bytes are UTF-8 and every character one that XML allows, so that later scans need not.
    func checkCharacters() throws(XMLError) {
        var index = 0
        while index &+ 16 <= byteCount {
            if Self.findUnusual(in: word(at: index)) | Self.findUnusual(in: word(at: index &+ 8)) == 0 {
                index &+= 16
            } else {
                index = try checkCharacters(from: index)
            }
        }
        while index < byteCount { index = try checkCharacter(at: index) }
    }

    /// Checks characters one by one from `start` until sixteen bytes are behind or the next one is ASCII again.
    private func checkCharacters(from start: Int) throws(XMLError) -> Int {
        var index = start
        repeat { index = try checkCharacter(at: index) } while index < start &+ 16 || peek(index) >= 0x80
        return index
    }

    /// Checks the character at `index` and returns the place of the next.
    func checkCharacter(at index: Int) throws(XMLError) -> Int {
        let byte = peek(index)
        if byte < 0x80 {
            guard XMLCharacter.isAllowed(UInt32(byte)) else { throw XMLError(.character, at: index) }
            return index &+ 1
        }
        let (value, length) = scalar(at: index)
        if length == 0 { throw XMLError(.encoding, at: index) }
        if !XMLCharacter.isAllowed(value) { throw XMLError(.character, at: index) }
        return index &+ length
    }

    /// Bytes past ASCII and control characters other than tab, line feed and carriage return.
    private static func findUnusual(in word: UInt64) -> UInt64 {
        let tops: UInt64 = 0x8080_8080_8080_8080
        let ones: UInt64 = 0x0101_0101_0101_0101
        // With the high bit set in every byte no subtraction borrows from the next, so every mark is exact. Tab and
        // carriage return differ in one bit.
        let filled = word | tops
        let controls = ~(filled &- 0x20 &* ones)
        let isNeitherTabNorReturn = ((filled & (0xFB &* ones)) ^ (0x09 &* ones)) &- ones
        let isNoLineFeed = (filled ^ (0x0A &* ones)) &- ones
        return (controls & isNeitherTabNorReturn & isNoLineFeed | word) & tops
    }
}
