internal import Buffers
public import Canonical

/// What decoding found besides the message: what the schema does not allow, and how much was left out.
///
/// Findings refer to the tape by place; their JSON pointers are made when somebody asks, once the document is whole.
public struct XMLReport: Sendable {
    public let options: XMLOptions
    /// How many elements, attributes and runs of text were left out because the schema does not know them.
    public internal(set) var ignored = 0
    /// How often something was met that the schema has no place for, kept or not.
    public private(set) var unknown = 0
    private(set) var findings: [XMLFinding] = []

    public init(_ options: XMLOptions = .request) {
        self.options = options
    }

    public var isClean: Bool { findings.isEmpty }

    /// The findings, each with its JSON pointer into `document`.
    public func violations(in document: borrowing Document, of schema: Schema) -> [Violation] {
        findings.flatMap { finding in
            finding.violations(at: document.pointer(to: finding.node, in: schema))
        }
    }

    /// Refuses `document` when anything was found that the options do not let pass.
    ///
    /// - Throws: "request.invalid" (`invalidArgument`), from an upstream "response.invalid" (`internal`).
    public func check(_ document: borrowing Document, of schema: Schema) throws(Failure) {
        guard isRefused else { return }
        let violations = violations(in: document, of: schema)
        if options.origin == .upstream {
            throw Failure(
                .internal, "response.invalid", "The response does not match its schema.", origin: .upstream,
                violations: violations)
        }
        throw Failure(
            .invalidArgument, "request.invalid", "The request does not match its schema.", origin: options.origin,
            violations: violations)
    }

    /// Whether findings are kept.
    var isChecking: Bool { options.validation != .off }

    private var isRefused: Bool {
        options.validation == .strict && !findings.isEmpty
            || options.unknown == .reject && unknown > 0
    }

    mutating func add(_ rule: XMLFinding.Rule, at node: Int) {
        if isChecking { keep(rule, at: node) }
    }

    /// Whether anybody asks what it is that the schema has no place for.
    var notesUnknown: Bool { options.unknown == .reject || options.validation == .log }

    /// The object at `node` holds an element or attribute that the schema has no place for; `rule` says which when
    /// `notesUnknown`.
    mutating func addUnknown(_ rule: XMLFinding.Rule?, at node: Int) {
        unknown += 1
        if let rule { keep(rule, at: node) }
    }

    /// Something that nothing could keep was left out of the object at `node`.
    mutating func ignore(_ rule: XMLFinding.Rule, at node: Int) {
        ignored += 1
        unknown += 1
        if options.unknown == .reject || isChecking { keep(rule, at: node) }
    }

    private mutating func keep(_ rule: XMLFinding.Rule, at node: Int) {
        if findings.count < options.maximumViolations { findings.append(XMLFinding(rule: rule, node: node)) }
    }
}
