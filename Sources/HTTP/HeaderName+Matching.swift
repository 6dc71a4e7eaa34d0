internal import Buffers

/// Finding the id of a name.
extension HeaderName {
    /// The id of `name` (lower case), `other` when it is none of the list.
    @inline(__always)
    public init(matching name: RawSpan) {
        let candidate = Self.candidate(for: name)
        self = candidate != .other && name.matches(candidate.text) ? candidate : .other
    }

    /// The one name that `name` can be, by its length and its first letter, or another letter where that is no help.
    ///
    /// A switch and no hash table: it compiles to jumps, needs no initialisation, and `HeaderNameTests` see to it that no
    /// name is missing.
    @inline(__always)
    private static func candidate(for name: RawSpan) -> HeaderName {
        guard name.byteCount > 1 else { return .other }
        switch name.byteCount {
        case 2: return .te
        case 3:
            switch name[0] {
            case UInt8(ascii: "a"): return .age
            case UInt8(ascii: "v"): return .via
            default: return .other
            }
        case 4:
            switch name[0] {
            case UInt8(ascii: "d"): return .date
            case UInt8(ascii: "e"): return .etag
            case UInt8(ascii: "h"): return .host
            case UInt8(ascii: "l"): return .link
            case UInt8(ascii: "v"): return .vary
            default: return .other
            }
        case 5:
            switch name[0] {
            case UInt8(ascii: "a"): return .allow
            case UInt8(ascii: "r"): return .range
            default: return .other
            }
        case 6:
            switch name[2] {
            case UInt8(ascii: "c"): return .accept
            case UInt8(ascii: "o"): return .cookie
            case UInt8(ascii: "p"): return .expect
            case UInt8(ascii: "i"): return .origin
            case UInt8(ascii: "a"): return .pragma
            case UInt8(ascii: "e"): return .prefer
            case UInt8(ascii: "r"): return .server
            default: return .other
            }
        case 7:
            switch name[0] {
            case UInt8(ascii: "e"): return .expires
            case UInt8(ascii: "r"): return .referer
            case UInt8(ascii: "t"): return .trailer
            case UInt8(ascii: "u"): return .upgrade
            case UInt8(ascii: "w"): return .warning
            default: return .other
            }
        case 8:
            switch name[3] {
            case UInt8(ascii: "m"): return .ifMatch
            case UInt8(ascii: "r"): return .ifRange
            case UInt8(ascii: "a"): return .location
            default: return .other
            }
        case 9:
            switch name[0] {
            case UInt8(ascii: "f"): return .forwarded
            case UInt8(ascii: "x"): return .xRealIP
            default: return .other
            }
        case 10:
            switch name[0] {
            case UInt8(ascii: "c"): return .connection
            case UInt8(ascii: "k"): return .keepAlive
            case UInt8(ascii: "s"): return name[1] == UInt8(ascii: "e") ? .setCookie : .soapAction
            case UInt8(ascii: "u"): return .userAgent
            case UInt8(ascii: "t"): return .tracestate
            default: return .other
            }
        case 11:
            switch name[0] {
            case UInt8(ascii: "r"): return .retryAfter
            case UInt8(ascii: "g"): return .grpcStatus
            case UInt8(ascii: "t"): return .traceparent
            default: return .other
            }
        case 12:
            switch name[5] {
            case UInt8(ascii: "n"): return .contentType
            case UInt8(ascii: "o"): return .maxForwards
            case UInt8(ascii: "u"): return .xRequestID
            case UInt8(ascii: "m"): return .grpcMessage
            case UInt8(ascii: "t"): return .grpcTimeout
            default: return .other
            }
        case 13:
            switch name[2] {
            case UInt8(ascii: "t"): return .authorization
            case UInt8(ascii: "c"): return .cacheControl
            case UInt8(ascii: "n"): return .contentRange
            case UInt8(ascii: "-"): return .ifNoneMatch
            case UInt8(ascii: "s"): return .lastModified
            case UInt8(ascii: "p"): return .grpcEncoding
            default: return .other
            }
        case 14:
            switch name[0] {
            case UInt8(ascii: "a"): return .acceptCharset
            case UInt8(ascii: "c"): return .contentLength
            case UInt8(ascii: "h"): return .http2Settings
            default: return .other
            }
        case 15:
            switch name[7] {
            case UInt8(ascii: "e"): return .acceptEncoding
            case UInt8(ascii: "l"): return .acceptLanguage
            case UInt8(ascii: "r"): return .xForwardedFor
            default: return .other
            }
        case 16:
            switch name[11] {
            case UInt8(ascii: "o"): return .contentEncoding
            case UInt8(ascii: "g"): return .contentLanguage
            case UInt8(ascii: "a"): return .contentLocation
            case UInt8(ascii: "c"): return .proxyConnection
            case UInt8(ascii: "i"): return .wwwAuthenticate
            case UInt8(ascii: "-"): return name[12] == UInt8(ascii: "h") ? .xForwardedHost : .xForwardedPort
            default: return .other
            }
        case 17:
            switch name[2] {
            case UInt8(ascii: "-"): return .ifModifiedSince
            case UInt8(ascii: "c"): return .secWebSocketKey
            case UInt8(ascii: "a"): return .transferEncoding
            case UInt8(ascii: "f"): return .xForwardedProto
            case UInt8(ascii: "r"): return .xRequestTimeout
            default: return .other
            }
        case 18: return .proxyAuthenticate
        case 19:
            switch name[0] {
            case UInt8(ascii: "c"): return .contentDisposition
            case UInt8(ascii: "i"): return .ifUnmodifiedSince
            case UInt8(ascii: "p"): return .proxyAuthorization
            default: return .other
            }
        case 20:
            switch name[0] {
            case UInt8(ascii: "s"): return .secWebSocketAccept
            case UInt8(ascii: "g"): return .grpcAcceptEncoding
            default: return .other
            }
        case 21: return .secWebSocketVersion
        case 22:
            switch name[0] {
            case UInt8(ascii: "s"): return .secWebSocketProtocol
            case UInt8(ascii: "x"): return .xContentTypeOptions
            default: return .other
            }
        case 23: return .xForwardedClientCert
        case 24: return .secWebSocketExtensions
        case 25: return .strictTransportSecurity
        default: return .other
        }
    }
}

extension RawSpan {
    /// Equality with a name of the same length: words from the front and one from the back, which may overlap.
    @inline(__always)
    fileprivate func matches(_ text: StaticString) -> Bool {
        let other = UnsafeRawPointer(text.utf8Start)
        let length = byteCount
        func same<Word: FixedWidthInteger & BitwiseCopyable>(_ offset: Int, _: Word.Type) -> Bool {
            unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: Word.self)
                == other.loadUnaligned(fromByteOffset: offset, as: Word.self)
        }
        guard length >= 8 else {
            return length >= 4
                ? same(0, UInt32.self) && same(length &- 4, UInt32.self)
                : same(0, UInt16.self) && same(length &- 2, UInt16.self)
        }
        var offset = 0
        while offset &+ 8 < length {
            guard same(offset, UInt64.self) else { return false }
            offset &+= 8
        }
        return same(length &- 8, UInt64.self)
    }
}
