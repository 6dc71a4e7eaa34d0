internal import Buffers

extension XMLScanner {
    /// The text that begins here, or nil when it turns out to be empty.
    mutating func text(_ input: RawSpan) throws(XMLError) -> XMLToken? {
        var end = input.endOfPlainText(from: index)
        while input.peek(end) == UInt8(ascii: ">") {
            if input.endsCDATA(at: end &- 2) { throw XMLError(.syntax, at: end &- 2) }
            end = input.endOfPlainText(from: end &+ 1)
        }
        let following = input.peek(end &+ 1)
        guard input.peek(end) == UInt8(ascii: "<"), following != UInt8(ascii: "!"), following != UInt8(ascii: "?")
        else {
            return try assembledText(input)
        }
        if end &- index > limits.textBytes { throw XMLError(.textTooLarge, at: index) }
        setText(index, end)
        index = end
        return .text
    }

    /// Text that does not lie in the document as it is: puts it together in `decoded` up to the next tag, or returns
    /// nil when only comments and instructions came.
    mutating func assembledText(_ input: RawSpan) throws(XMLError) -> XMLToken? {
        decoded.truncate(to: 0)
        while true {
            switch input.peek(index) {
            case UInt8(ascii: "<"):
                guard try assembleMarkup(input) else {
                    isTextVerbatim = false
                    return decoded.isEmpty ? nil : .text
                }
            case UInt8(ascii: "&"): try appendReference(input)
            case UInt8(ascii: "\r"): appendLineEnd(input)
            case 0: throw XMLError(.truncated, at: index)
            default: try appendPlainText(input)
            }
            if decoded.count > limits.textBytes { throw XMLError(.textTooLarge, at: tokenStart) }
        }
    }

    /// Steps over a comment, an instruction or a CDATA section, whose text is kept; false at a tag.
    private mutating func assembleMarkup(_ input: RawSpan) throws(XMLError) -> Bool {
        switch input.peek(index &+ 1) {
        case UInt8(ascii: "?"): try skipInstruction(input)
        case UInt8(ascii: "!"):
            if input.begins("<![CDATA[", at: index) {
                try appendCDATA(input)
            } else {
                try skipComment(input)
            }
        default: return false
        }
        return true
    }

    /// Text up to the next character that is markup or stands for another; the first one may be `>`. No tag, reference
    /// or section before it ends in `]`, so a `]]` before `>` is text.
    private mutating func appendPlainText(_ input: RawSpan) throws(XMLError) {
        if input.endsCDATA(at: index &- 2) { throw XMLError(.syntax, at: index &- 2) }
        let end = input.endOfPlainText(from: index &+ 1)
        decoded.append(input.extracting(index..<end))
        index = end
    }

    private mutating func appendCDATA(_ input: RawSpan) throws(XMLError) {
        index &+= 9
        var end = index
        repeat {
            guard let bracket = input.firstIndex(of: UInt8(ascii: "]"), from: end) else {
                throw XMLError(.truncated, at: input.byteCount)
            }
            end = bracket &+ 1
        } while !input.endsCDATA(at: end &- 1)
        appendWithLineEnds(input, to: end &- 1)
        index = end &+ 2
    }

    /// Everything up to `end`, with line ends as line feeds.
    private mutating func appendWithLineEnds(_ input: RawSpan, to end: Int) {
        // Looking no further than `end`, or many short sections would each look through the whole document.
        let section = input.extracting(0..<end)
        while index < end {
            let stop = section.firstIndex(of: UInt8(ascii: "\r"), from: index) ?? end
            decoded.append(input.extracting(index..<stop))
            index = stop
            if stop < end { appendLineEnd(section) }
        }
    }

    /// A carriage return with or without a line feed is one line feed (XML 1.0 §2.11).
    private mutating func appendLineEnd(_ input: RawSpan) {
        decoded.append(UInt8(ascii: "\n"))
        index &+= input.peek(index &+ 1) == UInt8(ascii: "\n") ? 2 : 1
    }

    /// What the reference at `index` stands for (XML 1.0 §4.1); only the predefined entities are known.
    mutating func appendReference(_ input: RawSpan) throws(XMLError) {
        if input.peek(index &+ 1) == UInt8(ascii: "#") { return try appendCharacterReference(input) }
        let start = index &+ 1
        let end = input.endOfName(from: start)
        guard end > start, input.beginsName(at: start) else { throw XMLError(.syntax, at: index) }
        guard input.peek(end) == UInt8(ascii: ";") else { throw input.syntaxError(at: end) }
        let name = input.extracting(start..<end)
        if name.equals("amp") {
            decoded.append(UInt8(ascii: "&"))
        } else if name.equals("lt") {
            decoded.append(UInt8(ascii: "<"))
        } else if name.equals("gt") {
            decoded.append(UInt8(ascii: ">"))
        } else if name.equals("quot") {
            decoded.append(UInt8(ascii: "\""))
        } else if name.equals("apos") {
            decoded.append(UInt8(ascii: "'"))
        } else {
            throw XMLError(.entity, at: index)
        }
        index = end &+ 1
    }

    private mutating func appendCharacterReference(_ input: RawSpan) throws(XMLError) {
        let isHexadecimal = input.peek(index &+ 2) == UInt8(ascii: "x")
        let start = index &+ (isHexadecimal ? 3 : 2)
        var end = start
        var value: UInt32 = 0
        while let digit = ASCII.hexValue(input.peek(end)), isHexadecimal || digit < 10 {
            // Past the last character it stays there: the rest of the digits cannot bring it back.
            value = value > 0x10FFFF ? value : value &* (isHexadecimal ? 16 : 10) &+ UInt32(digit)
            end &+= 1
        }
        guard end > start, input.peek(end) == UInt8(ascii: ";") else { throw input.syntaxError(at: end) }
        guard XMLCharacter.isAllowed(value) else { throw XMLError(.character, at: index) }
        decoded.append(scalar: value)
        index = end &+ 1
    }
}
