/// What an upstream needs to be spoken to over TLS. Its certificate is always verified, and its name.
public struct TLSClientSettings: Sendable {
    /// PEM: the authorities to trust; nil for those of the system.
    public var authorities: TLSMaterial?
    /// Shown to upstreams that ask for a client certificate.
    public var credential: TLSCredential?
    public var minimum = TLSVersion.tls12
    public var maximum = TLSVersion.tls13
    /// What is offered by ALPN, the preferred first; empty for no offer.
    public var protocols = ["http/1.1"]
    /// From the established connection to the end of its handshake.
    public var handshakeTimeout = Duration.seconds(10)

    public init() {}
}
