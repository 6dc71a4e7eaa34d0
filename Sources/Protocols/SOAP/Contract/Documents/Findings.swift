internal import Canonical

/// What the reader has to say about the documents, in order and each thing once.
final class Findings {
    private static let maximum = 1000

    private(set) var diagnostics: [Diagnostic] = []
    private var said: Set<String> = []

    func add(_ diagnostic: Diagnostic) {
        guard diagnostics.count < Self.maximum else { return }
        let place = diagnostic.location.map { "\($0.file):\($0.line):\($0.column)" } ?? ""
        guard said.insert("\(diagnostic.rule) \(place) \(diagnostic.message)").inserted else { return }
        diagnostics.append(diagnostic)
    }

    func warn(_ rule: String, _ message: String, at location: SourceLocation?) {
        add(Diagnostic(.warning, rule, message, at: location))
    }

    func note(_ rule: String, _ message: String, at location: SourceLocation?) {
        add(Diagnostic(.note, rule, message, at: location))
    }
}
