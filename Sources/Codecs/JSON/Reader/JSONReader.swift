internal import Buffers
internal import Canonical

/// Reads one JSON text into a tape, front to back, along a plan.
///
/// A broken rule of the schema is noted and reading goes on; broken JSON ends it. A violation is noted with the pointer
/// `""` where it is found, and every member and item around it puts its own name in front on the way out, so that a
/// message without violations pays nothing for pointers.
struct JSONReader: ~Copyable, ~Escapable {
    let text: RawSpan
    let plan: JSONPlan
    var builder: DocumentBuilder
    var index = 0
    var depth = 0
    var violations: [Violation] = []
    /// How many bytes may still be looked at ahead of time in search of `@type`.
    var lookahead: Int
    /// Whether an untyped object that names a type is read as that type.
    var obeysTypes: Bool

    @_lifetime(copy text)
    init(_ text: RawSpan, source: Bytes, plan: JSONPlan) throws(Failure) {
        guard text.byteCount <= Int(UInt32.max) else {
            throw Failure(.resourceExhausted, "message.too_large", "The message is larger than 4 GiB.", origin: .client)
        }
        self.text = text
        self.plan = plan
        builder = DocumentBuilder(source: source)
        lookahead = text.byteCount &* 4
        obeysTypes = !plan.messages.isEmpty
    }

    /// The tape, when the whole text was read and nothing was found wrong.
    consuming func finish() throws(Failure) -> Document {
        skipSpace()
        guard index == text.byteCount else { throw syntax("nothing more is expected here") }
        guard violations.isEmpty else { throw invalid() }
        return builder.finish()
    }

    mutating func readRoot(_ root: FieldPlan) throws(Failure) {
        skipSpace()
        guard index < text.byteCount else { throw syntax("the body is empty") }
        if text.byteCount >= 3, text[0] == 0xEF, text[1] == 0xBB, text[2] == 0xBF {
            throw syntax("a byte order mark is not allowed")
        }
        if peek == UInt8(ascii: "n"), root.kind == .message {
            try readLiteral("null")
            report("type", "must not be null")
            builder.null(field: Node.noField)
            return
        }
        try readValue(root, field: Node.noField)
        // What was refused left no node, and a tape has a root.
        if builder.nextIndex == 0 { builder.null(field: Node.noField) }
    }

    /// The value of an operation that takes or gives none: nothing, `null` or `{}`.
    mutating func readNothing() throws(Failure) {
        skipSpace()
        if index < text.byteCount {
            let before = builder.nextIndex
            try readUntyped(field: Node.noField)
            let node = builder.nodes[before]
            if node.kind != .null, node.kind != .object || node.extent > 1 { report("type", "must be empty") }
            builder.rollBack(nodes: before, side: 0)
        }
        builder.null(field: Node.noField)
    }

    // MARK: Nesting

    mutating func enter() throws(Failure) {
        depth &+= 1
        if depth > plan.options.maximumDepth {
            throw Failure(
                plan.options.failureCode, "json.depth",
                "The JSON nests deeper than \(plan.options.maximumDepth) levels.", origin: plan.options.origin)
        }
    }

    mutating func leave() {
        depth &-= 1
    }

    // MARK: Findings

    /// Notes that the value just read, or about to be skipped, breaks `rule`.
    mutating func report(_ rule: String, _ detail: @autoclosure () -> String) {
        report(Violation(pointer: "", rule: rule, detail: detail()))
    }

    /// Notes a violation. It is not even made when there are enough: a message may have one in every byte.
    mutating func report(_ violation: @autoclosure () -> Violation) {
        if violations.count < plan.options.maximumViolations { violations.append(violation()) }
    }

    /// Puts `name` before the pointers of all findings since there were `count`.
    mutating func prefix(since count: Int, _ name: String) {
        let segment = JSONPointer.appending(name, to: "")
        for place in count..<violations.count { violations[place].pointer = segment + violations[place].pointer }
    }

    mutating func prefix(since count: Int, item: Int) {
        for place in count..<violations.count { violations[place].pointer = "/\(item)" + violations[place].pointer }
    }

    private func invalid() -> Failure {
        let isRequest = plan.options.origin == .client
        return Failure(
            plan.options.failureCode, isRequest ? "request.invalid" : "response.invalid",
            isRequest ? "The request does not keep the contract." : "The response does not keep the contract.",
            origin: plan.options.origin, violations: violations)
    }

    /// What is wrong at the place reached, as a failure.
    func syntax(_ problem: String) -> Failure {
        syntax(problem, at: index)
    }

    func syntax(_ problem: String, at place: Int) -> Failure {
        var line = 1
        var lineStart = 0
        while let feed = text.firstIndex(of: 0x0A, from: lineStart), feed < place {
            line += 1
            lineStart = feed + 1
        }
        let column = place - lineStart + 1
        let detail = "line \(line), column \(column) (byte \(place)): \(problem)"
        return Failure(
            plan.options.failureCode, "json.syntax", "The JSON is malformed at \(detail).", origin: plan.options.origin,
            violations: [Violation(pointer: "", rule: "syntax", detail: detail)])
    }
}

extension JSONOptions {
    var failureCode: FailureCode { origin == .client ? .invalidArgument : .internal }
}
