extension Configuration {
    /// A route on which clients speak WebSocket: one whose messages are routed, one that is a stream, or one that passes.
    public struct SocketRoute: Configurable, Sendable {
        public enum Order: String, Sendable, CaseIterable {
            case serial, pipelined, unordered
        }

        public var path = PathPattern(segments: [])
        /// Passes frames to this upstream as they are; nil: the gateway reads them.
        public var upstream: String?
        /// Each message is one of this operation's stream.
        public var stream: OperationReference?
        /// Names what a message is, from the outermost member in; empty: all go to `fallback`.
        public var selector: [String] = []
        public var targets: [(name: String, value: SocketTarget)] = []
        public var fallback = SocketFallback()
        public var connect: SocketTarget?
        public var disconnect: SocketTarget?
        public var order = Order.serial
        /// With an order other than serial.
        public var callsAtOnce = 16
        /// The first try included.
        public var attempts = 1
        public var replies = true
        /// Where the user of a socket is said: a header or a parameter of the query.
        public var user: ValueSource?
        public var settings = SocketSettings()

        public init() {}

        static let keys: [Key<SocketRoute>] = [
            .required(
                "websocket", \.path, PathPattern.shape, "The path that sockets are opened at: /live, /watch/:symbol."),
            .optional("to", \.upstream, .text, "The upstream that frames pass to as they are."),
            .optional("stream", \.stream, OperationReference.one, "The operation whose stream the socket is."),
            .optional("select", \.selector, selectorShape, "What says where a message goes: json.action or /action."),
            .optional(
                "messages", \.targets, .pairs("a mapping from messages to targets", of: SocketTarget.shape),
                "The messages, and where they go."),
            .optional("default", \.fallback, SocketFallback.shape, "Where all other messages go, or { error: text }."),
            .optional("connect", \.connect, SocketTarget.shape, "Is called at the handshake, and may refuse it."),
            .optional("disconnect", \.disconnect, SocketTarget.shape, "Is called when a socket is over."),
            .optional(
                "order", \.order, .word, "Whether messages wait for those before them, or only replies do, or none."),
            .optional(
                "in_flight", \.callsAtOnce, .integer(1...1000), "Messages that are worked on at once, unless serial."),
            .optional("attempts", \.attempts, .integer(1...10), "Tries of a message whose service fails."),
            .optional("replies", \.replies, .flag, "Whether what services answer goes to the client."),
            .optional("user", \.user, userShape, "Where the user of a socket is said: header.name or query.name."),
            .optional("socket", \.settings, .mapping, "What sockets may do."),
        ]

        func inspect(_ node: YAMLNode, reader: inout Reader) {
            let kinds = ["to", "stream", "messages", "default"].compactMap { node[$0] }
            guard let first = kinds.first else {
                return reader.missing(
                    "one of \"messages\", \"default\", \"stream\" and \"to\" says what sockets do", in: node)
            }
            for other in kinds.dropFirst() where !(first.key == "messages" && other.key == "default") {
                reader.descend(into: other) { _, reader in
                    reader.report(
                        "route.ambiguous", "the route already has \"\(first.key)\"; make it two routes",
                        at: other.keyLocation)
                }
            }
            if node["messages"] != nil, node["select"] == nil {
                reader.missing("\"select\" says where in a message its name stands, as json.action", in: node)
            }
        }

        private static let selectorShape = Shape<[String]>.scalar(
            "the place of a member, such as json.action or /action", schema: Shape<String>.text.schema
        ) { text in
            let names =
                text.hasPrefix("/")
                ? text.dropFirst().split(separator: "/", omittingEmptySubsequences: false)
                : text.hasPrefix("json.")
                    ? text.dropFirst(5).split(separator: ".", omittingEmptySubsequences: false) : []
            return names.isEmpty || names.contains("") ? nil : names.map(String.init)
        }

        private static let userShape = Shape<ValueSource>.scalar(
            "header.name or query.name", schema: Shape<String>.text.schema
        ) { text in
            switch ValueSource(text) {
            case .header, .query: ValueSource(text)
            default: nil
            }
        }
    }

    /// What sockets may do, wherever they end.
    public struct SocketSettings: Configurable, Sendable {
        public var origins: [String] = []
        public var subprotocols: [String] = []
        public var compresses = true
        public var messageBytes = 1 << 20
        public var fragments = 1024
        public var queueBytes = 1 << 20
        public var ping = Duration.seconds(30)
        public var idle = Duration.seconds(600)

