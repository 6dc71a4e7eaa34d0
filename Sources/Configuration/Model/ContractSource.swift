extension Configuration {
    /// Where an upstream's contract comes from.
    public enum ContractSource: Sendable, Equatable {
        case file(String)
        /// The service itself says it, by gRPC's server reflection.
        case reflection

        static let word = "reflection"

        /// What `text` means: the word, or a path.
        public init(_ text: String) {
            self = text == Self.word ? .reflection : .file(text)
        }

        static let shape = Shape<ContractSource>(schema: Shape<String>.path.schema) { node, reader in
            if case .scalar(let scalar) = node.content, scalar.text == word { return .reflection }
            return Shape<String>.path.read(node, &reader).map { .file($0) }
        }
    }
}
