extension Configuration {
    /// Where the lines that tell of calls go, and how they look.
    public struct AccessLog: Configurable, Sendable {
        public enum Destination: Sendable, Equatable {
            case off, stdout, stderr
            case file(String)
        }

        public enum Format: String, Sendable, CaseIterable {
            case json, text
        }

        public var destination = Destination.stdout
        public var format = Format.json

        public init() {}

        static let keys: [Key<AccessLog>] = [
            .optional("path", \.destination, destinationShape, "stdout, stderr, off, or a file, which is appended to."),
            .optional("format", \.format, .word, "One JSON object a line, or text."),
        ]

        private static let destinationShape = Shape<Destination>(
            schema: Shape<String>.text.schema,
            show: { $0 == .stdout ? "stdout" : nil },
            read: { node, reader in
                guard let text = Shape<String>.text.read(node, &reader) else { return nil }
                switch text {
                case "off": return .off
                case "stdout": return .stdout
                case "stderr": return .stderr
                default: return Shape<String>.path.read(node, &reader).map { .file($0) }
                }
            })
    }
}
