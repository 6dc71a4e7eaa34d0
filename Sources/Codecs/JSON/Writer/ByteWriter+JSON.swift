public import Buffers
internal import Canonical

/// JSON's lexical forms.
extension ByteWriter {
    /// Writes `text`, valid UTF-8, as a JSON string with its quotes.
    public mutating func append(json text: RawSpan) {
        append(UInt8(ascii: "\""))
        var start = 0
        while let special = text.firstSpecial(from: start) {
            append(text.extracting(start..<special))
            append(escaped: text[special])
            start = special &+ 1
        }
        append(text.extracting(start..<text.byteCount))
        append(UInt8(ascii: "\""))
    }

    /// Writes `string` as a JSON string with its quotes.
    public mutating func append(json string: String) {
        append(json: Array(string.utf8).span.bytes)
    }

    /// Writes `text`, known to need no escapes, between quotes.
    mutating func append(quoted text: RawSpan) {
        append(UInt8(ascii: "\""))
        append(text)
        append(UInt8(ascii: "\""))
    }

    private mutating func append(escaped byte: UInt8) {
        append(UInt8(ascii: "\\"))
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): append(byte)
        case 0x08: append(UInt8(ascii: "b"))
        case 0x09: append(UInt8(ascii: "t"))
        case 0x0A: append(UInt8(ascii: "n"))
        case 0x0C: append(UInt8(ascii: "f"))
        case 0x0D: append(UInt8(ascii: "r"))
        default:
            append("u00")
            append(ASCII.hexDigits.utf8Start[Int(byte >> 4)])
            append(ASCII.hexDigits.utf8Start[Int(byte & 15)])
        }
    }
}

extension RawSpan {
    /// The first quote, backslash or control character at or after `start`, or nil.
    func firstSpecial(from start: Int) -> Int? {
        var index = start
        let end = byteCount
        while index &+ 8 <= end {
            let found = JSONMask.special(word(at: index))
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
}

/// Looks at eight bytes at once. In each mask the lowest bit set marks the first byte found; bits above it may be wrong,
/// since a subtraction borrows from the next byte.
enum JSONMask {
    /// Quotes, backslashes and control characters.
    static func special(_ word: UInt64) -> UInt64 {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let quote = word ^ (ones &* 0x22)
        let backslash = word ^ (ones &* 0x5C)
        let found = (quote &- ones) & ~quote | (backslash &- ones) & ~backslash | (word &- ones &* 0x20) & ~word
        return found & (ones &* 0x80)
    }

    /// The same, and bytes outside ASCII.
    static func specialOrWide(_ word: UInt64) -> UInt64 {
        special(word) | word & 0x8080_8080_8080_8080
    }
}
