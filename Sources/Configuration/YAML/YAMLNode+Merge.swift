internal import Canonical

extension YAMLNode {
    /// Adds what an included file says: the items of lists and the entries of mappings, such as routes and upstreams.
    /// `version` may be said by each file.
    ///
    /// - Returns: What both files set.
    mutating func merge(_ included: YAMLNode) -> [Diagnostic] {
        guard case .mapping(var entries) = content else { return [] }
        guard case .mapping(let others) = included.content else {
            let message = "an included file is a mapping, found \(included.kind)"
            return [Diagnostic(.error, "config.wrong-type", message, at: included.location)]
        }
        var findings: [Diagnostic] = []
        for other in others where !["include", "version"].contains(other.key) {
            guard let index = entries.firstIndex(where: { $0.key == other.key }) else {
                entries.append(other)
                continue
            }
            findings += entries[index].merge(other)
        }
        content = .mapping(entries)
        return findings
    }
}

extension YAMLEntry {
    fileprivate mutating func merge(_ other: YAMLEntry) -> [Diagnostic] {
        switch (value.content, other.value.content) {
        case (.list(let items), .list(let more)) where key == "routes":
            value.content = .list(items + more)
            return []
        case (.mapping(var entries), .mapping(let more)) where Self.unions.contains(key):
            var findings: [Diagnostic] = []
            for entry in more {
                if let first = entries.first(where: { $0.key == entry.key }) {
                    findings.append(entry.isSetAlready(by: first))
                } else {
                    entries.append(entry)
                }
            }
            value.content = .mapping(entries)
            return findings
        case (_, .list) where key == "routes", (_, .mapping) where Self.unions.contains(key):
            // Ours is of the wrong kind, which reading the keys tells.
            return []
        case _ where key == "routes" || Self.unions.contains(key):
            let message = "\(key): expected \(key == "routes" ? "a list" : "a mapping"), found \(other.value.kind)"
            return [Diagnostic(.error, "config.wrong-type", message, at: other.value.location)]
        default:
            return [other.isSetAlready(by: self)]
        }
    }

    private static let unions: Set<String> = ["listeners", "upstreams", "policies"]

    private func isSetAlready(by first: YAMLEntry) -> Diagnostic {
        let place = first.keyLocation
        let message = "\"\(key)\" is already set in \(place.file), line \(place.line)"
        return Diagnostic(.error, "config.duplicate-key", message, at: keyLocation)
    }
}
