extension Configuration {
    /// A route on which bytes pass.
    public struct Proxy: Configurable, Sendable {
        public var path = PathPattern(segments: [.rest])
        /// Empty: any.
        public var methods: [Method] = []
        /// The upstream's name.
        public var upstream = ""
        public var rewrite = Rewrite()

        public init() {}

        public init(path: PathPattern, to upstream: String) {
            self.path = path
            self.upstream = upstream
        }

        static let keys: [Key<Proxy>] = [
            .required("path", \.path, PathPattern.shape, "The paths: /catalog/**, /files/*, /users/:id."),
            .optional("methods", \.methods, .oneOrMore(of: .word), "The methods; by default all."),
            .required("to", \.upstream, .text, "The upstream."),
            .optional("rewrite", \.rewrite, .mapping, "What the request looks like to the upstream."),
            .unsupported("split"), .unsupported("sticky"),
        ]

        func inspect(_ node: YAMLNode, reader: inout Reader) {
            guard let target = rewrite.path, let rewrite = node["rewrite"], let entry = rewrite.value["path"] else {
                return
            }
            let problem: String? =
                if let unknown = target.parameters.first(where: { !path.parameters.contains($0) }) {
                    "the path \(path) has no parameter \":\(unknown)\""
                        + Suggestion.text(for: unknown, among: path.parameters)
                } else if target.hasRest, !path.hasRest {
                    "the path \(path) has no \"**\" to put here"
                } else if target.segments.contains(.any) {
                    "\"*\" has no name to be put here by; write :name in the route's path and here"
                } else {
                    nil
                }
            guard let problem else { return }
            reader.descend(into: rewrite) { _, reader in
                reader.descend(into: entry) { node, reader in
                    reader.report("route.bad-rewrite", problem, at: node.location)
                }
            }
        }
    }
}
