public import Canonical

/// Where everything in a configuration stands: from paths such as `routes[3].to` to places in files, and the lines
/// that a finding shows.
public struct SourceMap: Sendable {
    private struct Place: Sendable {
        var key: SourceLocation?
        var value: SourceLocation
        /// What the file says where the value came from the environment or a file.
        var raw: String?
    }

    /// The files that were read, the main one first.
    public private(set) var files: [String] = []
    private var lines: [String: [Substring]] = [:]
    private var places: [String: Place] = [:]
    private var sensitive: [SourceLocation] = []

    public init() {}

    /// Adds the text of a file, so that findings about it can show their lines.
    public mutating func add(_ text: String, named file: String) {
        files.append(file)
        lines[file] = text.split(omittingEmptySubsequences: false) { $0.isNewline }
    }

    /// Where the value at `path` stands.
    public func location(of path: String) -> SourceLocation? {
        places[path]?.value
    }

    /// Where the key of the value at `path` stands; the value's own place for items of lists.
    public func keyLocation(of path: String) -> SourceLocation? {
        places[path].map { $0.key ?? $0.value }
    }

    /// What the file says at `path` where its value came from the environment or a file, such as `${TOKEN}`; nil for
    /// values that stand in the file and may be printed.
    public func reference(at path: String) -> String? {
        places[path]?.raw
    }

    /// A line of a file, from 1, with the secrets that stand in it hidden.
    func line(_ number: Int, of file: String) -> String? {
        guard let lines = lines[file], lines.indices.contains(number - 1) else { return nil }
        var characters = Array(lines[number - 1].unicodeScalars)
        for secret in sensitive where secret.file == file && secret.line == number {
            let start = min(secret.column - 1, characters.count)
            let end = min(start + secret.length, characters.count)
            for index in start..<end { characters[index] = "*" }
        }
        var line = String.UnicodeScalarView()
        line.append(contentsOf: characters)
        return String(line)
    }

    mutating func note(_ node: YAMLNode, key: SourceLocation?, at path: String) {
        var raw: String?
        if case .scalar(let scalar) = node.content { raw = scalar.raw }
        places[path] = Place(key: key, value: node.location, raw: raw)
    }

    mutating func hide(_ secrets: [SourceLocation]) {
        sensitive += secrets
    }
}
