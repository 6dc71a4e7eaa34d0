internal import Buffers
internal import HTTP

/// Makes a response head of an HTTP/2 header list (RFC 9113 §8.2, §8.3.2), as strictly as `RequestHeadBuilder`.
struct ResponseHeadBuilder: ~Copyable {
    var head = HTTPResponseHead()
    /// What is wrong with the list so far.
    private(set) var error: HTTP2Error?
    private(set) var meter = FieldMeter()
    private var hasStatus = false
    private var hasField = false
    private(set) var contentLength: Int?

    /// Begins another list.
    mutating func removeAll() {
        head.removeAll()
        error = nil
        meter = FieldMeter()
        hasStatus = false
        hasField = false
        contentLength = nil
    }

    /// Adds one field; what is wrong with it shows in `error`.
    mutating func add(name: RawSpan, value: RawSpan, limits: borrowing HTTP2Limits) {
        if let excess = meter.add(name: name, value: value, limits: limits), error == nil { error = excess }
        guard error == nil else { return }
        do throws(HTTP2Error) {
            if name.byteCount > 0, name[0] == 0x3A {
                guard !hasField, !hasStatus, name.equals(":status") else { throw .badPseudoField }
                hasStatus = true
                head.status = try Self.status(value)
            } else {
                hasField = true
                try addField(HeaderName(matching: name), name, value)
            }
        } catch {
            self.error = error
        }
    }

    private static func status(_ value: RawSpan) throws(HTTP2Error) -> Int {
        guard value.byteCount == 3, let status = ContentLength.parse(value), status >= 100 else { throw .badStatus }
        // There is no switching of protocols in HTTP/2 (RFC 9113 §8.6).
        guard status != 101 else { throw .unexpectedSwitch }
        return status
    }

    private mutating func addField(_ id: HeaderName, _ name: RawSpan, _ value: RawSpan) throws(HTTP2Error) {
        guard id == .contentLength else {
            return try FieldSection.append(id, name: name, value: value, to: &head.headers)
        }
        guard contentLength == nil else { throw .duplicateContentLength }
        guard let length = ContentLength.parse(value) else { throw .badContentLength }
        contentLength = length
    }

    /// Completes the head.
    /// - Parameters:
    ///   - endsStream: No body follows.
    ///   - answersHead: The request's method is HEAD.
    /// - Returns: How many bytes of data must follow, or -1 when nothing says so.
    /// - Throws: What is wrong with it.
    mutating func finish(endsStream: Bool, answersHead: Bool) throws(HTTP2Error) -> Int {
        if let error { throw error }
        guard hasStatus else { throw .missingPseudoField }
        if head.status < 200 {
            guard !endsStream else { throw .trailersNotLast }
            guard contentLength == nil else { throw .bodyNotAllowed }
            return -1
        }
        if answersHead || head.status == 304 {
            head.body = contentLength.map { .known($0) } ?? .none
            return 0
        }
        if head.status == 204 {
            // Some servers say that nothing has no bytes.
            guard contentLength ?? 0 == 0 else { throw .bodyNotAllowed }
            return 0
        }
        if endsStream {
            guard contentLength ?? 0 == 0 else { throw .lengthMismatch }
            head.body = contentLength.map { .known($0) } ?? .none
            return 0
        }
        head.body = contentLength.map { .known($0) } ?? .unknown
        return contentLength ?? -1
    }
}
