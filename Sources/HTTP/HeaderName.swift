internal import Buffers

/// A well-known header field name; all others are `other`.
public enum HeaderName: UInt8, CaseIterable, Sendable {
    /// Any name that is not in this list.
    case other
    case accept
    case acceptEncoding
    case acceptLanguage
    case authorization
    case cacheControl
    case connection
    case contentEncoding
    case contentLength
    case contentRange
    case contentType
    case cookie
    case date
    case etag
    case expect
    case expires
    case forwarded
    case host
    case http2Settings
    case ifMatch
    case ifModifiedSince
    case ifNoneMatch
    case ifRange
    case ifUnmodifiedSince
    case keepAlive
    case lastModified
    case location
    case origin
    case proxyAuthenticate
    case proxyAuthorization
    case proxyConnection
    case range
    case referer
    case retryAfter
    case secWebSocketAccept
    case secWebSocketExtensions
    case secWebSocketKey
    case secWebSocketProtocol
    case secWebSocketVersion
    case server
    case setCookie
    case soapAction
    case te
    case trailer
    case transferEncoding
    case upgrade
    case userAgent
    case vary
    case via
    case xForwardedClientCert
    case xForwardedFor
    case xForwardedHost
    case xForwardedPort
    case xForwardedProto
    case xRealIP
    case xRequestID
    case xRequestTimeout
    case grpcAcceptEncoding
    case grpcEncoding
    case grpcMessage
    case grpcStatus
    case grpcTimeout
    case traceparent
    case tracestate
    // From here on names share a bit with all unknown ones: they cannot be in a set (`HeaderNames`).
    case acceptCharset
    case age
    case allow
    case contentDisposition
    case contentLanguage
    case contentLocation
    case link
    case maxForwards
    case pragma
    case prefer
    case strictTransportSecurity
    case warning
    case wwwAuthenticate
    case xContentTypeOptions

    /// The name in lower case; empty for `other`.
    public var text: StaticString { Self.texts[Int(rawValue)] }

    /// In the order of the cases. An array and no switch, which is called where this is read.
    private static let texts: [78 of StaticString] = [
        "", "accept", "accept-encoding", "accept-language", "authorization", "cache-control", "connection",
        "content-encoding", "content-length", "content-range", "content-type", "cookie", "date", "etag", "expect",
        "expires", "forwarded", "host", "http2-settings", "if-match", "if-modified-since", "if-none-match",
        "if-range", "if-unmodified-since", "keep-alive", "last-modified", "location", "origin", "proxy-authenticate",
        "proxy-authorization", "proxy-connection", "range", "referer", "retry-after", "sec-websocket-accept",
        "sec-websocket-extensions", "sec-websocket-key", "sec-websocket-protocol", "sec-websocket-version", "server",
        "set-cookie", "soapaction", "te", "trailer", "transfer-encoding", "upgrade", "user-agent", "vary", "via",
        "x-forwarded-client-cert", "x-forwarded-for", "x-forwarded-host", "x-forwarded-port", "x-forwarded-proto",
        "x-real-ip", "x-request-id", "x-request-timeout", "grpc-accept-encoding", "grpc-encoding", "grpc-message",
        "grpc-status", "grpc-timeout", "traceparent", "tracestate", "accept-charset", "age", "allow",
        "content-disposition", "content-language", "content-location", "link", "max-forwards", "pragma", "prefer",
        "strict-transport-security", "warning", "www-authenticate", "x-content-type-options",
    ]
}
