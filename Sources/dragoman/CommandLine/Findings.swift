internal import Canonical
internal import Configuration

/// What was found, as the verbs tell it.
struct Findings {
    var diagnostics: [Diagnostic]
    var sources: SourceMap

    private var errors: Int { diagnostics.count { $0.severity == .error } }
    private var warnings: Int { diagnostics.count { $0.severity == .warning } }

    /// The findings with a last line that counts them.
    func text(about file: String) -> String {
        let lines = diagnostics.map { $0.text(in: sources) }
        return (lines + [summary(of: file)]).joined(separator: "\n")
    }

    var json: JSON {
        ["errors": .integer(errors), "warnings": .integer(warnings), "findings": .array(diagnostics.map(\.json))]
    }

    private func summary(of file: String) -> String {
        func count(_ number: Int, _ word: String) -> String { "\(number) \(word)\(number == 1 ? "" : "s")" }
        let counts = [(errors, "error"), (warnings, "warning")].filter { $0.0 > 0 }.map { count($0.0, $0.1) }
        return "\(file): " + (counts.isEmpty ? "no findings" : counts.joined(separator: ", "))
    }
}
