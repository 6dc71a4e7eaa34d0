/// What a listener needs to speak TLS.
public struct TLSServerSettings: Sendable {
    /// Chosen by the name that the client asks for (SNI): an exact name first, then a wildcard for one label; the first
    /// of these if none fits. Of certificates for the same names with keys of different kinds, the client's taste
    /// decides.
    public var certificates: [TLSCredential]
    public var minimum = TLSVersion.tls12
    public var maximum = TLSVersion.tls13
    /// What is offered by ALPN (RFC 7301), the preferred first. A client that offers others only is refused; one that
    /// offers none is let in. Empty: ALPN is ignored.
    public var protocols = ["h2", "http/1.1"]
    /// Whether and how clients show certificates.
    public var clients: TLSClientVerification?
    /// From accepting a connection to the end of its handshake.
    public var handshakeTimeout = Duration.seconds(10)
    /// Handshakes that a worker begins for this listener; more wait to be accepted.
    public var handshakesPerSecond = 1000
    /// The keys of session tickets; hand those of the previous context to the next when certificates are reread.
    public var tickets: TLSTicketKeys
    /// Names the listener: sessions of one are not resumed on another, nor when `clients` has changed.
    public var sessionScope = ""

    public init(certificates: [TLSCredential], tickets: TLSTicketKeys = TLSTicketKeys()) {
        self.certificates = certificates
        self.tickets = tickets
    }
}

/// Mutual TLS.
public struct TLSClientVerification: Hashable, Sendable {
    /// PEM: the authorities that may have issued client certificates.
    public var authorities: TLSMaterial
    /// Without a certificate there is no handshake. If false, one that is shown must still be valid.
    public var isRequired = true
    /// Authorities that may stand between a client's certificate and a root.
    public var maximumDepth = 4

    public init(authorities: TLSMaterial, isRequired: Bool = true) {
        self.authorities = authorities
        self.isRequired = isRequired
    }
}
