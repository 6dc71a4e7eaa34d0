extension Configuration {
    /// The oldest TLS that is spoken.
    public enum TLSVersion: String, Sendable, CaseIterable {
        case v12 = "1.2"
        case v13 = "1.3"
    }

    /// How a listener speaks TLS.
    public struct ListenerTLS: Configurable, Sendable {
        /// Chosen by the name that the client asks for (SNI): exact names first, then wildcards, else the first.
        public var certificates: [Certificate] = []
        public var minimum = TLSVersion.v12
        /// Nil: clients need no certificate, and are asked for none.
        public var clients: TLSClients?

        public init() {}

        static let keys: [Key<ListenerTLS>] = [
            .required(
                "certificates", \.certificates, .list(of: .mapping),
                "Chosen by the name that the client asks for; the first where none fits."),
            .optional("minimum", \.minimum, .word, "The oldest version of TLS that is spoken."),
            .optional("clients", \.clients, .mapping, "Which client certificates are asked for and believed."),
        ]

        func inspect(_ node: YAMLNode, reader: inout Reader) {
            if let list = node["certificates"], certificates.isEmpty, case .list(let items) = list.value.content,
                items.isEmpty
            {
                reader.report("tls.no-certificate", "a listener with TLS needs a certificate", at: list.value.location)
            }
        }
    }

    /// A certificate with its chain, and its key: PEM files.
    public struct Certificate: Configurable, Sendable {
        /// The certificate, then those that lead to its root.
        public var certificate = ""
        public var key = ""
        /// An OCSP response (DER) to staple.
        public var ocsp: String?

        public init() {}

        static let keys: [Key<Certificate>] = [
            .required("certificate", \.certificate, .path, "A PEM file: the certificate, then its chain."),
            .required("key", \.key, .path, "A PEM file: the private key."),
            .optional("ocsp", \.ocsp, .path, "An OCSP response (DER) that is stapled to it."),
        ]
    }

    /// Mutual TLS: the clients' certificates.
    public struct TLSClients: Configurable, Sendable {
        /// Those that may sign a client's certificate.
        public var authorities = ""
        /// False: a client may also have none.
        public var isRequired = true

        public init() {}

        static let keys: [Key<TLSClients>] = [
            .required("ca", \.authorities, .path, "A PEM file: the authorities that sign clients' certificates."),
            .optional("require", \.isRequired, .flag, "Whether a client without a certificate is refused."),
        ]
    }
}
