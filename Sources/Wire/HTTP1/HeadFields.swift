internal import Buffers
internal import HTTP

/// Reads the field lines of one head into `Headers`, and keeps for itself what frames the message.
///
/// `Content-Length` and `Transfer-Encoding` do not stay in the headers: `body` stands for them, so a message that travels
/// on is framed anew by the writer.
struct HeadFields {
    enum Step {
        /// The bytes end before the line.
        case incomplete
        /// A field was read, the last of the headers, that only one of the roles understands.
        case field(HeaderName)
        /// The empty line was read.
        case end
    }

    private(set) var connection: ConnectionOptions = []
    private(set) var hasUpgrade = false
    private var contentLength: Int?
    private var isChunked = false

    /// Reads the lines of `span` from `index` on, which moves behind those that are whole, up to one that matters.
    mutating func read(
        _ span: RawSpan, from index: inout Int, into headers: inout Headers, limits: borrowing HTTP1Limits
    ) throws(HTTP1Error) -> Step {
        while true {
            let plain = headers.appendPlainLines(
                of: span, from: &index, until: .framing, maximumCount: limits.fieldCount,
                maximumLineBytes: limits.lineBytes)
            if let plain {
                if try take(plain, from: &headers) { return .field(plain) }
                continue
            }
            guard index < span.byteCount else { return .incomplete }
            if span[index] == 0x0D {
                guard index &+ 1 < span.byteCount else { return .incomplete }
                guard span[index &+ 1] == 0x0A else { throw .bareCarriageReturn }
                index &+= 2
                return .end
            }
            guard let name = try readLine(of: span, from: &index, into: &headers, limits: limits) else {
                return .incomplete
            }
            if try take(name, from: &headers) { return .field(name) }
        }
    }

    /// Reads any line; nil when the span ends before it does.
    private func readLine(
        of span: RawSpan, from index: inout Int, into headers: inout Headers, limits: borrowing HTTP1Limits
    ) throws(HTTP1Error) -> HeaderName? {
        let next = try Self.appendLine(of: span, from: index, to: &headers)
        guard (next ?? span.byteCount) &- index <= limits.lineBytes else { throw .lineTooLong }
        guard let next else { return nil }
        guard headers.endIndex <= limits.fieldCount else { throw .tooManyFields }
        index = next
        let last = headers.endIndex &- 1
        let name = headers.id(at: last)
        guard name != .other || !HeaderName.isAlias(headers.name(at: last)) else { throw .aliasedName }
        return name
    }

    /// How long the body is, by the framing fields alone.
    func body(minorVersion: UInt8) throws(HTTP1Error) -> BodyLength {
        guard isChunked else { return contentLength.map { .known($0) } ?? .none }
        // Both together is how requests are smuggled (RFC 9112 §6.1), and HTTP/1.0 knows no encodings.
        guard contentLength == nil else { throw .lengthAndEncoding }
        guard minorVersion > 0 else { throw .transferEncodingOnOldVersion }
        return .unknown
    }

    /// Takes in the last field, if it frames the message.
    /// - Returns: Whether it is one for the role to understand.
    private mutating func take(_ name: HeaderName, from headers: inout Headers) throws(HTTP1Error) -> Bool {
        let index = headers.endIndex &- 1
        switch name {
        case .contentLength:
            let length = try Self.length(headers.value(at: index))
            guard contentLength == nil else { throw .duplicateContentLength }
            contentLength = length
            headers.removeLast()
        case .transferEncoding:
            guard headers.value(at: index).equalsIgnoringCase("chunked") else { throw .unsupportedTransferEncoding }
            guard !isChunked else { throw .duplicateTransferEncoding }
            isChunked = true
            headers.removeLast()
        case .connection: connection.formUnion(value: headers.value(at: index))
        case .upgrade: hasUpgrade = true
        case .host, .expect: return true
        default: break
        }
        return false
    }

    /// Digits only: no sign, no list, no blank (RFC 9110 §8.6).
    private static func length(_ value: RawSpan) throws(HTTP1Error) -> Int {
        guard value.byteCount > 0 else { throw .badContentLength }
        var length = 0
        for index in 0..<value.byteCount {
            guard ASCII.isDigit(value[index]), length <= (Int.max - 9) / 10 else { throw .badContentLength }
            length = length &* 10 &+ Int(value[index] &- 0x30)
        }
        return length
    }

    static func appendLine(
        of span: RawSpan, from index: Int, to headers: inout Headers
    ) throws(HTTP1Error) -> Int? {
        do { return try headers.appendLine(of: span, from: index) } catch { throw HTTP1Error(error) }
    }
}
