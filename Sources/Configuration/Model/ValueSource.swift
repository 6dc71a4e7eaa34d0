extension Configuration {
    /// Where a value of a call comes from.
    public enum ValueSource: Sendable, Equatable, CustomStringConvertible {
        case path(parameter: String)
        case query(name: String)
        /// In lower case.
        case header(name: String)
        /// The names from the outermost member in.
        case body([String])

        public var description: String {
            switch self {
            case .path(let name): "path.\(name)"
            case .query(let name): "query.\(name)"
            case .header(let name): "header.\(name)"
            case .body(let names): "body.\(names.joined(separator: "."))"
            }
        }

        /// Reads `path.id`, `query.verbose`, `header.X-Tenant` or `body.customer.id`.
        init?(_ text: String) {
            guard let dot = text.firstIndex(of: ".") else { return nil }
            let name = text[text.index(after: dot)...]
            switch text[..<dot] {
            case "path" where Words.isIdentifier(name): self = .path(parameter: String(name))
            case "query" where !name.isEmpty: self = .query(name: String(name))
            case "header" where Words.isToken(name): self = .header(name: name.lowercased())
            case "body":
                let names = name.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
                guard !names.contains("") else { return nil }
                self = .body(names)
            default: return nil
            }
        }

        static let shape = Shape<ValueSource>(schema: [
            "type": "string", "pattern": "^((path|query|header|body)\\.|\\$\\{)",
        ]) {
            node, reader in
            if case .scalar(let scalar) = node.content {
                if let source = ValueSource(scalar.text) { return source }
                if scalar.text.hasPrefix("jwt.") {
                    reader.unsupported("jwt.", at: node.location)
                    return nil
                }
            }
            reader.expect("a source: path.name, query.name, header.name or body.name", found: node)
            return nil
        }
    }
}
