extension Configuration {
    /// A hand-shaped route to one operation.
    public struct OperationCall: Configurable, Sendable {
        /// A field of the request message with the value it takes.
        public struct Binding: Sendable {
            /// The names from the outermost field in.
            public var field: [String]
            public var source: ValueSource
        }

        /// A fault of the contract with the status it is answered with.
        public struct FaultStatus: Sendable {
            public var fault: String
            public var status: Int
        }

        /// Nil: any.
        public var method: Method?
        public var path = PathPattern(segments: [])
        public var operation = OperationReference(upstream: "", operation: "")
        /// Fields that do not take their value from the body's member of the same name.
        public var bindings: [Binding] = []
        public var faults: [FaultStatus] = []
        public var response = ResponseShape()

        public init() {}

        /// The keys that name the method, each with its path.
        static let verbs: [(name: String, method: Method?)] = [
            ("get", .get), ("post", .post), ("put", .put), ("patch", .patch), ("delete", .delete), ("any", nil),
        ]

        static let keys: [Key<OperationCall>] =
            verbs.map { verb in .verb(verb.name, verb.method) } + [
                .required("call", \.operation, OperationReference.one, "The operation to call: bank.GetAccount."),
                .optional(
                    "map", \.bindings, bindingsShape,
                    "Fields of the request and where their values come from: path.name, query.name, header.name, body.name."
                ),
                .optional(
                    "faults", \.faults, faultsShape, "Faults of the contract and the statuses they are answered with."),
                .optional("respond", \.response, .mapping, "What the answer looks like."),
                .unsupported("join"), .unsupported("stream"),
            ]

        func inspect(_ node: YAMLNode, reader: inout Reader) {
            guard let map = node["map"] else { return }
            reader.descend(into: map) { node, reader in
                guard case .mapping(let entries) = node.content else { return }
                for entry in entries {
                    reader.descend(into: entry) { node, reader in checkParameter(node, reader: &reader) }
                }
            }
        }

        private func checkParameter(_ node: YAMLNode, reader: inout Reader) {
            guard case .scalar(let scalar) = node.content, case .path(let name)? = ValueSource(scalar.text) else {
                return
            }
            guard !path.parameters.contains(name) else { return }
            let suggestion = Suggestion.text(for: name, among: path.parameters)
            reader.report(
                "route.unknown-parameter", "the path \(path) has no parameter \":\(name)\"\(suggestion)",
                at: node.location)
        }

        private static let bindingsShape = Shape<[Binding]>(schema: sources.schema) { node, reader in
            sources.read(node, &reader)?.map { name, source in
                Binding(field: name.split(separator: ".").map(String.init), source: source)
            }
        }

        private static let sources = Shape.pairs("a mapping from fields to sources", of: ValueSource.shape)

        private static let faultsShape = Shape<[FaultStatus]>(schema: statuses.schema) { node, reader in
            statuses.read(node, &reader)?.map { FaultStatus(fault: $0.name, status: $0.value) }
        }

        private static let statuses = Shape.pairs("a mapping from faults to statuses", of: .integer(400...599))
    }
}

extension Key<Configuration.OperationCall> {
    fileprivate static func verb(_ name: String, _ method: Configuration.Method?) -> Key {
        let note = "The path of \(method?.rawValue ?? "all") requests, such as /accounts/:id."
        let shape = Configuration.PathPattern.shape
        return Key(description: KeyDescription(name: name, presence: .optional, schema: shape.described(note))) {
            if let path = shape.read($0, &$2) { $1.path = path }
            $1.method = method
        }
    }
}
