public import Buffers

/// What of a head's fields is about the call, and not about one body, one hop or one protocol, as one protocol sees it: what
/// goes from the one side's head to the other's.
public protocol MetadataRules {
    /// Whether the field at `index` stays where it is.
    static func isReserved(_ headers: borrowing Headers, _ index: Int) -> Bool
    /// Adds a field that is metadata.
    static func append(_ name: RawSpan, _ value: RawSpan, to headers: inout Headers)
}

extension MetadataRules {
    public static func append(_ name: RawSpan, _ value: RawSpan, to headers: inout Headers) {
        headers.append(name: name, value: value)
    }

    /// Removes what is not metadata.
    public static func strip(_ headers: inout Headers) {
        for index in 0..<headers.endIndex where !headers.isRemoved(at: index) && isReserved(headers, index) {
            headers.remove(at: index)
        }
    }

    /// Adds the metadata in `source`.
    public static func append(_ source: borrowing Headers, to headers: inout Headers) {
        for index in 0..<source.endIndex where !source.isRemoved(at: index) && !isReserved(source, index) {
            append(source.name(at: index), source.value(at: index), to: &headers)
        }
    }

    public static func append(_ pairs: [(name: String, value: String)], to headers: inout Headers) {
        for (name, value) in pairs {
            append(Array(name.utf8).span.bytes, Array(value.utf8).span.bytes, to: &headers)
        }
    }

    public static func pairs(_ headers: borrowing Headers) -> [(name: String, value: String)] {
        var pairs: [(String, String)] = []
        for index in 0..<headers.endIndex where !headers.isRemoved(at: index) && !isReserved(headers, index) {
            pairs.append((String(decoding: headers.name(at: index)), String(decoding: headers.value(at: index))))
        }
        return pairs
    }
}

extension Headers {
    /// Whether the field at `index` describes one body or one hop, or belongs to a protocol: metadata for nobody.
    public func isOfBodyOrHop(at index: Int) -> Bool {
        switch id(at: index) {
        case .accept, .acceptCharset, .acceptEncoding, .contentDisposition, .contentEncoding, .contentLanguage,
            .contentLength, .contentLocation, .contentRange, .contentType, .range:
            true
        case .connection, .expect, .host, .http2Settings, .keepAlive, .proxyAuthenticate, .proxyAuthorization,
            .proxyConnection, .te, .trailer, .transferEncoding, .upgrade, .xRequestTimeout:
            true
        case .grpcAcceptEncoding, .grpcEncoding, .grpcMessage, .grpcStatus, .grpcTimeout, .soapAction: true
        case .other: name(at: index).starts(with: "grpc-") || name(at: index).starts(with: "connect-")
        default: false
        }
    }
}
