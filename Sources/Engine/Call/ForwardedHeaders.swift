internal import Buffers
public import HTTP

/// What a request says about the client and the proxies before it (RFC 9110 §7.6.3, and the X-Forwarded fields).
public enum ForwardedHeaders {
    /// How this gateway names itself in `Via`.
    public static let via: StaticString = "1.1 dragoman"
    private static let secure: StaticString = "https"
    private static let plain: StaticString = "http"

    /// Removes what concerns one hop only and adds the fields of this hop. What a client claims of its own address is not
    /// believed: the fields are overwritten.
    public static func prepare(_ head: inout HTTPRequestHead, context: CallContext) {
        HopByHop.strip(&head.headers)
        head.headers.remove(.xForwardedFor)
        head.headers.remove(.xForwardedProto)
        head.headers.remove(.xForwardedHost)
        head.headers.remove(.xForwardedPort)
        head.headers.remove(.xRealIP)
        head.headers.remove(.forwarded)
        let client = context.clientAddress
        head.headers.append(.xForwardedFor, client.span.bytes)
        head.headers.append(.xForwardedProto, context.isSecure ? secure : plain)
        let authority = head.authority
        if !authority.isEmpty { head.headers.append(.xForwardedHost, authority.span.bytes) }
        head.headers.append(.via, via)
    }
}
