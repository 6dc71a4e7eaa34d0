internal import Canonical

/// Replaces `${VAR}`, `${VAR:-default}` and `${file:/path}` in values; `$${` stands for `${` itself. Keys are never
/// expanded.
struct Expansion {
    let environment: [String: String]
    let files: any FileSystem
    private(set) var findings: [Diagnostic] = []
    /// The values that could not be expanded.
    private(set) var brokenValues: [SourceLocation] = []

    init(environment: [String: String], files: any FileSystem) {
        self.environment = environment
        self.files = files
    }

    mutating func expand(_ node: YAMLNode) -> YAMLNode {
        var node = node
        switch node.content {
        case .scalar(let scalar):
            guard scalar.text.contains("${") else { break }
            let count = findings.count
            node.content = .scalar(expand(scalar, at: node.location))
            if findings.count > count { brokenValues.append(node.location) }
        case .list(let items):
            node.content = .list(items.map { expand($0) })
        case .mapping(let entries):
            node.content = .mapping(
                entries.map { entry in
                    YAMLEntry(key: entry.key, keyLocation: entry.keyLocation, value: expand(entry.value))
                })
        }
        return node
    }

    private mutating func expand(_ scalar: YAMLScalar, at location: SourceLocation) -> YAMLScalar {
        var result = ""
        var comesFromOutside = false
        var rest = scalar.text[...]
        while let dollar = rest.firstRange(of: "${") {
            if rest[..<dollar.lowerBound].hasSuffix("$") {
                result += rest[..<dollar.lowerBound].dropLast() + "${"
                rest = rest[dollar.upperBound...]
                continue
            }
            result += rest[..<dollar.lowerBound]
            let place = self.place(of: dollar.lowerBound, in: scalar, at: location)
            guard let end = rest[dollar.upperBound...].firstIndex(of: "}") else {
                report("config.bad-variable", "\"${\" has no closing \"}\"", at: place, length: 2)
                return scalar
            }
            let name = rest[dollar.upperBound..<end]
            let (value, isForeign) = self.value(of: name, at: place)
            result += value
            comesFromOutside = comesFromOutside || isForeign
            rest = rest[rest.index(after: end)...]
        }
        result += rest
        return YAMLScalar(text: result, raw: comesFromOutside ? scalar.text : nil, isPlain: false)
    }

    /// The value of what stands between the braces, and whether it must not be printed.
    private mutating func value(of name: Substring, at place: SourceLocation) -> (String, isForeign: Bool) {
        if name.hasPrefix("file:") {
            return (contents(of: String(name.dropFirst(5)), at: place, length: name.count + 3), true)
        }
        let separator = name.firstRange(of: ":-")
        let variable = String(separator.map { name[..<$0.lowerBound] } ?? name)
        guard Words.isIdentifier(variable) else {
            let message = "\"${\(name)}\" is none of ${VAR}, ${VAR:-default} and ${file:/path}"
            report("config.bad-variable", message, at: place, length: name.count + 3)
            return ("", false)
        }
        // As in a shell, `:-` also replaces a variable that is empty.
        if let value = environment[variable], separator == nil || !value.isEmpty { return (value, true) }
        if let separator { return (String(name[separator.upperBound...]), false) }
        report("config.missing-variable", "the variable \(variable) is not set", at: place, length: name.count + 3)
        return ("", true)
    }

    private mutating func contents(of path: String, at place: SourceLocation, length: Int) -> String {
        do throws(FileProblem) {
            let bytes = try files.read(FilePath.resolve(path, besides: place.file))
            // Files end with a newline that no secret means.
            let text = String(decoding: bytes, as: UTF8.self)
            return text.last?.isNewline == true ? String(text.dropLast()) : text
        } catch {
            report("config.missing-file", "cannot read \"\(path)\": \(error.sentence)", at: place, length: length)
            return ""
        }
    }

    private mutating func report(_ rule: String, _ message: String, at place: SourceLocation, length: Int) {
        var place = place
        place.length = min(length, max(place.length, 1))
        findings.append(Diagnostic(.error, rule, message, at: place))
    }

    /// Where the `${` at `index` stands, as long as the text stands in the file letter by letter.
    private func place(of index: String.Index, in scalar: YAMLScalar, at location: SourceLocation) -> SourceLocation {
        let letters = scalar.text.unicodeScalars.count
        let quote = scalar.isPlain ? 0 : 1
        guard location.length == letters + 2 * quote else { return location }
        let offset = scalar.text.unicodeScalars.distance(from: scalar.text.startIndex, to: index)
        var place = location
        place.column += quote + offset
        place.length -= offset + 2 * quote
        return place
    }
}
