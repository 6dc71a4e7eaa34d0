import Testing

/// A text and the findings that it has, one line each.
struct Case: Sendable, CustomTestStringConvertible {
    var text: String
    var findings: String

    init(_ text: String, finds findings: String) {
        self.text = text
        self.findings = findings
    }

    var testDescription: String { text }
}
