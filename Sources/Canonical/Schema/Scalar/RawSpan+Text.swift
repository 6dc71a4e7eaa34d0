internal import Buffers

extension RawSpan {
    /// Whether JSON may write the text between quotes as it stands: no quote, backslash or control character.
    public var isPlain: Bool {
        var index = 0
        let end = byteCount
        while index &+ 8 <= end {
            let word = word(at: index)
            let quote = word ^ 0x2222_2222_2222_2222
            let backslash = word ^ 0x5C5C_5C5C_5C5C_5C5C
            let ones: UInt64 = 0x0101_0101_0101_0101
            // Bytes of 0x80 and more have their top bit set and are masked out by `~word`; the borrow of a subtraction can
            // only reach past a byte that already matched.
            let found = (quote &- ones) & ~quote | (backslash &- ones) & ~backslash | (word &- ones &* 0x20) & ~word
            if found & (ones &* 0x80) != 0 { return false }
            index &+= 8
        }
        while index < end {
            let byte = self[index]
            if byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { return false }
            index &+= 1
        }
        return true
    }

    /// How many Unicode scalars the UTF-8 text has.
    var characterCount: Int {
        var count = 0
        for index in 0..<byteCount where self[index] & 0xC0 != 0x80 { count &+= 1 }
        return count
    }
}
