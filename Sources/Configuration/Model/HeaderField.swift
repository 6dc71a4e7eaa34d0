extension Configuration {
    /// A header field that the configuration sets.
    public struct HeaderField: Sendable, Hashable {
        public var name: String
        public var value: String

        public init(name: String, value: String) {
            self.name = name
            self.value = value
        }

        /// Fields that frame a message or belong to one connection: they are the gateway's own.
        private static let own: Set<String> = [
            "connection", "content-length", "host", "keep-alive", "proxy-connection", "te", "trailer",
            "transfer-encoding",
            "upgrade",
        ]

        /// Why `name` is not the name of a field; nil when it is one.
        static func problem(_ name: String) -> String? {
            Words.isToken(name) ? nil : "\"\(name)\" is not the name of a header field"
        }

        /// Why `name` may not be set or removed; nil when it may.
        static func rewriteProblem(_ name: String) -> String? {
            own.contains(name.lowercased()) ? "the gateway itself writes the field \"\(name)\"" : problem(name)
        }

        /// Text that may stand in a field: no control characters (RFC 9110 §5.5).
        static let valueShape = Shape<String>.scalar(
            "the value of a header field", schema: ["type": ["string", "number", "boolean"]]
        ) {
            text in
            text.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 } ? text : nil
        }

        static let nameShape = Shape<String>(schema: Shape<String>.text.schema) { node, reader in
            guard let name = Shape<String>.text.read(node, &reader) else { return nil }
            guard let sentence = rewriteProblem(name) else { return name }
            reader.report("config.bad-name", sentence, at: node.location)
            return nil
        }

        static let listShape = Shape<[HeaderField]>(schema: fields.schema) { node, reader in
            fields.read(node, &reader)?.map { HeaderField(name: $0.name, value: $0.value) }
        }

        private static let fields = Shape.pairs(
            "a mapping from header fields to values", of: valueShape, key: rewriteProblem)
    }
}
