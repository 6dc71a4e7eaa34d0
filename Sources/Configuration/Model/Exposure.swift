extension Configuration {
    /// Operations offered as their contract describes them.
    public struct Exposure: Configurable, Sendable {
        /// A protocol as offered to clients.
        public enum Face: String, Sendable, CaseIterable {
            case rest, grpc
            case webSocket = "websocket"
        }

        /// How the messages of streamed answers follow each other over REST.
        public enum Stream: String, Sendable, CaseIterable {
            /// As the client's `Accept` says.
            case auto
            case events = "sse"
            case lines = "ndjson"
            case array
        }

        public var operations = OperationReference(upstream: "", operation: nil)
        public var faces: [Face] = [.rest]
        /// What stands before every address, without a slash at its end; empty for none.
        public var under = ""
        public var stream = Stream.auto

        /// For the sockets of the WebSocket face.
        public var sockets = SocketSettings()

        public init() {}

        public init(_ operations: OperationReference, under: String = "") {
            self.operations = operations
            self.under = under
        }

        static let keys: [Key<Exposure>] = [
            .required(
                "expose", \.operations, OperationReference.some, "The operations to offer: bank.* or bank.GetAccount."),
            .optional(
                "as", \.faces, .oneOrMore(of: .word.later(["soap"])),
                "The protocols to offer them in."
            ),
            .optional("under", \.under, PathPattern.prefixShape, "What stands before every address."),
            .optional("socket", \.sockets, .mapping, "What the sockets of the WebSocket face may do."),
            .optional("stream", \.stream, .word, "The form of streamed answers over REST; auto is by Accept."),
        ]
    }
}
