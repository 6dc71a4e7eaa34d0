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
    public var text: StaticString {
        @inline(__always) get {
            switch self {
            case .other: ""
            case .accept: "accept"
            case .acceptCharset: "accept-charset"
            case .acceptEncoding: "accept-encoding"
            case .acceptLanguage: "accept-language"
            case .age: "age"
            case .allow: "allow"
            case .authorization: "authorization"
            case .cacheControl: "cache-control"
            case .connection: "connection"
            case .contentDisposition: "content-disposition"
            case .contentEncoding: "content-encoding"
            case .contentLanguage: "content-language"
            case .contentLength: "content-length"
            case .contentLocation: "content-location"
            case .contentRange: "content-range"
            case .contentType: "content-type"
            case .cookie: "cookie"
            case .date: "date"
            case .etag: "etag"
            case .expect: "expect"
            case .expires: "expires"
            case .forwarded: "forwarded"
            case .host: "host"
            case .http2Settings: "http2-settings"
            case .ifMatch: "if-match"
            case .ifModifiedSince: "if-modified-since"
            case .ifNoneMatch: "if-none-match"
            case .ifRange: "if-range"
            case .ifUnmodifiedSince: "if-unmodified-since"
            case .keepAlive: "keep-alive"
            case .lastModified: "last-modified"
            case .link: "link"
            case .location: "location"
            case .maxForwards: "max-forwards"
            case .origin: "origin"
            case .pragma: "pragma"
            case .prefer: "prefer"
            case .proxyAuthenticate: "proxy-authenticate"
            case .proxyAuthorization: "proxy-authorization"
            case .proxyConnection: "proxy-connection"
            case .range: "range"
            case .referer: "referer"
            case .retryAfter: "retry-after"
            case .secWebSocketAccept: "sec-websocket-accept"
            case .secWebSocketExtensions: "sec-websocket-extensions"
            case .secWebSocketKey: "sec-websocket-key"
            case .secWebSocketProtocol: "sec-websocket-protocol"
            case .secWebSocketVersion: "sec-websocket-version"
            case .server: "server"
            case .setCookie: "set-cookie"
            case .soapAction: "soapaction"
            case .strictTransportSecurity: "strict-transport-security"
            case .te: "te"
            case .trailer: "trailer"
            case .transferEncoding: "transfer-encoding"
            case .upgrade: "upgrade"
            case .userAgent: "user-agent"
            case .vary: "vary"
            case .via: "via"
            case .warning: "warning"
            case .wwwAuthenticate: "www-authenticate"
            case .xContentTypeOptions: "x-content-type-options"
            case .xForwardedFor: "x-forwarded-for"
            case .xForwardedHost: "x-forwarded-host"
            case .xForwardedPort: "x-forwarded-port"
            case .xForwardedProto: "x-forwarded-proto"
            case .xRealIP: "x-real-ip"
            case .xRequestID: "x-request-id"
            case .xRequestTimeout: "x-request-timeout"
            case .grpcAcceptEncoding: "grpc-accept-encoding"
            case .grpcEncoding: "grpc-encoding"
            case .grpcMessage: "grpc-message"
            case .grpcStatus: "grpc-status"
            case .grpcTimeout: "grpc-timeout"
            case .traceparent: "traceparent"
            case .tracestate: "tracestate"
            }
        }
    }
}
