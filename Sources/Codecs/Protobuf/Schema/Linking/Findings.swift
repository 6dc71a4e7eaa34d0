internal import Canonical

/// What there is to say about the files, each thing with its place where there is text.
final class Findings {
    static let maximum = 200

    private(set) var diagnostics: [Diagnostic] = []
    private(set) var hasErrors = false
    private var sources: [String: SourceText] = [:]
    private var paths: [String: String] = [:]

    /// Says `path` where the file `name` is meant: what a user calls it.
    func show(_ name: String, as path: String) {
        paths[name] = path
    }

    func add(_ source: SourceText) {
        sources[source.name] = source
    }

    func error(_ rule: String, _ message: String, in file: String, at place: Int32) {
        let start = Int(place)
        add(.error, rule, message, in: file, at: start..<start)
    }

    func error(_ error: ProtoError, in file: String) {
        add(.error, error.rule, error.message, in: file, at: error.range)
    }

    func warn(_ warning: ProtoError, in file: String) {
        add(.warning, warning.rule, warning.message, in: file, at: warning.range)
    }

    func warn(_ rule: String, _ message: String, in file: String, at place: Int32) {
        let start = Int(place)
        add(.warning, rule, message, in: file, at: start..<start)
    }

    /// An error in a file that is none of these.
    func error(_ rule: String, _ message: String, at location: SourceLocation?) {
        hasErrors = true
        if diagnostics.count < Self.maximum { diagnostics.append(Diagnostic(.error, rule, message, at: location)) }
    }

    /// An error of the whole file.
    func error(_ rule: String, _ message: String, in file: String) {
        add(.error, rule, message, in: file, at: -1 ..< -1)
    }

    private func add(
        _ severity: Diagnostic.Severity, _ rule: String, _ message: String, in file: String, at range: Range<Int>
    ) {
        if severity == .error { hasErrors = true }
        guard diagnostics.count < Self.maximum else { return }
        guard let source = sources[file], range.lowerBound >= 0 else {
            let location = SourceLocation(file: paths[file] ?? file, line: 1, column: 1)
            return diagnostics.append(Diagnostic(severity, rule, message, at: location))
        }
        // A place without a length is that of a word.
        let word = source.bytes.dropFirst(range.lowerBound).prefix { ProtoLexer.isNameByte($0) || $0 == 0x2E }
        let length = range.isEmpty ? word.count : range.count
        var location = source.location(of: range.lowerBound, length: length)
        location.file = paths[file] ?? file
        diagnostics.append(Diagnostic(severity, rule, message, at: location))
    }

    /// All that was found, errors first as such.
    func check() throws(ContractError) {
        if hasErrors { throw ContractError(diagnostics) }
    }
}
