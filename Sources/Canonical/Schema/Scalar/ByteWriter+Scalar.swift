public import Buffers

/// The text forms of bytes and floating-point numbers.
extension ByteWriter {
    /// Writes `bytes` as base64 with padding (RFC 4648 §4).
    public mutating func append(base64 bytes: RawSpan) {
        let alphabet: StaticString = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
        reserve((bytes.byteCount &+ 2) / 3 &* 4)
        var index = 0
        while index < bytes.byteCount {
            let left = bytes.byteCount &- index
            let group =
                UInt32(bytes[index]) << 16 | (left > 1 ? UInt32(bytes[index &+ 1]) << 8 : 0)
                | (left > 2 ? UInt32(bytes[index &+ 2]) : 0)
            append(alphabet.utf8Start[Int(group >> 18)])
            append(alphabet.utf8Start[Int(group >> 12 & 63)])
            append(left > 1 ? alphabet.utf8Start[Int(group >> 6 & 63)] : UInt8(ascii: "="))
            append(left > 2 ? alphabet.utf8Start[Int(group & 63)] : UInt8(ascii: "="))
            index &+= 3
        }
    }

    /// Writes the bytes that valid base64 `text` stands for, of either alphabet, with or without padding.
    public mutating func append(decodingBase64 text: RawSpan) {
        var group: UInt32 = 0
        var bits = 0
        for index in 0..<text.byteCount {
            let value = Base64Text.value(of: text[index])
            guard value < 0x80 else { continue }
            group = group << 6 | UInt32(value & 0x3F)
            bits &+= 6
            if bits >= 8 {
                bits &-= 8
                append(UInt8(truncatingIfNeeded: group >> UInt32(bits)))
            }
        }
    }

    /// Writes `bytes` as upper-case hexadecimal.
    public mutating func append(hexadecimal bytes: RawSpan) {
        for index in 0..<bytes.byteCount {
            append(ASCII.hexDigits.utf8Start[Int(bytes[index] >> 4)])
            append(ASCII.hexDigits.utf8Start[Int(bytes[index] & 15)])
        }
    }

    /// Writes the bytes that valid hexadecimal `text` stands for.
    public mutating func append(decodingHexadecimal text: RawSpan) {
        for index in stride(from: 0, to: text.byteCount - 1, by: 2) {
            append((ASCII.hexValue(text[index]) ?? 0) << 4 | (ASCII.hexValue(text[index &+ 1]) ?? 0))
        }
    }

    /// Writes `value` in the fewest digits that mean it; `INF`, `-INF` and `NaN` as XSD has them.
    public mutating func append(lexical value: Double) {
        if value.isNaN { return append("NaN") }
        if value.isInfinite { return append(value < 0 ? "-INF" : "INF") }
        append(value.description)
    }
}
