internal import Buffers

extension RawSpan {
    /// Whether JSON may write the text between quotes as it stands: no quote, backslash or control character.
    public var isPlain: Bool { firstSpecial(from: 0) == nil }

    /// The first quote, backslash or control character at or after `start`, which JSON must escape; or nil.
    public func firstSpecial(from start: Int) -> Int? {
        var index = start
        let end = byteCount
        while index &+ 8 <= end {
            let found = PlainText.special(word(at: index))
            if found != 0 { return index &+ found.trailingZeroBitCount >> 3 }
            index &+= 8
        }
        while index < end {
            let byte = self[index]
            if byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { return index }
            index &+= 1
        }
        return nil
    }

    /// The length of the character outside ASCII at `index` (RFC 3629 §4: shortest form, no surrogates, up to U+10FFFF); 0
    /// when it is ill-formed.
    public func wideCharacterLength(at index: Int) -> Int {
        func byte(_ offset: Int) -> UInt8 { index &+ offset < byteCount ? self[index &+ offset] : 0 }
        let second = byte(1)
        let length =
            switch self[index] {
            case 0xC2...0xDF: 2
            case 0xE0: second >= 0xA0 ? 3 : 0
            case 0xED: second < 0xA0 ? 3 : 0
            case 0xE1...0xEF: 3
            case 0xF0: second >= 0x90 ? 4 : 0
            case 0xF1...0xF3: 4
            case 0xF4: second < 0x90 ? 4 : 0
            default: 0
            }
        guard length > 0, second & 0xC0 == 0x80, length < 3 || byte(2) & 0xC0 == 0x80,
            length < 4 || byte(3) & 0xC0 == 0x80
        else { return 0 }
        return length
    }

    /// How many Unicode scalars the UTF-8 text has.
    var characterCount: Int {
        var count = 0
        for index in 0..<byteCount where self[index] & 0xC0 != 0x80 { count &+= 1 }
        return count
    }
}

/// Looks at eight bytes of text at once. In each mask the lowest bit set marks the first byte found; bits above it may be
/// wrong, since a subtraction borrows from the next byte.
public enum PlainText {
    /// Quotes, backslashes and control characters.
    public static func special(_ word: UInt64) -> UInt64 {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let quote = word ^ (ones &* 0x22)
        let backslash = word ^ (ones &* 0x5C)
        let found = (quote &- ones) & ~quote | (backslash &- ones) & ~backslash | (word &- ones &* 0x20) & ~word
        return found & (ones &* 0x80)
    }

    /// The same, and bytes outside ASCII.
    public static func specialOrWide(_ word: UInt64) -> UInt64 {
        special(word) | word & 0x8080_8080_8080_8080
    }
}
