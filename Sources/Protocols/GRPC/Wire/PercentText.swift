internal import Buffers
internal import Canonical

/// Text in `grpc-message`: UTF-8, percent-encoded where a field cannot hold it.
///
/// Source: gRPC over HTTP/2, "Percent-Encoded".
enum PercentText {
    static func write(_ text: String, into out: inout ByteWriter) {
        let bytes = Array(text.utf8)
        for (index, byte) in bytes.enumerated() {
            // Blanks at the ends would get lost on the way.
            let isEdge = index == 0 || index == bytes.count - 1
            if (0x21...0x7E).contains(byte) && byte != UInt8(ascii: "%") || byte == 0x20 && !isEdge {
                out.append(byte)
            } else {
                out.append(UInt8(ascii: "%"))
                out.append(hexadecimal: [byte].span.bytes)
            }
        }
    }

    /// What `text` means. What is encoded wrongly stays as it is: a message is for people.
    static func read(_ text: RawSpan) -> String {
        var bytes: [UInt8] = []
        var index = 0
        while index < text.byteCount {
            if text[index] == UInt8(ascii: "%"), index + 2 < text.byteCount, let high = ASCII.hexValue(text[index + 1]),
                let low = ASCII.hexValue(text[index + 2])
            {
                bytes.append(high << 4 | low)
                index += 3
            } else {
                bytes.append(text[index])
                index += 1
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
