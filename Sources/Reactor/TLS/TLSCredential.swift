/// A certificate with its key: who one is.
public struct TLSCredential: Hashable, Sendable {
    /// PEM: the certificate, then those of the authorities between it and the root.
    public var certificate: TLSMaterial
    /// PEM: the private key, not encrypted.
    public var key: TLSMaterial
    /// DER: the OCSP response to staple (RFC 6066 §8); servers only. It is not sent past its `nextUpdate`.
    public var ocspResponse: TLSMaterial?

    public init(certificate: TLSMaterial, key: TLSMaterial, ocspResponse: TLSMaterial? = nil) {
        self.certificate = certificate
        self.key = key
        self.ocspResponse = ocspResponse
    }
}
