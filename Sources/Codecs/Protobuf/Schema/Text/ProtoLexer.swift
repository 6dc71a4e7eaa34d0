internal import Buffers

/// Cuts a .proto file into words; white space and comments go, only the comment before a word is remembered.
///
/// Source: protobuf.dev, "Protocol Buffers Language Specification", lexical elements.
struct ProtoLexer {
    private let bytes: [UInt8]
    private var index = 0
    /// What could not be read; the words around it are still there.
    private(set) var errors: [ProtoError] = []

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    mutating func next() -> ProtoToken {
        let comment = skipSpace()
        while index < bytes.count {
            let start = index
            if let (kind, symbol) = scan() {
                return ProtoToken(kind: kind, range: start..<index, comment: comment, symbol: symbol)
            }
            _ = skipSpace()
        }
        return ProtoToken(kind: .end, range: bytes.count..<bytes.count, comment: comment)
    }

    private func byte(_ offset: Int = 0) -> UInt8 {
        index + offset < bytes.count ? bytes[index + offset] : 0
    }

    /// Reads one word; nil for bytes that are none.
    private mutating func scan() -> (ProtoToken.Kind, UInt8)? {
        let first = byte()
        if ASCII.isLetter(first) || first == UInt8(ascii: "_") {
            skip { Self.isNameByte($0) }
            return (.identifier, 0)
        }
        if ASCII.isDigit(first) || first == UInt8(ascii: ".") && ASCII.isDigit(byte(1)) { return (scanNumber(), 0) }
        if first == UInt8(ascii: "\"") || first == UInt8(ascii: "'") {
            scanString(first)
            return (.string, 0)
        }
        let start = index
        index += 1
        if first > 0x20 && first < 0x7F { return (.symbol, first) }
        while byte() & 0xC0 == 0x80 { index += 1 }
        let what = first < 0x80 ? "A control character" : "'\(String(decoding: bytes[start..<index], as: UTF8.self))'"
        errors.append(ProtoError("\(what) may stand in text and comments only.", at: start..<index))
        return nil
    }

    static func isNameByte(_ byte: UInt8) -> Bool {
        ASCII.isLetter(byte) || ASCII.isDigit(byte) || byte == UInt8(ascii: "_")
    }

    private mutating func skip(_ isPart: (UInt8) -> Bool) {
        while index < bytes.count, isPart(bytes[index]) { index += 1 }
    }

    // MARK: Numbers and text

    private mutating func scanNumber() -> ProtoToken.Kind {
        let start = index
        var kind = ProtoToken.Kind.integer
        if byte() == UInt8(ascii: "0"), byte(1) | 0x20 == UInt8(ascii: "x") {
            index += 2
            skip { ASCII.hexValue($0) != nil }
            if index == start + 2 { errors.append(ProtoError("'0x' needs digits.", at: start..<index)) }
        } else {
            skip(ASCII.isDigit)
            if byte() == UInt8(ascii: ".") {
                kind = .float
                index += 1
                skip(ASCII.isDigit)
            }
            if byte() | 0x20 == UInt8(ascii: "e") {
                kind = .float
                index += 1
                if byte() == UInt8(ascii: "-") || byte() == UInt8(ascii: "+") { index += 1 }
                if !ASCII.isDigit(byte()) { errors.append(ProtoError("An exponent needs digits.", at: start..<index)) }
                skip(ASCII.isDigit)
            }
            checkOctal(start, kind)
        }
        if Self.isNameByte(byte()) {
            errors.append(ProtoError("There must be a space between a number and a name.", at: start..<index + 1))
        }
        return kind
    }

    private mutating func checkOctal(_ start: Int, _ kind: ProtoToken.Kind) {
        let digits = bytes[start..<index]
        guard kind == .integer, digits.count > 1, digits.first == UInt8(ascii: "0"),
            digits.contains(where: { $0 > UInt8(ascii: "7") })
        else { return }
        errors.append(ProtoError("A number that begins with 0 is octal; it has digits up to 7.", at: start..<index))
    }

    private mutating func scanString(_ quote: UInt8) {
        let start = index
        index += 1
        while index < bytes.count {
            switch bytes[index] {
            case quote:
                index += 1
                return
            case UInt8(ascii: "\n"):
                errors.append(ProtoError("Text ends on the line where it begins.", at: start..<index))
                return
            case UInt8(ascii: "\\"): index = min(index + 2, bytes.count)
            default: index += 1
            }
        }
        errors.append(ProtoError("The text does not end.", at: start..<index))
    }

    // MARK: Space and comments

    /// Returns the comment that stands right before the next word: from the start of a line, no empty line between.
    private mutating func skipSpace() -> Range<Int> {
        var comment = 0..<0
        // Nothing stands on the line so far.
        var isFresh = index == 0
        while index < bytes.count {
            let start = index
            switch bytes[index] {
            case UInt8(ascii: "\n"):
                index += 1
                if isFresh { comment = 0..<0 }
                isFresh = true
            case 0x20, 0x09, 0x0B, 0x0C, 0x0D: index += 1
            case UInt8(ascii: "/") where byte(1) == UInt8(ascii: "/") || byte(1) == UInt8(ascii: "*"):
                skipComment()
                // Behind a word on the same line it is that word's.
                if isFresh { comment = (comment.isEmpty ? start : comment.lowerBound)..<index }
                isFresh = bytes[index - 1] == UInt8(ascii: "\n")
            default: return comment
            }
        }
        return comment
    }

    private mutating func skipComment() {
        let start = index
        guard byte(1) == UInt8(ascii: "*") else {
            skip { $0 != UInt8(ascii: "\n") }
            // The end of the line is the comment's.
            if index < bytes.count { index += 1 }
            return
        }
        index += 2
        while index < bytes.count {
            if byte() == UInt8(ascii: "*"), byte(1) == UInt8(ascii: "/") {
                index += 2
                return
            }
            index += 1
        }
        errors.append(ProtoError("The comment does not end.", at: start..<min(start + 2, bytes.count)))
    }
}