        public init() {}

        static let keys: [Key<SocketSettings>] = [
            .optional(
                "origins", \.origins, .oneOrMore(of: .text),
                "Pages that may open sockets, such as https://shop.example.com, or \"*\"; by default those of the same host."
            ),
            .optional("subprotocols", \.subprotocols, .oneOrMore(of: .text), "Subprotocols that clients may offer."),
            .optional("compress", \.compresses, .flag, "Whether messages may be compressed (permessage-deflate)."),
            .optional("message", \.messageBytes, .size(1...(1 << 30)), "Bytes of one message."),
            .optional("fragments", \.fragments, .integer(1...1_000_000), "Frames of one message."),
            .optional(
                "queue", \.queueBytes, .size(1024...(1 << 30)), "Bytes that may wait for a client that does not read."),
            .optional(
                "ping", \.ping, .duration(),
                "After so much silence a client is pinged; after twice as much it is cut off."),
            .optional("idle", \.idle, .duration(), "After so long without any frame a socket is closed."),
        ]
    }

    /// Where a message goes: an operation, or an address of a service without a contract.
    public enum SocketTarget: Sendable {
        case operation(OperationReference)
        case plain(PlainTarget)

        static let shape = Shape<SocketTarget>(
            schema: ["anyOf": [OperationReference.one.schema, PlainTarget.descriptions.schema]]
        ) { node, reader in
            guard case .mapping = node.content else {
                return OperationReference.one.read(node, &reader).map { .operation($0) }
            }
            return PlainTarget.read(node, reader: &reader).map { .plain($0) }
        }

        public var upstream: String {
            switch self {
            case .operation(let operation): operation.upstream
            case .plain(let target): target.upstream
            }
        }
    }

    /// `{ to: web, path: /chat, method: POST }`.
    public struct PlainTarget: Configurable, Sendable {
        public var upstream = ""
        public var path = PathPattern(segments: [])
        public var method = Method.post

        public init() {}

        static let keys: [Key<PlainTarget>] = [
            .required("to", \.upstream, .text, "The upstream."),
            .optional("path", \.path, PathPattern.shape, "The path that messages are sent to; by default /."),
            .optional("method", \.method, .word, "The method."),
        ]
    }

    /// Where messages go that no other target is for.
    public struct SocketFallback: Sendable {
        public var target: SocketTarget?
        /// What clients are told where there is none.
        public var complaint: String?

        private struct Complaint: Configurable {
            var text = ""
            static let keys: [Key<Complaint>] = [.required("error", \.text, .text, "What the client is told.")]
        }

        static let shape = Shape<SocketFallback>(
            schema: ["anyOf": [SocketTarget.shape.schema, Complaint.descriptions.schema]]
        ) { node, reader in
            if case .mapping = node.content, node["error"] != nil {
                return Complaint.read(node, reader: &reader).map { SocketFallback(complaint: $0.text) }
            }
            return SocketTarget.shape.read(node, &reader).map { SocketFallback(target: $0) }
        }
    }
}

extension Configuration.SocketRoute {
    /// All targets with the places where they are said.
    private var places: [(target: Configuration.SocketTarget, place: String)] {
        var places = targets.map { ($0.value, ConfigurationPath.member($0.name, of: "messages")) }
        for (target, place) in [(connect, "connect"), (disconnect, "disconnect"), (fallback.target, "default")] {
            if let target { places.append((target, place)) }
        }
        return places
    }

    /// The operations that messages go to, with the places where they are said.
    var operations: [(operation: Configuration.OperationReference, place: String)] {
        let targets: [(Configuration.OperationReference, String)] = places.compactMap { target, place in
            if case .operation(let operation) = target { (operation, place) } else { nil }
        }
        return (stream.map { [($0, "stream")] } ?? []) + targets
    }

    /// The upstreams that frames and messages go to without a contract.
    var plainUpstreams: [(upstream: String, place: String)] {
        let targets: [(String, String)] = places.compactMap { target, place in
            if case .plain(let plain) = target { (plain.upstream, "\(place).to") } else { nil }
        }
        return (upstream.map { [($0, "to")] } ?? []) + targets
    }
}
