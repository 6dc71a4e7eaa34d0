extension Configuration {
    /// How TLS is spoken to the endpoints whose addresses ask for it (`https`, `grpcs`).
    public struct UpstreamTLS: Configurable, Sendable {
        /// Nil: the system's authorities.
        public var authorities: String?
        /// The gateway's own certificate and key, where the service asks for one.
        public var certificate: String?
        public var key: String?
        /// The name that is asked for (SNI) and that the certificate must have; nil: the endpoint's host.
        public var serverName: String?
        public var minimum = TLSVersion.v12

        public init() {}

        static let keys: [Key<UpstreamTLS>] = [
            .optional("ca", \.authorities, .path, "A PEM file: the authorities to believe; by default the system's."),
            .optional("certificate", \.certificate, .path, "A PEM file: the gateway's own certificate and its chain."),
            .optional("key", \.key, .path, "A PEM file: the key of the gateway's own certificate."),
            .optional(
                "server_name", \.serverName, .text,
                "The name that is asked for and that the certificate must have; by default the endpoint's host."),
            .optional("minimum", \.minimum, .word, "The oldest version of TLS that is spoken."),
        ]

        func inspect(_ node: YAMLNode, reader: inout Reader) {
            guard (node["certificate"] == nil) != (node["key"] == nil) else { return }
            reader.missing("\"certificate\" and \"key\" belong together", in: node)
        }
    }
}
