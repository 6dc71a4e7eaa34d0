internal import Buffers
internal import Canonical

/// Whether bytes are text (RFC 3629).
enum UTF8Text {
    enum Kind { case invalid, valid, plain }

    /// `plain` is text that JSON writes between quotes as it stands.
    static func kind(of text: RawSpan) -> Kind {
        let end = text.byteCount
        var index = 0
        var isPlain = true
        while index < end {
            if index &+ 8 <= end {
                let word = text.word(at: index)
                let found = PlainText.specialOrWide(word)
                if found == 0 {
                    index &+= 8
                    continue
                }
                index &+= found.trailingZeroBitCount >> 3
            } else if end >= 8, PlainText.specialOrWide(text.word(at: end &- 8)) == 0 {
                // The last eight bytes are plain, and so was all before.
                break
            }
            let byte = text[index]
            if byte < 0x80 {
                if byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { isPlain = false }
                index &+= 1
            } else {
                let length = text.wideCharacterLength(at: index)
                guard length > 0 else { return .invalid }
                index &+= length
            }
        }
        return isPlain ? .plain : .valid
    }
}
