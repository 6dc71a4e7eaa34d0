/// Reads a regular expression of XSD 1.0 part 2 appendix F into an automaton.
///
/// What other dialects write and XSD lacks is taken where its meaning is plain: escapes of punctuation, and `^` at the
/// very start or `$` at the very end, which authors mean as anchors.
struct PatternParser {
    private static let maximumDepth = 32
    private static let maximumLength = 8192
    /// Atoms read, those of written-out counters included: `(){9}` nested has no positions to count.
    private static let maximumAtoms = 50_000

    private let source: [UInt32]
    private var place = 0
    private var end: Int
    private var depth = 0
    private var atoms = 0
    private var automaton = PatternAutomaton()

    static func compile(_ source: String) throws(PatternError) -> XSDPattern {
        var parser = try PatternParser(source)
        parser.automaton.root = try parser.alternatives()
        guard parser.place == parser.end else { throw .malformed("unbalanced )") }
        return XSDPattern(parser.automaton)
    }

    private init(_ text: String) throws(PatternError) {
        guard text.utf8.count <= Self.maximumLength else { throw .tooLarge }
        source = text.unicodeScalars.map(\.value)
        end = source.count
        if source.first == 0x5E { place = 1 }
        if end > place, source[end - 1] == 0x24, end - place < 2 || source[end - 2] != 0x5C { end -= 1 }
    }

    // MARK: Structure

    private mutating func alternatives() throws(PatternError) -> PatternAutomaton.Fragment {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.maximumDepth else { throw .tooLarge }
        var result = try branch()
        while take("|") { result = automaton.choice(result, try branch()) }
        return result
    }

    private mutating func branch() throws(PatternError) -> PatternAutomaton.Fragment {
        var result = PatternAutomaton.Fragment()
        while let next = peek, next != "|", next != ")" {
            result = try automaton.sequence(result, try piece())
        }
        return result
    }

    /// An atom with its quantifier. Counters are written out by reading the atom again.
    private mutating func piece() throws(PatternError) -> PatternAutomaton.Fragment {
        let start = place
        let atom = try atom()
        let atomEnd = place
        guard let (minimum, maximum) = try quantifier() else { return atom }
        let after = place
        var result = PatternAutomaton.Fragment()
        let copies = maximum ?? max(minimum, 1)
        for copy in 0..<copies {
            var fragment = atom
            if copy > 0 {
                place = start
                fragment = try self.atom()
                guard place == atomEnd else { throw .malformed("counter") }
            }
            if maximum == nil, copy == copies - 1 { fragment = try automaton.loop(fragment) }
            if copy >= minimum { fragment.isNullable = true }
            result = try automaton.sequence(result, fragment)
        }
        place = after
        return result
    }

    /// The bounds after an atom; nil when it stands once. `a{0}` leaves nothing.
    private mutating func quantifier() throws(PatternError) -> (minimum: Int, maximum: Int?)? {
        if take("?") { return (0, 1) }
        if take("*") { return (0, nil) }
        if take("+") { return (1, nil) }
        guard take("{") else { return nil }
        let minimum = try number()
        if take("}") { return (minimum, minimum) }
        guard take(",") else { throw .malformed("counter") }
        if take("}") { return (minimum, nil) }
        let maximum = try number()
        guard take("}"), maximum >= minimum else { throw .malformed("counter") }
        return (minimum, maximum)
    }

    private mutating func number() throws(PatternError) -> Int {
        var value: Int?
        while let next = peek, "0"..."9" ~= next {
            value = (value ?? 0) * 10 + Int(next.value - 0x30)
            guard value ?? 0 <= XSDPattern.maximumPositions else { throw .tooLarge }
            place += 1
        }
        guard let value else { throw .malformed("counter") }
        return value
    }

