internal import Buffers

extension XMLScanner {
    /// Checks what can be checked at once, and steps over the byte order mark and the XML declaration.
    mutating func begin(_ input: RawSpan) throws(XMLError) {
        if input.byteCount > limits.documentBytes { throw XMLError(.tooLarge, at: limits.documentBytes) }
        try input.checkCharacters()
        if input.begins("\u{FEFF}", at: 0) { index = 3 }
        if input.begins("<?xml", at: index), XMLCharacter.isWhitespace(input.peek(index &+ 5)) {
            try skipDeclaration(input)
        }
        phase = .prolog
    }

    /// Up to the root's start tag.
    mutating func prolog(_ input: RawSpan) throws(XMLError) -> XMLToken {
        while true {
            index = input.endOfWhitespace(from: index)
            tokenStart = index
            switch input.peek(index) {
            case UInt8(ascii: "<"): break
            case 0: throw XMLError(.truncated, at: index)
            default: throw XMLError(.outsideRoot, at: index)
            }
            switch input.peek(index &+ 1) {
            case UInt8(ascii: "?"): try skipInstruction(input)
            case UInt8(ascii: "!"):
                if limits.doctype == .skip, !hasDoctype, input.begins("<!DOCTYPE", at: index) {
                    try skipDoctype(input)
                } else {
                    try skipComment(input)
                }
            default: return try startTag(input)
            }
        }
    }

    /// After the root's end tag.
    mutating func epilog(_ input: RawSpan) throws(XMLError) -> XMLToken {
        while true {
            index = input.endOfWhitespace(from: index)
            tokenStart = index
            switch (input.peek(index), input.peek(index &+ 1)) {
            case (0, _): return .end
            case (UInt8(ascii: "<"), UInt8(ascii: "?")): try skipInstruction(input)
            case (UInt8(ascii: "<"), UInt8(ascii: "!")): try skipComment(input)
            default: throw XMLError(.outsideRoot, at: index)
            }
        }
    }

    /// A comment; whatever else begins with `<!` has no place where this is called.
    mutating func skipComment(_ input: RawSpan) throws(XMLError) {
        guard input.begins("<!--", at: index) else {
            throw input.begins("<!DOCTYPE", at: index)
                ? XMLError(.doctype, at: index) : input.syntaxError(at: index &+ 2)
        }
        var dash = index &+ 4
        repeat {
            guard let next = input.firstIndex(of: UInt8(ascii: "-"), from: dash) else {
                throw XMLError(.truncated, at: input.byteCount)
            }
            dash = next &+ 1
        } while input.peek(dash) != UInt8(ascii: "-")
        guard input.peek(dash &+ 1) == UInt8(ascii: ">") else { throw input.syntaxError(at: dash &+ 1) }
        index = dash &+ 2
    }

    /// A processing instruction, which is checked and not acted on (XML 1.0 §2.6).
    mutating func skipInstruction(_ input: RawSpan) throws(XMLError) {
        let target = index &+ 2
        var end = try input.name(from: target)
        if input.extracting(target..<end).equalsIgnoringCase("xml") { throw XMLError(.declaration, at: index) }
        guard XMLCharacter.isWhitespace(input.peek(end)) || input.begins("?>", at: end) else {
            throw input.syntaxError(at: end)
        }
        repeat {
            guard let mark = input.firstIndex(of: UInt8(ascii: "?"), from: end) else {
                throw XMLError(.truncated, at: input.byteCount)
            }
            end = mark &+ 1
        } while input.peek(end) != UInt8(ascii: ">")
        index = end &+ 1
    }

    /// `<?xml version="1.0" encoding="…" standalone="…"?>` (XML 1.0 §2.8). The encoding is not obeyed: the document has
    /// become UTF-8 by now.
    private mutating func skipDeclaration(_ input: RawSpan) throws(XMLError) {
        index &+= 5
        guard let version = try pseudoAttribute("version", input), isVersion(input.extracting(version)) else {
            throw XMLError(.declaration, at: index)
        }
        if let encoding = try pseudoAttribute("encoding", input), !isEncoding(input.extracting(encoding)) {
            throw XMLError(.declaration, at: encoding.lowerBound)
        }
        if let standalone = try pseudoAttribute("standalone", input) {
            let value = input.extracting(standalone)
            guard value.equals("yes") || value.equals("no") else {
                throw XMLError(.declaration, at: standalone.lowerBound)
            }
        }
        index = input.endOfWhitespace(from: index)
        guard input.begins("?>", at: index) else { throw XMLError(.declaration, at: index) }
        index &+= 2
    }

    /// The range of the value when `name` comes next, else nil.
    private mutating func pseudoAttribute(_ name: StaticString, _ input: RawSpan) throws(XMLError) -> Range<Int>? {
        var place = input.endOfWhitespace(from: index)
        guard place > index, input.begins(name, at: place) else { return nil }
        place = input.endOfWhitespace(from: place &+ name.utf8CodeUnitCount)
        guard input.peek(place) == UInt8(ascii: "=") else { throw XMLError(.declaration, at: place) }
        place = input.endOfWhitespace(from: place &+ 1)
        let quote = input.peek(place)
        guard quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'"),
            let end = input.firstIndex(of: quote, from: place &+ 1)
        else { throw XMLError(.declaration, at: place) }
        index = end &+ 1
        return place &+ 1..<end
    }

    /// Any 1.x is read as 1.0 (XML 1.0, fifth edition, §2.8).
    private func isVersion(_ value: RawSpan) -> Bool {
        guard value.byteCount > 2, value.begins("1.", at: 0) else { return false }
        for index in 2..<value.byteCount where !ASCII.isDigit(value[index]) { return false }
        return true
    }

    /// EncName (XML 1.0 §4.3.3).
    private func isEncoding(_ value: RawSpan) -> Bool {
        ASCII.isLetter(value.peek(0)) && value.endOfName(from: 0) == value.byteCount
    }
}
