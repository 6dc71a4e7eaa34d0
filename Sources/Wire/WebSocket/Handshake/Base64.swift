internal import Buffers

/// The encoding of keys and their answers (RFC 4648 §4).
enum Base64 {
    private static let alphabet: StaticString = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"

    static func encode(_ bytes: [UInt8]) -> [UInt8] {
        var text: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            let bits = group.reduce(0) { $0 << 8 | UInt32($1) } << UInt32((3 - group.count) * 8)
            for place in 0..<4 {
                let digit = Int(bits >> UInt32(18 - place * 6) & 63)
                text.append(place <= group.count ? alphabet.utf8Start[digit] : UInt8(ascii: "="))
            }
        }
        return text
    }

    /// Whether `text` stands for 16 bytes.
    static func isSixteenBytes(_ text: RawSpan) -> Bool {
        guard text.byteCount == 24, text.extracting(22..<24).equals("==") else { return false }
        for index in 0..<22 {
            let byte = text[index]
            guard ASCII.isLetter(byte) || ASCII.isDigit(byte) || byte == 0x2B || byte == 0x2F else { return false }
        }
        return true
    }
}
