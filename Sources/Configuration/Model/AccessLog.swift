internal import Canonical

extension Configuration {
    /// Where a line for every call goes.
    public struct AccessLog: Configurable, Sendable, Equatable {
        public enum Destination: Sendable, Equatable {
            case standardOutput, standardError
            /// A file to append to.
            case file(String)

            static let shape = Shape<Destination>(
                schema: Shape<String>.text.schema, show: { $0 == .standardOutput ? .string("stdout") : nil }
            ) { node, reader in
                guard let text = Shape<String>.text.read(node, &reader) else { return nil }
                switch text {
                case "stdout": return .standardOutput
                case "stderr": return .standardError
                default: return .file(FilePath.resolve(text, besides: node.location.file))
                }
            }
        }

        public enum Format: String, Sendable, CaseIterable {
            case json, text
        }

        public var destination = Destination.standardOutput
        public var format = Format.json

        public init() {}

        static let keys: [Key<AccessLog>] = [
            .optional("path", \.destination, Destination.shape, "stdout, stderr, or a file to append to."),
            .optional("format", \.format, .word, "One JSON object a line, or words in columns."),
        ]
    }
}
