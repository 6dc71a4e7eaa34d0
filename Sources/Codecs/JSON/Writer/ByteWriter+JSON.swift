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
    public mutating func append(quoted text: RawSpan) {
        append(UInt8(ascii: "\""))
        append(text)
        append(UInt8(ascii: "\""))
    }

    /// Writes `true` or `false`.
    public mutating func append(json value: Bool) {
        // Their letters as words.
        append(word: value ? 0x65_7572_74 as UInt64 : 0x65_736C_6166, length: value ? 4 : 5)
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
