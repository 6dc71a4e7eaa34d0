internal import Buffers

/// Text as parts of an address hold it.
enum PercentEncoding {
    /// Appends `text` with all but unreserved characters encoded (RFC 3986 §2.3), for a segment or a query alike.
    static func append(_ text: RawSpan, to target: inout [UInt8]) {
        for index in 0..<text.byteCount {
            let byte = text[index]
            if isUnreserved(byte) {
                target.append(byte)
            } else {
                target.append(UInt8(ascii: "%"))
                target.append(ASCII.hexDigits.utf8Start[Int(byte >> 4)])
                target.append(ASCII.hexDigits.utf8Start[Int(byte & 15)])
            }
        }
    }

    private static func isUnreserved(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"): true
        default: ASCII.isLetter(byte) || ASCII.isDigit(byte)
        }
    }
}
