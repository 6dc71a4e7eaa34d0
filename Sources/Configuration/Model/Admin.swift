extension Configuration {
    /// Where the gateway is asked about itself, and told what to send to clients' sockets.
    public struct Admin: Configurable, Sendable {
        public var address = ListenAddress.tcp(host: "127.0.0.1", port: 9901)
        /// Nil: whoever reaches the address may ask.
        public var token: String?

        public init() {}

        static let keys: [Key<Admin>] = [
            .required("address", \.address, ListenAddress.shape, "host:port, [v6]:port, :port or unix:/path."),
            .optional("token", \.token, secretShape, "What requests must show: Authorization: Bearer …"),
        ]

        /// Text that no finding shows.
        private static let secretShape = Shape<String>(schema: Shape<String>.text.schema) { node, reader in
            reader.hide(node)
            return Shape<String>.text.read(node, &reader)
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
