internal import Buffers

/// A well-known header field name; all others are `other`.
public enum HeaderName: UInt8, CaseIterable, Sendable {
    /// Any name that is not in this list.
    case other
    case accept
    case acceptCharset
    case acceptEncoding
    case acceptLanguage
    case age
    case allow
    case authorization
    case cacheControl
    case connection
    case contentDisposition
    case contentEncoding
    case contentLanguage
    case contentLength
    case contentLocation
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
    case link
    case location
    case maxForwards
    case origin
    case pragma
    case prefer
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
    case strictTransportSecurity
    case te
    case trailer
    case transferEncoding
    case upgrade
    case userAgent
    case vary
    case via
    case warning
    case wwwAuthenticate
    case xContentTypeOptions
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

    /// The name in lower case; empty for `other`.
    public var text: StaticString { Self.texts[Int(rawValue)] }

    /// In the order of the cases. An array and no switch, which is called where this is read.
    private static let texts: [78 of StaticString] = [
        "", "accept", "accept-charset", "accept-encoding", "accept-language", "age", "allow", "authorization",
        "cache-control", "connection", "content-disposition", "content-encoding", "content-language", "content-length",
        "content-location", "content-range", "content-type", "cookie", "date", "etag", "expect", "expires",
        "forwarded", "host", "http2-settings", "if-match", "if-modified-since", "if-none-match", "if-range",
        "if-unmodified-since", "keep-alive", "last-modified", "link", "location", "max-forwards", "origin", "pragma",
        "prefer", "proxy-authenticate", "proxy-authorization", "proxy-connection", "range", "referer", "retry-after",
        "sec-websocket-accept", "sec-websocket-extensions", "sec-websocket-key", "sec-websocket-protocol",
        "sec-websocket-version", "server", "set-cookie", "soapaction", "strict-transport-security", "te", "trailer",
        "transfer-encoding", "upgrade", "user-agent", "vary", "via", "warning", "www-authenticate",
        "x-content-type-options", "x-forwarded-client-cert", "x-forwarded-for", "x-forwarded-host", "x-forwarded-port",
        "x-forwarded-proto",
        "x-real-ip", "x-request-id", "x-request-timeout", "grpc-accept-encoding", "grpc-encoding", "grpc-message",
        "grpc-status", "grpc-timeout", "traceparent", "tracestate",
    ]
}
