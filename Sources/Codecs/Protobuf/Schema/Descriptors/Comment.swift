/// Comments as documentation.
enum Comment {
    /// Without the blank after `//` and the empty lines around.
    static func trimmed(_ comment: String) -> String {
        let lines = comment.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            var line = line.first == " " ? line.dropFirst() : line
            while let last = line.last, last == " " || last == "\t" || last == "\r" { line.removeLast() }
            return line
        }
        let text = lines.drop { $0.isEmpty }
        return text.reversed().drop { $0.isEmpty }.reversed().joined(separator: "\n")
    }

    /// Comments as they stand in a file, one after another, without what makes them comments.
    static func text(_ source: String) -> String {
        let lines = source.split(whereSeparator: \.isNewline).map { line in
            var line = line.drop { $0 == " " || $0 == "\t" }
            if line.hasPrefix("//") { return line.dropFirst(2) }
            if line.hasPrefix("/*") { line = line.drop { $0 == "/" || $0 == "*" } }
            if line.hasSuffix("*/") { line = line.dropLast(2) }
            return line.hasPrefix("*") ? line.dropFirst() : line
        }
        return trimmed(lines.joined(separator: "\n"))
    }
}
