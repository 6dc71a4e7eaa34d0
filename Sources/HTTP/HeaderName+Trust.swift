internal import Buffers

/// What names mean to those who must not be deceived.
extension HeaderName {
    /// Whether a field of this name may stand in a trailer section and be believed (RFC 9110 §6.5.1): what frames, routes,
    /// authenticates or describes a message may not, nor what concerns one hop.
    var isAllowedInTrailers: Bool {
        switch self {
        case .other, .etag, .grpcMessage, .grpcStatus, .link, .traceparent, .tracestate, .warning: true
        default: false
        }
    }

    /// Whether frameworks that read `_` as `-` would take this name for framing, routing or identity.
    var isWorthFaking: Bool {
        switch self {
        case .authorization, .connection, .contentLength, .contentType, .cookie, .expect, .forwarded, .host, .te,
            .trailer,
            .keepAlive, .proxyAuthorization, .proxyConnection, .transferEncoding, .upgrade, .via, .xForwardedClientCert,
            .xForwardedFor,
            .xForwardedHost, .xForwardedPort, .xForwardedProto, .xRealIP:
            true
        default: false
        }
    }

    /// Whether `name` (lower case) is such a name written with `_` (`transfer_encoding`): CGI and its heirs cannot tell
    /// the two apart, so a peer could smuggle what the gateway refuses or overwrites.
    public static func isAlias(_ name: RawSpan) -> Bool {
        guard name.firstIndex(of: 0x5F) != nil else { return false }
        let plain = name.withUnsafeBytes { $0.map { $0 == 0x5F ? 0x2D : $0 } }
        let text = plain.span.bytes
        return HeaderName(matching: text).isWorthFaking || text.starts(with: "x-forwarded-")
    }
}

extension Headers {
    /// Whether the field at `index` may stand in a trailer section and be believed (RFC 9110 §6.5.1).
    public func isAllowedInTrailers(at index: Int) -> Bool {
        let text = name(at: index)
        return id(at: index).isAllowedInTrailers && !text.starts(with: "x-forwarded-") && !text.starts(with: "proxy-")
    }
}
