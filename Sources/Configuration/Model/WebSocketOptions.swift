extension Configuration {
    /// How a service with a contract is called over WebSocket.
    public struct WebSocketOptions: Configurable, Sendable {
        public enum Style: String, Sendable, CaseIterable {
            /// JSON-RPC 2.0, with notifications for streams.
            case jsonRPC = "jsonrpc"
            /// JSON objects of the operations' types.
            case json
        }

        public var style = Style.jsonRPC
        /// The fields of the objects that are not the operation's; nil where there is no such field.
        public var operation: String?
        public var correlation: String?
        public var payload: String?
        public var end: String?
        public var error: String?
        public var subprotocol: String?
        public var compresses = true
        public var messageBytes = 1 << 20
        public var queueBytes = 1 << 20
        /// Calls at once on one socket. Fewer than the 100 at which our own sockets stop to read, streams and all.
        public var callsAtOnce = 64
        public var ping = Duration.seconds(30)

        public init() {}

        static let keys: [Key<WebSocketOptions>] = [
            .optional("style", \.style, .word, "What messages are: JSON-RPC 2.0, or objects of the operations' types."),
            .optional(
                "operation", \.operation, field,
                "The field that tells the service the name of the operation, such as /action."),
            .optional(
                "correlation", \.correlation, field,
                "The field that says, both ways, which call a message is of, so that many calls share a socket; without "
                    + "it every call has its own."),
            .optional(
                "payload", \.payload, field,
                "The field that holds the operation's message; without it the message's fields stand beside the others."
            ),
            .optional("end", \.end, field, "The field that is true in the last message of a stream, both ways."),
            .optional("error", \.error, field, "The field that says, where it is there, why the call has failed."),
            .optional("subprotocol", \.subprotocol, .text, "The subprotocol that the service is asked for."),
            .optional("compress", \.compresses, .flag, "Whether messages may be compressed (permessage-deflate)."),
            .optional("message", \.messageBytes, .size(1...(1 << 30)), "Bytes of one message, both ways."),
            .optional(
                "queue", \.queueBytes, .size(1024...(1 << 30)),
                "Bytes that may wait for one client where calls share a socket."),
            .optional(
                "in_flight", \.callsAtOnce, .integer(1...65_536),
                "Calls at once on one socket; more of them open another."),
            .optional(
                "ping", \.ping, .duration(),
                "After so much silence the service is pinged; after twice as much its calls fail."),
        ]

        func inspect(_ node: YAMLNode, reader: inout Reader) {
            let places = [operation, correlation, payload, end, error]
            let entries = ["operation", "correlation", "payload", "end", "error"].map { node[$0] }
            for (index, entry) in entries.enumerated() {
                guard let entry, let place = places[index] else { continue }
                let isTaken = places[..<index].contains(place)
                let complaint =
                    style != .json
                    ? "JSON-RPC has fields of its own; \"\(entry.key)\" is for style: json"
                    : isTaken ? "\"\(place)\" is the place of something else already" : nil
                guard let complaint else { continue }
                reader.descend(into: entry) { _, reader in
                    reader.report("websocket.envelope", complaint, at: entry.keyLocation)
                }
            }
        }

        /// A JSON pointer to a member of the outermost object.
        private static let field = Shape<String>.scalar(
            "a field of the outermost object, such as /id", schema: ["type": "string", "pattern": "^/[^/~]+$"]
        ) { text in
            text.hasPrefix("/") && text.count > 1 && !text.dropFirst().contains { $0 == "/" || $0 == "~" }
                ? String(text.dropFirst()) : nil
        }
    }
}
