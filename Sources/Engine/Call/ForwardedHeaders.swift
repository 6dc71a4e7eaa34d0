internal import Buffers
public import HTTP

/// What a request says about the client and the proxies before it (RFC 9110 §7.6.3, and the X-Forwarded fields).
public enum ForwardedHeaders {
    /// How this gateway names itself in the `Via` of responses.
    public static let via: StaticString = "1.1 dragoman"
    private static let secure: StaticString = "https"
    private static let plain: StaticString = "http"

    /// Removes what concerns one hop only and adds the fields of this hop. What a client claims of its own address is not
    /// believed: the fields are overwritten.
    public static func prepare(_ head: inout HTTPRequestHead, context: CallContext) {
        HopByHop.strip(&head.headers)
        head.headers.remove(in: .forwarding)
        guard let client = context.client else { return }
        let address = client.address
        head.headers.append(.xForwardedFor, address.span.bytes)
        head.headers.append(.xForwardedProto, client.isSecure ? secure : plain)
        if !client.forwarded.isEmpty {
            let certificate = client.forwarded
            head.headers.append(.xForwardedClientCert, certificate.span.bytes)
        }
        let authority = head.authority
        if !authority.isEmpty { head.headers.append(.xForwardedHost, authority.span.bytes) }
        head.headers.append(.via, client.via)
    }
}
