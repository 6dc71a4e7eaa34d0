extension Configuration {
    /// Where the gateway is asked about itself, and told what to send to clients' sockets.
    public struct Admin: Configurable, Sendable {
        public var address = ListenAddress.tcp(host: "127.0.0.1", port: 9901)
        /// Nil: whoever reaches the address may ask.
        public var token: String?

        public init() {}

        static let keys: [Key<Admin>] = [
            .optional("address", \.address, ListenAddress.shape, "host:port, [v6]:port, :port or unix:/path."),
            .optional("token", \.token, secretShape, "What requests must show: Authorization: Bearer …"),
        ]

        /// What can stand in a header field, and no finding shows (RFC 6750 §2.1).
        private static let secretShape = Shape<String>(schema: Shape<String>.text.schema) { node, reader in
            reader.hide(node)
            guard let text = Shape<String>.text.read(node, &reader) else { return nil }
            guard text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
                reader.report(
                    "admin.bad-token", "a token is made of visible ASCII characters, without blanks", at: node.location)
                return nil
            }
            return text
        }

        func inspect(_ node: YAMLNode, reader: inout Reader) {
            guard token == nil, node["token"] == nil, let entry = node["address"], !address.isLoopback else { return }
            reader.descend(into: entry) { node, reader in
                reader.report(
                    "admin.open", "an address that others can reach needs a \"token\"", at: node.location)
            }
        }
    }
}
