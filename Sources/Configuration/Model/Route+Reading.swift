extension Configuration.Route {
    /// The kinds of routes, told apart by the key they begin with.
    private enum Kind: CaseIterable {
        case expose, call, proxy, socket

        var heads: [String] {
            switch self {
            case .expose: ["expose"]
            case .call: Configuration.OperationCall.verbs.map(\.name)
            case .proxy: ["path"]
            case .socket: ["websocket"]
            }
        }

        var descriptions: [KeyDescription] {
            let own =
                switch self {
                case .expose: Configuration.Exposure.descriptions
                case .call: Configuration.OperationCall.descriptions
                case .proxy: Configuration.Proxy.descriptions
                case .socket: Configuration.SocketRoute.descriptions
                }
            return own + Configuration.Route.descriptions
        }
    }

    private static let heads = Kind.allCases.flatMap(\.heads)

    static let shape = Shape<Self>(
        schema: ["oneOf": .array(Kind.allCases.flatMap(schemas))],
        read: { node, reader in
            guard case .mapping = node.content else {
                reader.expect("a route", found: node)
                return nil
            }
            guard let kind = kind(of: node, reader: &reader) else { return nil }
            var route = Self()
            route.name = reader.path
            route.fill(from: node, reader: &reader)
            switch kind {
            case .expose: route.action = .expose(read(node, &reader))
            case .call: route.action = .call(read(node, &reader))
            case .proxy: route.action = .proxy(read(node, &reader))
            case .socket: route.action = .socket(read(node, &reader))
            }
            kind.descriptions.check(node, reader: &reader)
            return route
        })

    private static func read<Kind: Configurable>(_ node: YAMLNode, _ reader: inout Reader) -> Kind {
        var value = Kind()
        value.fill(from: node, reader: &reader)
        value.inspect(node, reader: &reader)
        return value
    }

    /// The kind of route that `node` is; nil when it was reported as none or several.
    private static func kind(of node: YAMLNode, reader: inout Reader) -> Kind? {
        let found = heads.compactMap { node[$0] }
        guard let first = found.first else {
            reader.missing("a route begins with one of \(heads.joined(separator: ", "))", in: node)
            return nil
        }
        for other in found.dropFirst() {
            reader.descend(into: other) { _, reader in
                reader.report(
                    "route.ambiguous", "the route already has \"\(first.key)\"; make it two routes",
                    at: other.keyLocation)
            }
        }
        return Kind.allCases.first { $0.heads.contains(first.key) }
    }

    private static func schemas(of kind: Kind) -> [JSON] {
        kind.heads.map { head in
            kind.descriptions
                .filter { $0.name == head || !kind.heads.contains($0.name) }
                .map { $0.name == head ? KeyDescription(name: head, presence: .required, schema: $0.schema) : $0 }
                .schema
        }
    }
}
