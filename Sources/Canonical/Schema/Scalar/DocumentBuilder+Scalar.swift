internal import Buffers

/// What reading scalars asks of the builder.
extension DocumentBuilder {
    /// Lets `body` see `text`.
    @inline(__always)
    public borrowing func withText<Result, E: Error>(
        _ text: LexicalText, _ body: (RawSpan) throws(E) -> Result
    ) throws(E) -> Result {
        if text.isInSide { return try body(side.span.bytes.extracting(text.range)) }
        return try body(source.span.extracting(text.range))
    }

    /// `text` without the white space at its ends.
    borrowing func trim(_ text: LexicalText) -> LexicalText {
        withText(text) { span in
            let range = span.trimmedRange
            var trimmed = text
            trimmed.range = text.range.lowerBound &+ range.lowerBound..<text.range.lowerBound &+ range.upperBound
            return trimmed
        }
    }

    /// `text` after the whiteSpace facet (XSD 1.0 part 2 §4.3.6): itself, or a changed copy in the side area.
    mutating func normalise(_ text: LexicalText, _ whitespace: Facets.Whitespace) -> LexicalText {
        guard whitespace != .preserve else { return text }
        let text = whitespace == .collapse ? trim(text) : text
        let needsChange = withText(text) { span in
            var wasSpace = false
            for index in 0..<span.byteCount {
                let byte = span[index]
                guard byte <= 0x20 else {
                    wasSpace = false
                    continue
                }
                if byte != 0x20 || (wasSpace && whitespace == .collapse) { return true }
                wasSpace = true
            }
            return false
        }
        guard needsChange else { return text }
        let start = side.count
        var wasSpace = false
        for index in text.range {
            let byte = text.isInSide ? side[index] : source[index]
            let isSpace = ScalarCoder.isSpace(byte)
            if isSpace, wasSpace, whitespace == .collapse { continue }
            side.append(isSpace ? 0x20 : byte)
            wasSpace = isSpace
        }
        return .side(start..<side.count)
    }

    /// A node whose text lies where `text` says.
    mutating func text(_ kind: NodeKind, _ text: LexicalText, flags: NodeFlags, field: UInt16) {
        if text.isInSide {
            sideText(kind, text.range, flags: flags, field: field)
        } else {
            self.text(kind, text.range, flags: flags, field: field)
        }
    }

    /// A number that JSON does not write as `text` does: no plus sign or needless zero, digits on both sides of the point.
    mutating func number(_ grammar: NumberText.Grammar, written text: LexicalText, field: UInt16) {
        guard let number = withText(text, { NumberText($0, grammar) }) else { return }
        let start = side.count
        let base = text.range.lowerBound
        if number.isNegative { side.append(UInt8(ascii: "-")) }
        if number.whole.isEmpty { side.append(UInt8(ascii: "0")) }
        copy(text, number.whole, base)
        if !number.fraction.isEmpty {
            side.append(UInt8(ascii: "."))
            copy(text, number.fraction, base)
        }
        copy(text, number.mantissaEnd..<text.range.count, base)
        sideText(.number, from: start, flags: .isPlain, field: field)
    }

    /// A number with an exponent, written out; JavaScript writes small decimals so. Texts that have none, or one that would
    /// make them long, stay as they are.
    mutating func withoutExponent(_ text: LexicalText) -> LexicalText {
        guard let number = withText(text, { NumberText($0, .float) }), number.mantissaEnd < text.range.count,
            abs(number.exponent) <= 400
        else { return text }
        let start = side.count
        let base = text.range.lowerBound
        if number.isNegative { side.append(UInt8(ascii: "-")) }
        let point = number.whole.count &+ number.exponent
        let count = number.whole.count &+ number.fraction.count
        for place in min(point, 0)..<max(point, count) {
            if place == point { side.append(UInt8(ascii: ".")) }
            guard place >= 0, place < count else {
                side.append(UInt8(ascii: "0"))
                continue
            }
            let isWhole = place < number.whole.count
            let digit = isWhole ? number.whole.lowerBound : number.fraction.lowerBound &- number.whole.count
            copy(text, digit &+ place..<digit &+ place &+ 1, base)
        }
        return .side(start..<side.count)
    }

    mutating func base64(_ text: LexicalText, field: UInt16) {
        let start = side.count
        for index in text.range {
            let byte = text.isInSide ? side[index] : source[index]
            if let digit = Base64Text.canonical(byte) { side.append(digit) }
        }
        while (side.count - start) % 4 != 0 { side.append(UInt8(ascii: "=")) }
        sideText(.bytes, from: start, flags: [.isBase64, .isPlain], field: field)
    }

    mutating func hexadecimal(_ text: LexicalText, field: UInt16) {
        let start = side.count
        for index in text.range {
            let byte = text.isInSide ? side[index] : source[index]
            side.append(byte >= UInt8(ascii: "a") ? byte &- 0x20 : byte)
        }
        sideText(.bytes, from: start, flags: [.isHexadecimal, .isPlain], field: field)
    }

    private mutating func copy(_ text: LexicalText, _ part: Range<Int>, _ base: Int) {
        for index in part { side.append(text.isInSide ? side[base &+ index] : source[base &+ index]) }
    }
}

extension RawSpan {
    /// Where the bytes lie that white space at the ends is not.
    var trimmedRange: Range<Int> {
        var start = 0
        var end = byteCount
        if end == 0 || (self[0] > 0x20 && self[end &- 1] > 0x20) { return 0..<end }
        while start < end, ScalarCoder.isSpace(self[start]) { start &+= 1 }
        while end > start, ScalarCoder.isSpace(self[end &- 1]) { end &-= 1 }
        return start..<end
    }
}

extension ScalarCoder {
    /// XML's white space.
    static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x0A || byte == 0x09 || byte == 0x0D
    }
}
