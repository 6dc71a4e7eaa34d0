internal import Buffers
public import Reactor

/// Who is at the other end of a connection; one for all its calls.
public final class ClientIdentity {
    /// The address without its port, as text.
    public let address: [UInt8]
    /// Whether the connection is encrypted.
    public let isSecure: Bool
    /// The client's certificate, which was verified; nil when it showed none.
    public let certificate: Certificate?
    /// What is said of the certificate in `X-Forwarded-Client-Cert`; empty without one.
    let forwarded: [UInt8]

    /// What the gateway says of itself and of the version that it was spoken to in (RFC 9110 §7.6.3).
    let via: StaticString

    /// - Parameter speaksHTTP2: Or else HTTP/1.1.
    public init(
        address: [UInt8], isSecure: Bool = false, certificate: Certificate? = nil, speaksHTTP2: Bool = false
    ) {
        self.address = address
        via = speaksHTTP2 ? "2 dragoman" : "1.1 dragoman"
        self.isSecure = isSecure
        self.certificate = certificate
        forwarded = certificate.map(Self.describe) ?? []
    }

    /// In the form that Envoy made common: `Subject="…";URI=…;DNS=…`.
    private static func describe(_ certificate: Certificate) -> [UInt8] {
        let subject = certificate.subject.utf8.reduce(into: [UInt8]()) { text, byte in
            if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { text.append(UInt8(ascii: "\\")) }
            text.append(byte)
        }
        var text = Array("Subject=\"".utf8) + subject + Array("\"".utf8)
        for name in certificate.uris where isPlain(name) { text += Array(";URI=\(name)".utf8) }
        for name in certificate.dnsNames where isPlain(name) { text += Array(";DNS=\(name)".utf8) }
        return text
    }

    /// Whether a name can stand in the list as it is.
    private static func isPlain(_ name: String) -> Bool {
        name.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && !"\",;=".utf8.contains($0) }
    }
}
