internal import Canonical

/// Builds the tree of one configuration file.
///
/// It refuses what a configuration has no use for and an attacker has: repeated keys, tags, several documents, deep
/// nesting, and aliases that together repeat more than a fixed number of nodes.
struct YAMLComposer: ~Copyable {
    /// Deeper than any configuration, shallower than the stack.
    private static let maximumDepth = 64
    /// How many nodes aliases may add, counted each time; those that are written out are bounded by the file's size.
    private static let maximumRepeatedNodes = 100_000
    private static let sensitiveKeys: Set<String> = ["password", "token", "secret", "client_secret"]

    private var events: YAMLEvents
    private var anchors: [String: (node: YAMLNode, size: Int)] = [:]
    private var nodeCount = 0
    private var repeatedCount = 0
    private var findings: [Diagnostic] = []
    /// Values that stand in the file and must not be printed.
    private var sensitive: [SourceLocation] = []

    /// Reads `bytes`, the text of `file`.
    ///
    /// - Returns: The tree, nil when the file is empty or cannot be read; what was found; the places of secrets.
    static func compose(
        _ bytes: [UInt8], file: String
    ) -> (root: YAMLNode?, findings: [Diagnostic], sensitive: [SourceLocation]) {
        bytes.withUnsafeBufferPointer { buffer in
            var composer = YAMLComposer(events: YAMLEvents(buffer, file: file))
            do throws(Diagnostic) {
                let root = try composer.document()
                return (root, composer.findings, composer.sensitive)
            } catch {
                return (nil, composer.findings + [error], composer.sensitive)
            }
        }
    }

    private init(events: consuming YAMLEvents) {
        self.events = events
    }

    private mutating func document() throws(Diagnostic) -> YAMLNode? {
        guard case (.documentStart, _) = try events.next() else { return nil }
        let (event, place) = try events.next()
        let root = try node(event, place, depth: 0)
        if case (.documentStart, let second) = try events.next() {
            throw Diagnostic(
                .error, "config.syntax", "a configuration is one document; a second begins here", at: second)
        }
        return root
    }

    private mutating func node(
        _ event: YAMLEvents.Event, _ place: SourceLocation, depth: Int
    ) throws(Diagnostic) -> YAMLNode {
        let before = nodeCount
        nodeCount += 1
        guard depth < Self.maximumDepth else {
            throw Diagnostic(.error, "config.too-deep", "nested deeper than \(Self.maximumDepth) levels", at: place)
        }
        let (content, anchor): (YAMLNode.Content, String?)
        switch event {
        case .alias(let name):
            return try repeated(name, at: place)
        case .scalar(let scalar, let name, let isTagged):
            refuseTag(isTagged, at: place)
            (content, anchor) = (.scalar(scalar), name)
        case .listStart(let name, let isTagged):
            refuseTag(isTagged, at: place)
            (content, anchor) = (.list(try list(depth: depth + 1)), name)
        case .mappingStart(let name, let isTagged):
            refuseTag(isTagged, at: place)
            (content, anchor) = (.mapping(try mapping(depth: depth + 1)), name)
        case .end, .documentStart, .streamEnd:
            throw Diagnostic(.error, "config.syntax", "a value is missing here", at: place)
        }
        let node = YAMLNode(content: content, location: place)
        if let anchor { anchors[anchor] = (node, nodeCount - before) }
        return node
    }

    private mutating func list(depth: Int) throws(Diagnostic) -> [YAMLNode] {
        var items: [YAMLNode] = []
        while true {
            let (event, place) = try events.next()
            if case .end = event { return items }
            items.append(try node(event, place, depth: depth))
        }
    }

    private mutating func mapping(depth: Int) throws(Diagnostic) -> [YAMLEntry] {
        var entries: [YAMLEntry] = []
        var places: [String: SourceLocation] = [:]
        var merged: [YAMLEntry] = []
        while true {
            let (event, place) = try events.next()
            if case .end = event { break }
            guard case .scalar(let key, _, _) = event else {
                throw Diagnostic(.error, "config.syntax", "a key is a word", at: place)
            }
            let (valueEvent, valuePlace) = try events.next()
            let value = try node(valueEvent, valuePlace, depth: depth)
            if key.text == "<<", key.isPlain {
                merged += mergeable(value)
            } else if let first = places.updateValue(place, forKey: key.text) {
                refuseDuplicate(key.text, of: first.line, at: place)
            } else {
                entries.append(YAMLEntry(key: key.text, keyLocation: place, value: value))
                noteSecret(value, of: key.text)
            }
        }
        for entry in merged where places.updateValue(entry.keyLocation, forKey: entry.key) == nil {
            entries.append(entry)
        }
        return entries
    }

    /// The entries that `<<: *name` or `<<: [*one, *two]` brings in; keys of the mapping itself win.
    private mutating func mergeable(_ node: YAMLNode) -> [YAMLEntry] {
        switch node.content {
        case .mapping(let entries): return entries
        case .list(let items): return items.flatMap { mergeable($0) }
        case .scalar:
            findings.append(
                Diagnostic(.error, "config.syntax", "\"<<\" merges mappings, found \(node.kind)", at: node.location))
            return []
        }
    }

    private mutating func repeated(_ name: String, at place: SourceLocation) throws(Diagnostic) -> YAMLNode {
        guard let (node, size) = anchors[name] else {
            throw Diagnostic(.error, "config.syntax", "there is no anchor \"&\(name)\" before this alias", at: place)
        }
        nodeCount += size
        repeatedCount += size
        guard repeatedCount <= Self.maximumRepeatedNodes else {
            let message = "aliases repeat more than \(Self.maximumRepeatedNodes) values"
            throw Diagnostic(.error, "config.too-large", message, at: place)
        }
        return node
    }

    private mutating func refuseTag(_ isTagged: Bool, at place: SourceLocation) {
        guard isTagged else { return }
        findings.append(Diagnostic(.error, "config.syntax", "tags have no meaning in a configuration", at: place))
    }

    private mutating func refuseDuplicate(_ key: String, of line: Int, at place: SourceLocation) {
        let message = "\"\(key)\" is already set in line \(line)"
        findings.append(Diagnostic(.error, "config.duplicate-key", message, at: place))
    }

    private mutating func noteSecret(_ value: YAMLNode, of key: String) {
        guard Self.sensitiveKeys.contains(key), case .scalar(let scalar) = value.content else { return }
        // A reference such as ${BANK_PASSWORD} gives nothing away.
        guard !(scalar.text.hasPrefix("${") && scalar.text.hasSuffix("}")) else { return }
        sensitive.append(value.location)
    }
}
