internal import Buffers
internal import HTTP

/// What of a head's fields is about the call, and not about one body, one hop or one protocol: what goes from the one
/// side's head to the other's.
enum Metadata {
    /// Removes what is not metadata.
    static func strip(_ headers: inout Headers) {
        for index in 0..<headers.endIndex where !headers.isRemoved(at: index) && isReserved(headers, index) {
            headers.remove(at: index)
        }
    }

    /// Adds the metadata in `source`.
    static func append(_ source: borrowing Headers, to headers: inout Headers) {
        for index in 0..<source.endIndex where !source.isRemoved(at: index) && !isReserved(source, index) {
            headers.append(name: source.name(at: index), value: source.value(at: index))
        }
    }

    /// The metadata that goes with a failure. How long an answer keeps is not said of one that is none.
    static func pairs(_ headers: borrowing Headers) -> [(name: String, value: String)] {
        var pairs: [(String, String)] = []
        for index in 0..<headers.endIndex where !headers.isRemoved(at: index) && !isReserved(headers, index) {
            switch headers.id(at: index) {
            case .age, .cacheControl, .expires, .vary: continue
            default:
                pairs.append((String(decoding: headers.name(at: index)), String(decoding: headers.value(at: index))))
            }
        }
        return pairs
    }

    private static func isReserved(_ headers: borrowing Headers, _ index: Int) -> Bool {
        switch headers.id(at: index) {
        // Of a body, and of what a client takes for one.
        case .accept, .acceptCharset, .acceptEncoding, .contentDisposition, .contentEncoding, .contentLanguage,
            .contentLength, .contentLocation, .contentRange, .contentType, .etag, .lastModified, .range, .ifMatch,
            .ifModifiedSince, .ifNoneMatch, .ifRange, .ifUnmodifiedSince, .xContentTypeOptions:
            true
        // Of a hop.
        case .connection, .date, .expect, .host, .http2Settings, .keepAlive, .proxyAuthenticate, .proxyAuthorization,
            .proxyConnection, .server, .te, .trailer, .transferEncoding, .upgrade, .via, .xRequestTimeout:
            true
        // Of other protocols.
        case .grpcAcceptEncoding, .grpcEncoding, .grpcMessage, .grpcStatus, .grpcTimeout, .soapAction,
            .secWebSocketAccept, .secWebSocketExtensions, .secWebSocketKey, .secWebSocketProtocol,
            .secWebSocketVersion:
            true
        case .other: isReserved(headers.name(at: index))
        default: false
        }
    }

    private static func isReserved(_ name: RawSpan) -> Bool {
        begins(name, with: "grpc-") || begins(name, with: "connect-") || name.equals("accept-ranges")
            || name.equals("alt-svc")
    }

    private static func begins(_ name: RawSpan, with prefix: StaticString) -> Bool {
        let length = prefix.utf8CodeUnitCount
        return name.byteCount >= length && name.extracting(first: length).equals(prefix)
    }
}