    private mutating func atom() throws(PatternError) -> PatternAutomaton.Fragment {
        guard let next = peek else { throw .malformed("nothing to match") }
        atoms += 1
        guard atoms <= Self.maximumAtoms else { throw .tooLarge }
        place += 1
        switch next {
        case "(":
            // `(?:` of other dialects groups like `(`; other `(?` forms have no meaning here.
            if take("?"), !take(":") { throw .malformed("(?") }
            let inner = try alternatives()
            guard take(")") else { throw .malformed("unbalanced (") }
            return inner
        case "[": return try automaton.position(try bracket())
        case ".": return try automaton.position(.anyInLine)
        case "\\": return try automaton.position(try escape())
        case "?", "*", "+", "{", "}", "]":
            // A lone bracket or brace is a plain character to most dialects.
            guard next == "}" || next == "]" else { throw .malformed("\(next) without an atom") }
            return try automaton.position(.character(next.value))
        default: return try automaton.position(.character(next.value))
        }
    }

    // MARK: Characters

    /// After `[`: ranges, escapes, and what is taken away by `-[…]`.
    private mutating func bracket() throws(PatternError) -> CharacterClass {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.maximumDepth else { throw .tooLarge }
        let isNegative = take("^")
        var parts: [CharacterClass] = []
        var removed: CharacterClass?
        while removed == nil, let next = peek, next != "]" || parts.isEmpty {
            if next == "-", peek(1) == "[", !parts.isEmpty {
                place += 2
                removed = try bracket()
            } else {
                parts.append(try bracketItem())
            }
        }
        guard take("]") else { throw .malformed("unbalanced [") }
        let members = parts.count == 1 ? parts[0] : .union(parts)
        let positive = isNegative ? .complement(members) : members
        return removed.map { .difference(positive, $0) } ?? positive
    }

    private mutating func bracketItem() throws(PatternError) -> CharacterClass {
        let low = try bracketCharacter()
        guard case .ranges(let single) = low, single.count == 1, let from = single.first, from.count == 1,
            peek == "-", let after = peek(1), after != "]", after != "["
        else { return low }
        place += 1
        guard case .ranges(let other) = try bracketCharacter(), let upTo = other.first, other.count == 1,
            upTo.lowerBound >= from.lowerBound
        else { throw .malformed("range") }
        return .ranges([from.lowerBound...upTo.upperBound])
    }

    private mutating func bracketCharacter() throws(PatternError) -> CharacterClass {
        guard let next = peek else { throw .malformed("unbalanced [") }
        place += 1
        return next == "\\" ? try escape() : .character(next.value)
    }

    /// After `\`.
    private mutating func escape() throws(PatternError) -> CharacterClass {
        guard let next = peek else { throw .malformed("\\ at the end") }
        place += 1
        switch next {
        case "n": return .character(0x0A)
        case "r": return .character(0x0D)
        case "t": return .character(0x09)
        case "s": return .space
        case "S": return .complement(.space)
        case "i": return .nameStart
        case "I": return .complement(.nameStart)
        case "c": return .name
        case "C": return .complement(.name)
        case "d": return .digit
        case "D": return .complement(.digit)
        case "w": return .word
        case "W": return .complement(.word)
        case "p": return try property()
        case "P": return .complement(try property())
        default:
            if next.properties.isAlphabetic || next.properties.numericType != nil {
                throw .malformed("\\\(next)")
            }
            return .character(next.value)
        }
    }

    private mutating func property() throws(PatternError) -> CharacterClass {
        guard take("{") else { throw .malformed("\\p") }
        var name = ""
        while let next = peek, next != "}", name.utf8.count < 64 {
            name.unicodeScalars.append(next)
            place += 1
        }
        guard take("}"), let characters = CharacterClass.property(name) else { throw .malformed("\\p{\(name)}") }
        return characters
    }

    // MARK: Input

    private var peek: Unicode.Scalar? { peek(0) }

    private func peek(_ ahead: Int) -> Unicode.Scalar? {
        place + ahead < end ? Unicode.Scalar(source[place + ahead]) : nil
    }

    private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        guard peek == scalar else { return false }
        place += 1
        return true
    }
}
