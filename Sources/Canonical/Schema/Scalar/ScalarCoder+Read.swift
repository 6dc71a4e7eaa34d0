internal import Buffers

/// What a text was found to be; the text itself is not changed yet.
enum ScalarReading {
    case boolean(Bool)
    /// As it stands.
    case text(NodeKind, NodeFlags)
    /// A number that JSON writes otherwise.
    case number(NumberText.Grammar)
    /// Base64 with white space, or of another alphabet.
    case base64
    /// Hexadecimal with lower-case digits.
    case hexadecimal
}

extension ScalarCoder {
    /// What `append` would make of `text`, for readers that keep no document: the kind and the flags of a node, and which
    /// part of `text` is its text. Nil when the node's text is not in `text` as it stands, when there is more than one node,
    /// or when a rule is broken.
    public func reading(of text: RawSpan) -> (kind: NodeKind, range: Range<Int>, flags: NodeFlags)? {
        let whole = 0..<text.byteCount
        if form == .integer || form == .decimal, isEasyNumber(text) { return (.number, whole, .isPlain) }
        if form == .list || form == .union || form == .decimal && isLenient { return nil }
        let isText = form == .string || form == .uri || form == .qualifiedName
        let range = isText && whitespace != .collapse ? whole : text.trimmedRange
        if isText, whitespace != .preserve, !isNormal(text.extracting(range)) { return nil }
        switch try? read(text.extracting(range), isPlain: false) {
        case .boolean(let value): return (value ? .true : .false, range, [])
        case .text(let kind, let flags): return (kind, range, flags)
        case .number, .base64, .hexadecimal, nil: return nil
        }
    }

    /// Whether `text`, which has no white space at its ends, is as the whiteSpace facet wants it.
    private func isNormal(_ text: RawSpan) -> Bool {
        var wasSpace = false
        for index in 0..<text.byteCount {
            let byte = text[index]
            if byte < 0x20 || byte == 0x20 && wasSpace && whitespace == .collapse { return false }
            wasSpace = byte == 0x20
        }
        return true
    }

    /// Reads one value that is neither list nor union, after white space was dealt with.
    func read(_ text: RawSpan, isPlain: Bool) throws(ScalarViolation) -> ScalarReading {
        switch form {
        case .string, .uri:
            if hasFacets { try checkString(text) }
            return .text(.string, isPlain || text.isPlain ? .isPlain : [])
        case .integer: return try readNumber(text, .integer)
        case .decimal: return try readNumber(text, .decimal)
        case .boolean:
            guard let value = ScalarCoder.boolean(text) else { throw broken(.type) }
            if hasFacets { try checkText(text) }
            return .boolean(value)
        case .float:
            if text.equals("INF") || text.equals("-INF") || text.equals("NaN") { return try readSpecial(text) }
            return try readNumber(text, .float)
        case .temporal(let kind):
            guard let value = TemporalText.read(text, kind) else { throw broken(.type) }
            if let rule = earliest?.brokenAsMinimum(by: value) { throw broken(rule) }
            if let rule = latest?.brokenAsMaximum(by: value) { throw broken(rule) }
            if hasFacets { try checkText(text) }
            return .text(.string, .isPlain)
        case .base64:
            guard let value = Base64Text(text, isLenient: isLenient) else { throw broken(.type) }
            if hasFacets { try checkBytes(text, value.byteCount) }
            return value.isCanonical ? .text(.bytes, [.isBase64, .isPlain]) : .base64
        case .hexadecimal:
            let isUpper = try checkHexadecimal(text)
            if hasFacets { try checkBytes(text, text.byteCount / 2) }
            return isUpper ? .text(.bytes, [.isHexadecimal, .isPlain]) : .hexadecimal
        case .qualifiedName:
            guard ScalarCoder.isQualifiedName(text) else { throw broken(.type) }
            if hasFacets { try checkString(text) }
            return .text(.string, isPlain || text.isPlain ? .isPlain : [])
        case .list, .union: throw broken(.type)
        }
    }

