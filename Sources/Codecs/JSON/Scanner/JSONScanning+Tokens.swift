internal import Buffers
public import Canonical

/// White space, punctuation, literals and numbers (RFC 8259 §2, §3, §6).
extension JSONScanning where Self: ~Copyable, Self: ~Escapable {
    /// The byte reached, 0 at the end; no JSON token begins with 0.
    public var peek: UInt8 { index < text.byteCount ? text[index] : 0 }

    /// Goes on to the next token. Compact JSON has no white space, so that case is decided on the spot.
    @inline(__always)
    public mutating func skipSpace() {
        if index < text.byteCount, text[index] > 0x20 { return }
        skipAllSpace()
    }

    @inline(never)
    private mutating func skipAllSpace() {
        while index < text.byteCount {
            let byte = text[index]
            guard byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { return }
            index &+= 1
        }
    }

    /// Goes past `byte` if it is the one reached.
    @inline(__always)
    public mutating func skip(_ byte: UInt8) -> Bool {
        guard peek == byte else { return false }
        index &+= 1
        return true
    }

    public mutating func readColon() throws(Failure) {
        skipSpace()
        guard skip(UInt8(ascii: ":")) else { throw syntax("a colon is expected") }
        skipSpace()
    }

    /// After a value: true when another one follows, false when `bracket` ended the sequence.
    @inline(__always)
    public mutating func readSeparator(orEnd bracket: UInt8) throws(Failure) -> Bool {
        skipSpace()
        if skip(UInt8(ascii: ",")) {
            skipSpace()
            return true
        }
        guard skip(bracket) else {
            throw syntax(bracket == UInt8(ascii: "}") ? "a comma or } is expected" : "a comma or ] is expected")
        }
        return false
    }

    @inline(__always)
    public mutating func readLiteral(_ literal: StaticString) throws(Failure) {
        let length = literal.utf8CodeUnitCount
        // Literals are of four or five letters: one word holds them.
        if index &+ 8 <= text.byteCount, length <= 8 {
            var word: UInt64 = 0
            for place in 0..<length {
                word |= UInt64(literal.utf8Start[place]) << UInt64(truncatingIfNeeded: place &* 8)
            }
            guard (text.word(at: index) ^ word) << UInt64(truncatingIfNeeded: 64 &- length &* 8) == 0 else {
                throw syntax("a value is expected")
            }
            index &+= length
            return
        }
        let end = index &+ length
        guard end <= text.byteCount, text.extracting(index..<end).equals(literal) else {
            throw syntax("a value is expected")
        }
        index = end
    }

    public mutating func readNumber() throws(Failure) -> JSONNumber {
        let start = index
        let isNegative = skip(UInt8(ascii: "-"))
        let first = index
        var place = first
        var magnitude: Int64 = 0
        while place < text.byteCount, ASCII.isDigit(text[place]) {
            magnitude = magnitude &* 10 &+ Int64(text[place] &- 0x30)
            place &+= 1
        }
        index = place
        let digits = place &- first
        guard digits > 0 else { throw syntax(isNegative ? "a digit is expected" : "a value is expected") }
        guard digits == 1 || text[first] != UInt8(ascii: "0") else {
            throw syntax("a number has no leading zeros", at: first)
        }
        var length = digits
        if skip(UInt8(ascii: ".")) {
            let point = index
            while ASCII.isDigit(peek) {
                magnitude = magnitude &* 10 &+ Int64(peek &- 0x30)
                index &+= 1
            }
            guard index > point else { throw syntax("a digit is expected") }
            length &+= index &- point
        }
        let scale = length &- digits
        if peek | 0x20 == UInt8(ascii: "e") {
            length = .max
            index &+= 1
            if peek == UInt8(ascii: "-") || peek == UInt8(ascii: "+") { index &+= 1 }
            try readDigits()
        }
        return JSONNumber(
            range: start..<index, digits: isNegative ? 0 &- magnitude : magnitude, scale: length <= 18 ? scale : -1,
            isNegative: isNegative)
    }

    private mutating func readDigits() throws(Failure) {
        guard ASCII.isDigit(peek) else { throw syntax("a digit is expected") }
        while ASCII.isDigit(peek) { index &+= 1 }
    }
}

/// A number token: where it stands, and the value of what has at most 18 digits and no exponent.
public struct JSONNumber {
    public var range: Range<Int>
    /// All digits as one integer, when `scale` is not negative.
    public var digits: Int64
    /// How many of the digits stand behind the point; -1 for longer numbers.
    public var scale: Int
    public var isNegative: Bool

    /// The value when it is an integer.
    public var integer: Int64? { scale == 0 ? digits : nil }
}
