internal import Buffers

/// What a run of base64 text amounts to (RFC 4648; XSD 1.0 part 2 §3.2.16 allows white space between).
struct Base64Text {
    /// How many bytes it stands for.
    let byteCount: Int
    /// Standard alphabet, padded, no white space: it can be kept as it is.
    let isCanonical: Bool

    /// Reads the whole of `text`; nil when malformed. `isLenient` takes the URL-safe alphabet and missing padding too.
    init?(_ text: RawSpan, isLenient: Bool) {
        var digits = 0
        var padding = 0
        var last: UInt8 = 0
        var isCanonical = true
        for index in 0..<text.byteCount {
            let value = Base64Text.value(of: text[index])
            switch value {
            case 0..<64:
                guard padding == 0 else { return nil }
                digits &+= 1
                last = value
            case Base64Text.space: isCanonical = false
            case Base64Text.pad: padding &+= 1
            case Base64Text.invalid: return nil
            default:
                guard isLenient, padding == 0 else { return nil }
                digits &+= 1
                last = value & 0x3F
                isCanonical = false
            }
        }
        let odd = digits % 4
        let missing = (4 - odd) % 4
        guard odd != 1, padding == missing || (isLenient && padding == 0) else { return nil }
        // The bits that belong to no byte are zero, or the text would not be the only one for its bytes.
        guard odd != 2 || last & 0xF == 0, odd != 3 || last & 0x3 == 0 else { return nil }
        self.byteCount = digits / 4 * 3 + (odd == 0 ? 0 : odd - 1)
        self.isCanonical = isCanonical && padding == missing
    }

    static let space: UInt8 = 0xFD
    static let pad: UInt8 = 0xFE
    static let invalid: UInt8 = 0xFF

    /// A digit's value, with bit 6 set for `-` and `_`; or one of the constants above.
    static func value(of byte: UInt8) -> UInt8 {
        if (byte | 0x20) &- 0x61 < 26 { return byte < 0x61 ? byte &- 0x41 : byte &- 0x61 &+ 26 }
        if byte &- 0x30 < 10 { return byte &- 0x30 &+ 52 }
        switch byte {
        case UInt8(ascii: "+"): return 62
        case UInt8(ascii: "/"): return 63
        case UInt8(ascii: "-"): return 62 | 0x40
        case UInt8(ascii: "_"): return 63 | 0x40
        case UInt8(ascii: "="): return pad
        case 0x20, 0x09, 0x0A, 0x0D: return space
        default: return invalid
        }
    }

    /// The canonical form of `byte`, or nil for white space and padding; the text was found valid.
    static func canonical(_ byte: UInt8) -> UInt8? {
        switch value(of: byte) {
        case 0..<64: byte
        case 62 | 0x40: UInt8(ascii: "+")
        case 63 | 0x40: UInt8(ascii: "/")
        default: nil
        }
    }
}