    /// Whether `text` is an integer or decimal as JSON has it, of at most 18 digits, that keeps every rule. A short look at
    /// the common case; false says nothing.
    func isEasyNumber(_ text: RawSpan) -> Bool {
        guard let easyRange else { return false }
        let end = text.byteCount
        let start = end > 0 && text[0] == UInt8(ascii: "-") ? 1 : 0
        var index = start
        var whole: Int64 = 0
        while index &+ 8 <= end, let digits = ASCII.decimal(text.word(at: index)) {
            whole = whole &* 100_000_000 &+ Int64(digits)
            index &+= 8
        }
        while index < end, ASCII.isDigit(text[index]) {
            whole = whole &* 10 &+ Int64(text[index] &- 0x30)
            index &+= 1
        }
        let digits = index &- start
        guard digits > 0, digits <= 18, digits == 1 || text[start] != UInt8(ascii: "0"), digits <= limits.totalDigits
        else { return false }
        let value = start == 0 ? whole : 0 &- whole
        guard index < end else { return easyRange.contains(value) }
        guard text[index] == UInt8(ascii: "."), form == .decimal else { return false }
        let places = end &- index &- 1
        guard places > 0, places <= limits.fractionDigits, places &+ digits <= limits.totalDigits else { return false }
        // The value lies between the whole number and the next one away from zero.
        guard easyRange.contains(value), easyRange.contains(start == 0 ? whole &+ 1 : -1 &- whole) else { return false }
        for place in index &+ 1..<end where !ASCII.isDigit(text[place]) { return false }
        return true
    }

    func broken(_ rule: ScalarRule) -> ScalarViolation { ScalarViolation(rule: rule, coder: self) }

    private static func boolean(_ text: RawSpan) -> Bool? {
        if text.equals("true") || text.equals("1") { return true }
        if text.equals("false") || text.equals("0") { return false }
        return nil
    }

    private func readNumber(_ text: RawSpan, _ grammar: NumberText.Grammar) throws(ScalarViolation) -> ScalarReading {
        guard let number = NumberText(text, grammar) else { throw broken(.type) }
        if let minimum {
            let position = minimum.position(of: number, text)
            if position < 0 { throw broken(minimum.isExclusive ? .exclusiveMinimum : .minimum) }
            if position == 0, minimum.isExclusive { throw broken(.exclusiveMinimum) }
        }
        if let maximum {
            let position = maximum.position(of: number, text)
            if position > 0 { throw broken(maximum.isExclusive ? .exclusiveMaximum : .maximum) }
            if position == 0, maximum.isExclusive { throw broken(.exclusiveMaximum) }
        }
        if hasFacets { try checkNumber(text, number) }
        return number.isJSON ? .text(.number, .isPlain) : .number(grammar)
    }

    /// INF, -INF and NaN: strings in JSON. NaN keeps no bound.
    private func readSpecial(_ text: RawSpan) throws(ScalarViolation) -> ScalarReading {
        let isNaN = text[0] == UInt8(ascii: "N")
        let isNegative = text[0] == UInt8(ascii: "-")
        if let minimum, isNaN || isNegative { throw broken(minimum.isExclusive ? .exclusiveMinimum : .minimum) }
        if let maximum, isNaN || !isNegative { throw broken(maximum.isExclusive ? .exclusiveMaximum : .maximum) }
        if hasFacets { try checkText(text) }
        return .text(.string, .isPlain)
    }

    /// Whether all letters are upper-case.
    private func checkHexadecimal(_ text: RawSpan) throws(ScalarViolation) -> Bool {
        guard text.byteCount % 2 == 0 else { throw broken(.type) }
        var isUpper = true
        for index in 0..<text.byteCount {
            guard ASCII.hexValue(text[index]) != nil else { throw broken(.type) }
            if text[index] >= UInt8(ascii: "a") { isUpper = false }
        }
        return isUpper
    }

    /// `local` or `{namespace}local`: the name is there and has neither colon, brace nor space.
    private static func isQualifiedName(_ text: RawSpan) -> Bool {
        var start = 0
        if text.byteCount > 0, text[0] == UInt8(ascii: "{") {
            guard let brace = text.firstIndex(of: UInt8(ascii: "}")) else { return false }
            start = brace &+ 1
        }
        guard start < text.byteCount else { return false }
        for index in start..<text.byteCount {
            switch text[index] {
            case 0...0x20, UInt8(ascii: ":"), UInt8(ascii: "{"), UInt8(ascii: "}"): return false
            default: continue
            }
        }
        return !ASCII.isDigit(text[start]) && text[start] != UInt8(ascii: "-") && text[start] != UInt8(ascii: ".")
    }
}
