internal import Buffers
internal import Canonical

/// Base64 as metadata and error details have it: unpadded on the way out, anything on the way in.
enum Base64Text {
    static func encode(_ bytes: Bytes) -> String {
        var out = ByteWriter()
        out.append(base64: bytes.span)
        var length = out.count
        while length > 0, out.written[length - 1] == UInt8(ascii: "=") { length -= 1 }
        out.truncate(to: length)
        return String(out.finish())
    }

    /// The bytes that `text` stands for, of either alphabet; nil when it is no base64.
    static func decode(_ text: RawSpan) -> Bytes? {
        var end = text.byteCount
        while end > 0, text[end - 1] == UInt8(ascii: "=") { end -= 1 }
        guard end % 4 != 1, text.byteCount - end <= 2 else { return nil }
        for index in 0..<end where !isDigit(text[index]) { return nil }
        var out = ByteWriter(capacity: end)
        out.append(decodingBase64: text.extracting(0..<end))
        return out.finish()
    }

    static func isDigit(_ byte: UInt8) -> Bool {
        ASCII.isLetter(byte) || ASCII.isDigit(byte) || "+/-_".utf8.contains(byte)
    }
}
