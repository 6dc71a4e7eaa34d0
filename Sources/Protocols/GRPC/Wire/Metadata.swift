internal import Buffers
internal import HTTP

/// What of a head's fields is the user's metadata, and what the protocol's own.
enum Metadata {
    /// Removes what is not metadata: fields of the protocols, of the connection, and those that describe a body.
    static func strip(_ headers: inout Headers) {
        for index in 0..<headers.endIndex where !headers.isRemoved(at: index) && isReserved(headers, index) {
            headers.remove(at: index)
        }
    }

    /// Adds the metadata in `source`; binary values without padding.
    static func append(_ source: borrowing Headers, to headers: inout Headers) {
        for index in 0..<source.endIndex where !source.isRemoved(at: index) && !isReserved(source, index) {
            append(source.name(at: index), source.value(at: index), to: &headers)
        }
    }

    static func append(_ pairs: [(name: String, value: String)], to headers: inout Headers) {
        for (name, value) in pairs {
            append(Array(name.utf8).span.bytes, Array(value.utf8).span.bytes, to: &headers)
        }
    }

    static func pairs(_ headers: borrowing Headers) -> [(name: String, value: String)] {
        var pairs: [(String, String)] = []
        for index in 0..<headers.endIndex where !headers.isRemoved(at: index) && !isReserved(headers, index) {
            pairs.append(
                (String(decoding: headers.name(at: index)), String(decoding: headers.value(at: index))))
        }
        return pairs
    }

    private static func append(_ name: RawSpan, _ value: RawSpan, to headers: inout Headers) {
        guard name.ends(with: "-bin"), value.firstIndex(of: UInt8(ascii: "=")) != nil else {
            headers.append(name: name, value: value)
            return
        }
        let text = value.withUnsafeBytes { $0.filter { $0 != UInt8(ascii: "=") } }
        headers.append(name: name, value: text.span.bytes)
    }

    private static func isReserved(_ headers: borrowing Headers, _ index: Int) -> Bool {
        switch headers.id(at: index) {
        case .accept, .acceptCharset, .acceptEncoding, .contentDisposition, .contentEncoding, .contentLanguage,
            .contentLength, .contentLocation, .contentRange, .contentType, .connection, .expect, .grpcAcceptEncoding,
            .grpcEncoding, .grpcMessage, .grpcStatus, .grpcTimeout, .host, .http2Settings, .keepAlive,
            .proxyAuthenticate, .proxyAuthorization, .proxyConnection, .range, .soapAction, .te, .trailer,
            .transferEncoding, .upgrade, .xRequestTimeout:
            true
        case .other: isReserved(headers.name(at: index))
        default: false
        }
    }

    private static func isReserved(_ name: RawSpan) -> Bool {
        name.starts(with: "grpc-") || name.starts(with: "connect-") || name.equals("x-grpc-web")
            || name.equals("x-user-agent")
    }
}

extension RawSpan {
    func starts(with prefix: StaticString) -> Bool {
        byteCount >= prefix.utf8CodeUnitCount && extracting(first: prefix.utf8CodeUnitCount).equals(prefix)
    }

    func ends(with suffix: StaticString) -> Bool {
        byteCount >= suffix.utf8CodeUnitCount && extracting(last: suffix.utf8CodeUnitCount).equals(suffix)
    }
}
