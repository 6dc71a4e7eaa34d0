internal import Buffers
public import Canonical

/// Strings (RFC 8259 §7): in place while they have no escapes, unescaped into `unescaped` else.
extension JSONScanning where Self: ~Copyable, Self: ~Escapable {
    /// Reads the string whose opening quote is reached.
    @inline(__always)
    public mutating func readString() throws(Failure) -> LexicalText {
        guard skip(UInt8(ascii: "\"")) else { throw syntax("a string is expected") }
        let start = index
        let end = try plainEnd(from: start)
        guard text[end] == UInt8(ascii: "\"") else {
            index = end
            return try readEscaped(from: start)
        }
        index = end &+ 1
        return .source(start..<end, isPlain: true)
    }

    /// The place of the next quote or backslash; refuses control characters and ill-formed UTF-8 before it.
    private mutating func plainEnd(from start: Int) throws(Failure) -> Int {
        let text = text
        let end = text.byteCount
        var place = start
        while place < end {
            if place &+ 8 <= end {
                let found = PlainText.specialOrWide(text.word(at: place))
                if found == 0 {
                    place &+= 8
                    continue
                }
                place &+= found.trailingZeroBitCount >> 3
            }
            let byte = text[place]
            if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { return place }
            guard byte >= 0x20 else { throw syntax("control characters must be escaped", at: place) }
            place &+= byte < 0x80 ? 1 : try wideLength(at: place)
        }
        throw syntax("the string has no end", at: end)
    }

    private func wideLength(at place: Int) throws(Failure) -> Int {
        let length = text.wideCharacterLength(at: place)
        guard length > 0 else { throw syntax("the text is not valid UTF-8", at: place) }
        return length
    }

    /// The byte at `place`, 0 beyond the end.
    private func at(_ place: Int) -> UInt8 {
        place < text.byteCount ? text[place] : 0
    }

    /// Unescapes the string that began at `start` and has its first backslash at `index`.
    private mutating func readEscaped(from start: Int) throws(Failure) -> LexicalText {
        let side = unescaped.count
        var run = start
        while true {
            copy(run..<index)
            index &+= 1
            if text[index &- 1] == UInt8(ascii: "\"") { return .side(side..<unescaped.count) }
            try readEscape()
            run = index
            index = try plainEnd(from: run)
        }
    }

    private mutating func copy(_ range: Range<Int>) {
        text.extracting(range).withUnsafeBytes { unescaped.append(contentsOf: $0) }
    }

    /// What follows a backslash.
    private mutating func readEscape() throws(Failure) {
        let byte = peek
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): unescaped.append(byte)
        case UInt8(ascii: "b"): unescaped.append(0x08)
        case UInt8(ascii: "f"): unescaped.append(0x0C)
        case UInt8(ascii: "n"): unescaped.append(0x0A)
        case UInt8(ascii: "r"): unescaped.append(0x0D)
        case UInt8(ascii: "t"): unescaped.append(0x09)
        case UInt8(ascii: "u"):
            index &+= 1
            return try readUnicodeEscape()
        default: throw syntax("there is no such escape")
        }
        index &+= 1
    }

    private mutating func readUnicodeEscape() throws(Failure) {
        let start = index &- 2
        var value = try readHexadecimal()
        if value & 0xF800 == 0xD800 {
            guard value < 0xDC00, peek == UInt8(ascii: "\\"), at(index &+ 1) == UInt8(ascii: "u") else {
                throw syntax("a surrogate stands alone", at: start)
            }
            index &+= 2
            let low = try readHexadecimal()
            guard low & 0xFC00 == 0xDC00 else { throw syntax("a surrogate stands alone", at: start) }
            value = 0x10000 &+ (value & 0x3FF) << 10 &+ low & 0x3FF
        }
        appendScalar(value)
    }

    private mutating func readHexadecimal() throws(Failure) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard let digit = ASCII.hexValue(peek) else { throw syntax("four hexadecimal digits are expected") }
            value = value << 4 | UInt32(digit)
            index &+= 1
        }
        return value
    }

    private mutating func appendScalar(_ value: UInt32) {
        func tail(_ shift: UInt32) -> UInt8 { UInt8(truncatingIfNeeded: value >> shift & 0x3F | 0x80) }
        switch value {
        case 0..<0x80: unescaped.append(UInt8(truncatingIfNeeded: value))
        case 0x80..<0x800:
            unescaped.append(UInt8(truncatingIfNeeded: value >> 6 | 0xC0))
            unescaped.append(tail(0))
        case 0x800..<0x10000:
            unescaped.append(UInt8(truncatingIfNeeded: value >> 12 | 0xE0))
            unescaped.append(tail(6))
            unescaped.append(tail(0))
        default:
            unescaped.append(UInt8(truncatingIfNeeded: value >> 18 | 0xF0))
            unescaped.append(tail(12))
            unescaped.append(tail(6))
            unescaped.append(tail(0))
        }
    }
}
