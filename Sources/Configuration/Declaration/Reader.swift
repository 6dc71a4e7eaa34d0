internal import Canonical

/// Where reading stands and what it has found. Reading never stops at a finding: all are reported at once.
struct Reader {
    private(set) var findings: [Diagnostic] = []
    private(set) var sources: SourceMap
    /// The place in the configuration's own terms: `routes[3].to`.
    private(set) var path = ""
    private var key: SourceLocation?

    init(sources: SourceMap) {
        self.sources = sources
    }

    /// Reads the value of `entry` with the path that belongs to it.
    mutating func descend<Result>(
        into entry: YAMLEntry, _ read: (YAMLNode, inout Reader) -> Result
    ) -> Result {
        descend(to: ConfigurationPath.member(entry.key, of: path), entry.value, key: entry.keyLocation, read)
    }

    /// Reads the item at `index` with the path that belongs to it.
    mutating func descend<Result>(
        into item: YAMLNode, at index: Int, _ read: (YAMLNode, inout Reader) -> Result
    ) -> Result {
        descend(to: ConfigurationPath.item(index, of: path), item, key: nil, read)
    }

    private mutating func descend<Result>(
        to inner: String, _ node: YAMLNode, key innerKey: SourceLocation?, _ read: (YAMLNode, inout Reader) -> Result
    ) -> Result {
        let outer = (path, key)
        (path, key) = (inner, innerKey)
        defer { (path, key) = outer }
        sources.note(node, key: innerKey, at: inner)
        return read(node, &self)
    }

    /// A finding about the value being read, or about the part of it that `location` marks.
    mutating func report(
        _ rule: String, _ message: String, at location: SourceLocation, severity: Diagnostic.Severity = .error
    ) {
        let place = path.isEmpty ? "" : path + ": "
        findings.append(Diagnostic(severity, rule, place + message, at: location))
    }

    /// The value holds a secret: its place is never shown.
    mutating func hide(_ node: YAMLNode) {
        sources.hide([node.location])
    }

    /// The value is not of the kind that its key asks for.
    mutating func expect(_ expected: String, found node: YAMLNode, hint: String = "") {
        report("config.wrong-type", "expected \(expected), found \(node.kind)\(hint)", at: node.location)
    }

    /// A key that must be there is not: told at the key of the mapping that lacks it.
    mutating func missing(_ what: String, in node: YAMLNode) {
        report("config.missing-key", what, at: key ?? node.location)
    }

    /// What CONFIG promises and this version does not have yet.
    mutating func unsupported(_ what: String, at location: SourceLocation) {
        report("config.unsupported", "`\(what)` is not supported by this version", at: location)
    }
}
