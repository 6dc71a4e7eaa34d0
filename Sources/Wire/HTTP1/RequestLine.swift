internal import Buffers
internal import HTTP

/// The first line of a request (RFC 9112 §3).
enum RequestLine {
    private static let maximumMethodBytes = 32

    /// What was read besides what stands in the head.
    struct Result {
        /// Where the next line begins.
        var end: Int
        var minorVersion: UInt8
        /// Whether the target named the authority, which is in the head then.
        var isAbsolute: Bool
    }

    /// Reads the request line at the start of `span` into `head`; nil when `span` ends before the line.
    static func read(
        _ span: RawSpan, into head: inout HTTPRequestHead, limits: borrowing HTTP1Limits
    ) throws(HTTP1Error) -> Result? {
        guard let methodEnd = try endOfMethod(span) else { return nil }
        let targetStart = methodEnd &+ 1
        let targetEnd = span.endOfTarget(from: targetStart)
        guard targetEnd &- targetStart <= limits.targetBytes else { throw .targetTooLong }
        guard targetEnd < span.byteCount else { return nil }
        guard span[targetEnd] == 0x20, targetEnd > targetStart else { throw .badRequestLine }
        guard let minorVersion = try version(span, from: targetEnd &+ 1) else { return nil }
        head.method = HTTPMethod(span.extracting(0..<methodEnd))
        guard head.method != .connect else { throw .connectRefused }
        guard head.method.isRegistered else { throw .unknownMethod }
        let isAbsolute = try readTarget(span.extracting(targetStart..<targetEnd), into: &head)
        return Result(end: targetEnd &+ 11, minorVersion: minorVersion, isAbsolute: isAbsolute)
    }

    private static func endOfMethod(_ span: RawSpan) throws(HTTP1Error) -> Int? {
        let end = span.endOfToken()
        guard end <= maximumMethodBytes else { throw .badRequestLine }
        guard end < span.byteCount else { return nil }
        guard span[end] == 0x20, end > 0 else { throw .badRequestLine }
        return end
    }

    /// The minor version of the `HTTP/1.x` and line end that begin at `start`.
    private static func version(_ span: RawSpan, from start: Int) throws(HTTP1Error) -> UInt8? {
        let available = min(span.byteCount &- start, 10)
        if available == 10, span.extracting(start..<start &+ 10).equals("HTTP/1.1\r\n") { return 1 }
        // Whatever is there must be the beginning of a right end, so that garbage is answered before a line feed comes.
        let pattern: StaticString = "HTTP/0.0\r\n"
        for index in 0..<available {
            let byte = span[start &+ index]
            let isRight = index == 5 || index == 7 ? ASCII.isDigit(byte) : byte == pattern.utf8Start[index]
            guard isRight else { throw .badRequestLine }
        }
        guard available == 10 else { return nil }
        guard span[start &+ 5] == UInt8(ascii: "1"), span[start &+ 7] <= UInt8(ascii: "1") else {
            throw .unsupportedVersion
        }
        return span[start &+ 7] &- UInt8(ascii: "0")
    }

    /// Reads the target in any of the forms of RFC 9112 §3.2 but that of CONNECT.
    /// - Returns: Whether it is the absolute form.
    private static func readTarget(
        _ target: RawSpan, into head: inout HTTPRequestHead
    ) throws(HTTP1Error) -> Bool {
        if target[0] == UInt8(ascii: "/") {
            head.target.assign(target)
            return false
        }
        if target.byteCount == 1, target[0] == UInt8(ascii: "*") {
            guard head.method == .options else { throw .badTarget }
            head.target.assign(target)
            return false
        }
        try readAbsolute(target, into: &head)
        return true
    }

    private static func readAbsolute(_ target: RawSpan, into head: inout HTTPRequestHead) throws(HTTP1Error) {
        guard let start = endOfScheme(target) else { throw .badTarget }
        var end = start
        while end < target.byteCount, target[end] != UInt8(ascii: "/"), target[end] != UInt8(ascii: "?") { end &+= 1 }
        let authority = target.extracting(start..<end)
        guard Authority.isValid(authority) else { throw .badTarget }
        head.authority.assign(authority)
        let rest = target.extracting(end..<target.byteCount)
        head.target.assign(rest)
        // Without a path, OPTIONS means the whole server (RFC 9112 §3.2.4), everything else the root.
        if rest.byteCount == 0, head.method == .options {
            head.target.append(UInt8(ascii: "*"))
        } else if rest.byteCount == 0 || rest[0] != UInt8(ascii: "/") {
            head.target.insert(UInt8(ascii: "/"), at: 0)
        }
    }

    private static func endOfScheme(_ target: RawSpan) -> Int? {
        if target.byteCount > 7, target.extracting(0..<7).equalsIgnoringCase("http://") { return 7 }
        if target.byteCount > 8, target.extracting(0..<8).equalsIgnoringCase("https://") { return 8 }
        return nil
    }
}
