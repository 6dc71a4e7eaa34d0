internal import Buffers
public import Canonical

/// What reads JSON text token by token: the grammar of RFC 8259, once for every reader.
///
/// A reader holds the text and what it makes of it; the tokens, the nesting and the findings are the same for all. A
/// protocol rather than a type, so that its functions become part of each reader, in whatever module that is.
public protocol JSONScanning: ~Copyable, ~Escapable {
    var text: RawSpan { @_lifetime(copy self) get }
    /// The place reached in `text`.
    var index: Int { get set }
    /// How many arrays and objects are open.
    var depth: Int { get set }
    /// Text of strings that had escapes; it is the reader's to clear.
    var unescaped: [UInt8] { get set }
    var violations: [Violation] { get set }
    /// How many violations are noted at most.
    var maximumViolations: Int { get }
    /// How many arrays and objects may be open.
    var maximumDepth: Int { get }
    /// Who sent the text.
    var origin: FailureOrigin { get }
}

// MARK: Nesting

extension JSONScanning where Self: ~Copyable, Self: ~Escapable {
    public mutating func enter() throws(Failure) {
        depth &+= 1
        if depth > maximumDepth {
            throw Failure(
                origin.codeOfBrokenMessage, "json.depth", "The JSON nests deeper than \(maximumDepth) levels.",
                origin: origin)
        }
    }

    public mutating func leave() {
        depth &-= 1
    }
}

// MARK: Findings

/// A broken rule of the schema is noted and reading goes on; broken JSON ends it. A violation is noted with the pointer
/// `""` where it is found, and every member and item around it puts its own name in front on the way out, so that a
/// message without violations pays nothing for pointers.
extension JSONScanning where Self: ~Copyable, Self: ~Escapable {
    /// Notes that the value just read, or about to be skipped, breaks `rule`.
    public mutating func report(_ rule: String, _ detail: @autoclosure () -> String) {
        report(Violation(pointer: "", rule: rule, detail: detail()))
    }

    /// Notes a violation. It is not even made when there are enough: a message may have one in every byte.
    public mutating func report(_ violation: @autoclosure () -> Violation) {
        if violations.count < maximumViolations { violations.append(violation()) }
    }

    /// Puts `name` before the pointers of all findings since there were `count`.
    public mutating func prefix(since count: Int, _ name: String) {
        let segment = JSONPointer.appending(name, to: "")
        for place in count..<violations.count { violations[place].pointer = segment + violations[place].pointer }
    }

    public mutating func prefix(since count: Int, item: Int) {
        for place in count..<violations.count { violations[place].pointer = "/\(item)" + violations[place].pointer }
    }

    /// Ends the reading: nothing but white space may follow, and nothing may have been found.
    public mutating func readEnd() throws(Failure) {
        skipSpace()
        guard index == text.byteCount else { throw syntax("nothing more is expected here") }
        guard violations.isEmpty else { throw .invalidMessage(violations, from: origin) }
    }

    /// Goes to the first token; refuses what has none.
    public mutating func readStart() throws(Failure) {
        skipSpace()
        guard index < text.byteCount else { throw syntax("the body is empty") }
        if text.byteCount >= 3, text[0] == 0xEF, text[1] == 0xBB, text[2] == 0xBF {
            throw syntax("a byte order mark is not allowed")
        }
    }

    /// What is wrong at the place reached, as a failure.
    public func syntax(_ problem: String) -> Failure {
        syntax(problem, at: index)
    }

    public func syntax(_ problem: String, at place: Int) -> Failure {
        var line = 1
        var lineStart = 0
        while let feed = text.firstIndex(of: 0x0A, from: lineStart), feed < place {
            line += 1
            lineStart = feed + 1
        }
        let column = place - lineStart + 1
        let detail = "line \(line), column \(column) (byte \(place)): \(problem)"
        return Failure(
            origin.codeOfBrokenMessage, "json.syntax", "The JSON is malformed at \(detail).", origin: origin)
    }
}

extension FailureOrigin {
    /// Whose mistake a message is that cannot be read.
    var codeOfBrokenMessage: FailureCode { self == .client ? .invalidArgument : .internal }
}

extension Failure {
    /// A message that is readable but breaks rules of its schema.
    public static func invalidMessage(_ violations: [Violation], from origin: FailureOrigin) -> Failure {
        let isRequest = origin == .client
        return Failure(
            origin.codeOfBrokenMessage, isRequest ? "request.invalid" : "response.invalid",
            isRequest ? "The request does not keep the contract." : "The response does not keep the contract.",
            origin: origin, violations: violations)
    }
}
