extension Configuration {
    /// What clients of a listener may send, and how many there may be.
    public struct Limits: Configurable, Sendable {
        /// What a body may have where it is read to be translated and `body` says nothing.
        public static let translatedBody = 1 << 20

        /// Connections open at once; nil: half of the files that the process may open, less 64.
        public var connections: Int?
        public var connectionsPerIP = 256
        /// Requests on one connection before it is closed.
        public var requests = 1000
        /// Requests under way at once on one HTTP/2 connection.
        public var streams = 100
        /// The whole head: request line and header fields.
        public var headerBytes = 32 << 10
        public var headerFields = 100
        /// One line of the head.
        public var lineBytes = 8 << 10
        /// The request target.
        public var targetBytes = 8 << 10
        /// Bytes of a body; nil: `translatedBody` where it is translated, none where bytes pass.
        public var body: Int?
        /// Chunk extensions and trailers of one body, each.
        public var trailerBytes = 16 << 10

        public init() {}

        static let keys: [Key<Limits>] = [
            .optional(
                "connections", \.connections, .integer(1...10_000_000),
                "Connections open at once. By default half of the files that the process may open, less 64."),
            .optional(
                "connections_per_ip", \.connectionsPerIP, .integer(1...10_000_000), "Connections of one address."),
            .optional("requests", \.requests, .integer(1...1_000_000_000), "Requests on one connection."),
            .optional(
                "streams", \.streams, .integer(1...10_000), "Requests under way at once on one HTTP/2 connection."),
            .optional(
                "header_bytes", \.headerBytes, .size(1024...(1 << 20)), "Request line and header fields together."),
            .optional("header_fields", \.headerFields, .integer(8...10_000), "Header fields of one request."),
            .optional("line_bytes", \.lineBytes, .size(256...(1 << 20)), "One line of the head."),
            .optional("target_bytes", \.targetBytes, .size(64...(1 << 20)), "The request target."),
            .optional(
                "body", \.body, .size(0...(1 << 40)),
                "One body. By default 1MiB where it is translated, without limit where bytes pass."),
            .optional(
                "trailer_bytes", \.trailerBytes, .size(0...(1 << 20)),
                "Chunk extensions and trailers of one body, each."),
        ]
    }
}
