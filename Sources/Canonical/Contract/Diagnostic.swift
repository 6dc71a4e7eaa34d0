/// A finding about a file the user gave us: where, which rule, what to do. One shape in the CLI, the admin API and the log.
public struct Diagnostic: Error, Sendable {
    public enum Severity: String, Sendable { case error, warning, note }

    public var severity: Severity
    /// A stable token such as `route.unknown-upstream` or `wsdl.missing-import`.
    public var rule: String
    /// One line: the place in the document's own terms, what is wrong, and a suggestion where there is one.
    public var message: String
    public var location: SourceLocation?

    public init(_ severity: Severity, _ rule: String, _ message: String, at location: SourceLocation? = nil) {
        self.severity = severity
        self.rule = rule
        self.message = message
        self.location = location
    }
}

/// A place in a file.
public struct SourceLocation: Sendable, Equatable {
    public var file: String
    /// From 1.
    public var line: Int
    /// In characters, from 1.
    public var column: Int
    /// How many characters the caret line marks.
    public var length: Int

    public init(file: String, line: Int, column: Int, length: Int = 1) {
        self.file = file
        self.line = line
        self.column = column
        self.length = length
    }
}

/// Why a contract could not be read: at least one error, and all other findings.
public struct ContractError: Error, Sendable {
    public var diagnostics: [Diagnostic]

    public init(_ diagnostics: [Diagnostic]) {
        self.diagnostics = diagnostics
    }
}
