extension Configuration {
    /// A header field that a request must have for a route to be its own.
    public struct HeaderCondition: Sendable, Hashable {
        /// In lower case.
        public var name: String
        /// What it must be, byte for byte; nil: any value.
        public var value: String?

        public init(name: String, value: String?) {
            self.name = name
            self.value = value
        }

        static let shape = Shape<[HeaderCondition]>(schema: fields.schema) { node, reader in
            fields.read(node, &reader)?.map {
                HeaderCondition(name: $0.name.lowercased(), value: $0.value == "*" ? nil : $0.value)
            }
        }

        private static let fields = Shape.pairs(
            "a mapping from header fields to values", of: HeaderField.valueShape, key: HeaderField.problem)
    }
}
