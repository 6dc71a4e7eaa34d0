internal import Buffers
internal import HTTP

/// What the fields of a head say about the message's frame and its connection.
struct MessageFraming {
    private(set) var connection: ConnectionOptions = []
    private(set) var hasUpgrade = false
    /// Where `Host` stands.
    private(set) var host: Int?
    /// Where `Expect` stands.
    private(set) var expect: Int?
    private var contentLength: Int?
    private var isChunked = false

    init() {}

    /// Reads the framing fields, and takes `Content-Length` and `Transfer-Encoding` out: `body` stands for them, so a
    /// message that travels on is framed anew by the writer.
    init(takenFrom headers: inout Headers) throws(HTTP1Error) {
        var next = headers.firstIndex(in: .framing)
        while let index = next {
            try take(headers.id(at: index), at: index, from: &headers)
            next = headers.firstIndex(in: .framing, from: index &+ 1)
        }
    }

    /// How long the body is, by these fields alone.
    func body(minorVersion: UInt8) throws(HTTP1Error) -> BodyLength {
        guard isChunked else { return contentLength.map { .known($0) } ?? .none }
        // Both together is how requests are smuggled (RFC 9112 §6.1), and HTTP/1.0 knows no encodings.
        guard contentLength == nil else { throw .lengthAndEncoding }
        guard minorVersion > 0 else { throw .transferEncodingOnOldVersion }
        return .unknown
    }

    private mutating func take(_ name: HeaderName, at index: Int, from headers: inout Headers) throws(HTTP1Error) {
        switch name {
        case .contentLength:
            guard let length = ContentLength.parse(headers.value(at: index)) else { throw .badContentLength }
            guard contentLength == nil else { throw .duplicateContentLength }
            contentLength = length
            headers.remove(at: index)
        case .transferEncoding:
            guard headers.value(at: index).equalsIgnoringCase("chunked") else { throw .unsupportedTransferEncoding }
            guard !isChunked else { throw .duplicateTransferEncoding }
            isChunked = true
            headers.remove(at: index)
        case .connection: connection.formUnion(value: headers.value(at: index))
        case .upgrade: hasUpgrade = true
        case .host:
            guard host == nil else { throw .duplicateHost }
            host = index
        case .expect:
            guard expect == nil else { throw .badExpectation }
            expect = index
        default: break
        }
    }
}
