internal import Buffers
internal import Canonical

/// Reads .proto text into a descriptor whose names are not resolved yet. Goes on behind a mistake, so that several are
/// found at once.
///
/// Source: protobuf.dev, the language specifications of proto2, proto3 and editions.
struct ProtoParser {
    /// How deep messages, and messages in text format, may nest.
    static let maximumDepth = 64
    static let maximumErrors = 100

    let source: SourceText
    var file = FileDescriptor()
    private var lexer: ProtoLexer
    private(set) var token: ProtoToken
    /// Where the token before this one ended.
    private(set) var previousEnd = 0
    private(set) var errors: [ProtoError] = []
    private(set) var warnings: [ProtoError] = []
    /// Where imports stand, by index of the dependency.
    var importPlaces: [Range<Int>] = []
    var packagePlace = 0..<0
    var depth = 0

    init(_ source: SourceText) {
        self.source = source
        lexer = ProtoLexer(source.bytes)
        token = lexer.next()
        file.name = source.name
    }

    /// The errors of words and of grammar, by place.
    var allErrors: [ProtoError] {
        (lexer.errors + errors).sorted { $0.range.lowerBound < $1.range.lowerBound }
    }

    // MARK: Words

    mutating func advance() {
        previousEnd = token.range.upperBound
        token = lexer.next()
    }

    /// The word behind this one.
    var following: ProtoToken {
        var lexer = lexer
        return lexer.next()
    }

    func at(_ symbol: Character) -> Bool { token.symbol != 0 && token.symbol == symbol.asciiValue }

    func at(word: String) -> Bool { token.kind == .identifier && text == word }

    var text: String { source[token.range] }

    mutating func take(_ symbol: Character) -> Bool {
        guard at(symbol) else { return false }
        advance()
        return true
    }

    mutating func take(word: String) -> Bool {
        guard at(word: word) else { return false }
        advance()
        return true
    }

    mutating func expect(_ symbol: Character) throws(ProtoError) {
        guard take(symbol) else { throw expected("'\(symbol)'") }
    }

    /// Ends a statement.
    mutating func expectSemicolon() throws(ProtoError) {
        // The place is behind what was said, not before the next statement.
        guard take(";") else { throw ProtoError("Expected ';'.", at: previousEnd..<previousEnd + 1) }
    }

    mutating func expect(word: String) throws(ProtoError) {
        guard take(word: word) else { throw expected("'\(word)'") }
    }

    mutating func identifier(_ what: String) throws(ProtoError) -> String {
        guard token.kind == .identifier else { throw expected(what) }
        defer { advance() }
        return text
    }

    /// `a.b.c`, with a dot in front where that is allowed.
    mutating func path(_ what: String, allowsLeadingDot: Bool = false) throws(ProtoError) -> String {
        var path = ""
        if allowsLeadingDot, take(".") { path = "." }
        path += try identifier(what)
        while take(".") { path += "." + (try identifier("a name")) }
        return path
    }

    /// Adjacent literals are one.
    mutating func string(_ what: String) throws(ProtoError) -> [UInt8] {
        guard token.kind == .string else { throw expected(what) }
        var value: [UInt8] = []
        while token.kind == .string {
            let literal = StringLiteral(source.bytes, token.range)
            if let error = literal.error { report(error) }
            value += literal.value
            advance()
        }
        return value
    }

    mutating func stringText(_ what: String) throws(ProtoError) -> String {
        let range = token.range
        let bytes = try string(what)
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw ProtoError("The text is not UTF-8.", at: range)
        }
        return text
    }

    /// The amount of an integer in decimal, hexadecimal or octal digits; nil past 64 bits.
    func integerValue() -> UInt64? {
        let digits = text
        if digits.hasPrefix("0x") || digits.hasPrefix("0X") { return UInt64(digits.dropFirst(2), radix: 16) }
        return digits.hasPrefix("0") ? UInt64(digits, radix: 8) : UInt64(digits)
    }

    /// A number from `range`.
    mutating func integer(_ what: String, in range: ClosedRange<Int64>) throws(ProtoError) -> Int64 {
        let start = token.range.lowerBound
        let isNegative = range.lowerBound < 0 && take("-")
        guard token.kind == .integer else { throw expected(what) }
        let amount = integerValue()
        advance()
        if let amount, amount <= UInt64(Int64.max) {
            let value = isNegative ? -Int64(amount) : Int64(amount)
            if range.contains(value) { return value }
        }
        throw ProtoError(
            "\(what.prefix(1).uppercased())\(what.dropFirst()) must be at least \(range.lowerBound) and at most \(range.upperBound).",
            at: start..<previousEnd, rule: "proto.number")
    }

    /// What a description of this word says.
    private var found: String {
        switch token.kind {
        case .end: "the end of the file"
        default: "'\(source[token.range.lowerBound..<min(token.range.upperBound, token.range.lowerBound + 40)])'"
        }
    }

    func expected(_ what: String) -> ProtoError {
        ProtoError("Expected \(what), found \(found).", at: token.range)
    }

    // MARK: Findings

    mutating func report(_ error: ProtoError) {
        if errors.count < Self.maximumErrors { errors.append(error) }
    }

    mutating func warn(_ error: ProtoError) {
        if warnings.count < Self.maximumErrors { warnings.append(error) }
    }

    /// Reads statements up to the end of the block, whose `{` was read.
    mutating func block(_ statement: (inout ProtoParser) throws(ProtoError) -> Void) throws(ProtoError) {
        let open = previousEnd - 1..<previousEnd
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.maximumDepth else {
            throw ProtoError(
                "Declarations nest deeper than \(Self.maximumDepth) levels.", at: open, rule: "proto.depth")
        }
        while !take("}") {
            guard token.kind != .end else {
                return report(ProtoError("The block that begins here does not end.", at: open))
            }
            attempt(statement)
        }
    }

    /// Reads one statement; behind a mistake it goes on with the next one.
    mutating func attempt(_ statement: (inout ProtoParser) throws(ProtoError) -> Void) {
        let start = token.range
        do throws(ProtoError) {
            try statement(&self)
        } catch {
            report(error)
            skipStatement()
            // Whatever happens, something is read.
            if token.range == start, token.kind != .end { advance() }
        }
    }

    /// Skips to behind the next `;` or block, or to before the end of this one.
    private mutating func skipStatement() {
        while token.kind != .end, !at("}") {
            if take(";") { return }
            if take("{") { return skipBlock() }
            advance()
        }
    }

    private mutating func skipBlock() {
        var open = 1
        while token.kind != .end, open > 0 {
            if at("{") { open += 1 }
            if at("}") { open -= 1 }
            advance()
        }
    }

    /// The comment before this word.
    var documentation: String? {
        token.comment.isEmpty ? nil : Comment.text(source[token.comment])
    }
}

extension Int32 {
    /// A place in the file; files are far smaller than this can say.
    init(place: Int) {
        self.init(truncatingIfNeeded: place)
    }
}
