public import Canonical

extension Diagnostic {
    /// The finding as the command line, the admin API and the log show it:
    /// ```
    /// dragoman.yaml:14:9: error[route.unknown-upstream] routes[3].to: there is no upstream "ordrs"
    ///    14 |     to: ordrs
    ///       |         ^^^^^
    /// ```
    public func text(in sources: SourceMap) -> String {
        let finding = "\(severity.rawValue)[\(rule)] \(message)"
        guard let location else { return finding }
        let head = "\(location.file):\(location.line):\(location.column): \(finding)"
        guard let line = sources.line(location.line, of: location.file) else { return head }
        let number = String(location.line)
        let margin = String(repeating: " ", count: max(5 - number.count, 0))
        let blank = String(repeating: " ", count: margin.count + number.count)
        // Tabs stay tabs, so that the carets stand below what they mark.
        let indent = line.unicodeScalars.prefix(location.column - 1).map { $0 == "\t" ? "\t" : " " }.joined()
        let carets = String(repeating: "^", count: max(location.length, 1))
        return "\(head)\n\(margin)\(number) | \(line)\n\(blank) | \(indent)\(carets)"
    }

    /// The finding as an object with `severity`, `rule`, `message` and its place.
    public var json: JSON {
        let finding: JSON = [
            "severity": .string(severity.rawValue), "rule": .string(rule), "message": .string(message),
        ]
        guard let location else { return finding }
        return
            finding
            .adding("file", .string(location.file))
            .adding("line", .integer(location.line))
            .adding("column", .integer(location.column))
            .adding("length", .integer(location.length))
    }
}

extension [Diagnostic] {
    /// Whether nothing may be served because of them.
    public var hasErrors: Bool {
        contains { $0.severity == .error }
    }

    /// In reading order: the files as they were read, then by line and column; those without a place come first.
    public func sorted(in sources: SourceMap) -> [Diagnostic] {
        func rank(_ finding: Diagnostic) -> (Int, Int, Int) {
            guard let place = finding.location else { return (-1, 0, 0) }
            return (sources.files.firstIndex(of: place.file) ?? .max, place.line, place.column)
        }
        return enumerated().sorted { left, right in
            let (first, second) = (rank(left.element), rank(right.element))
            return first == second ? left.offset < right.offset : first < second
        }
        .map(\.element)
    }
}
