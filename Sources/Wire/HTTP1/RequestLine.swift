internal import Buffers
internal import HTTP

/// The first line of a request (RFC 9112 §3).
enum RequestLine {
    private static let maximumMethodBytes = 32

    /// Reads the request line that begins at `start` of `span` into `head`; an absolute target leaves its authority there.
    ///
    /// - Returns: Where the next line begins and the minor version, or nil when `span` ends before the line.
    static func read(
        _ span: RawSpan, from start: Int, into head: inout HTTPRequestHead, limits: borrowing HTTP1Limits
    ) throws(HTTP1Error) -> (end: Int, minorVersion: UInt8)? {
        guard let methodEnd = try endOfMethod(span, from: start) else { return nil }
        let targetStart = methodEnd &+ 1
        let targetEnd = span.endOfTarget(from: targetStart)
        guard targetEnd &- targetStart <= limits.targetBytes else { throw .targetTooLong }
        guard targetEnd < span.byteCount else { return nil }
        guard span[targetEnd] == 0x20, targetEnd > targetStart else { throw .badRequestLine }
        guard let minorVersion = try version(span, from: targetEnd &+ 1) else { return nil }
        head.method = HTTPMethod(span.extracting(start..<methodEnd))
        guard head.method != .connect else { throw .connectRefused }
        guard Methods.isRegistered(head.method) else { throw .unknownMethod }
        try readTarget(span.extracting(targetStart..<targetEnd), into: &head)
        return (targetEnd &+ 11, minorVersion)
    }

    private static func endOfMethod(_ span: RawSpan, from start: Int) throws(HTTP1Error) -> Int? {
        let end = span.endOfToken(from: start)
        guard end &- start <= maximumMethodBytes else { throw .badRequestLine }
        guard end < span.byteCount else { return nil }
        guard span[end] == 0x20, end > start else { throw .badRequestLine }
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

    /// The four forms of RFC 9112 §3.2, without the one of CONNECT.
    private static func readTarget(_ target: RawSpan, into head: inout HTTPRequestHead) throws(HTTP1Error) {
        if target[0] == UInt8(ascii: "/") {
            target.withUnsafeBytes { head.target.append(contentsOf: $0) }
        } else if target.byteCount == 1, target[0] == UInt8(ascii: "*") {
            guard head.method == .options else { throw .badTarget }
            head.target.append(UInt8(ascii: "*"))
        } else {
            try readAbsolute(target, into: &head)
        }
    }

    private static func readAbsolute(_ target: RawSpan, into head: inout HTTPRequestHead) throws(HTTP1Error) {
        guard let start = endOfScheme(target) else { throw .badTarget }
        var end = start
        while end < target.byteCount, target[end] != UInt8(ascii: "/"), target[end] != UInt8(ascii: "?") { end &+= 1 }
        let authority = target.extracting(start..<end)
        guard Authority.isValid(authority) else { throw .badTarget }
        authority.withUnsafeBytes { head.authority.append(contentsOf: $0) }
        let rest = target.extracting(end..<target.byteCount)
        // Without a path, OPTIONS means the whole server (RFC 9112 §3.2.4), everything else the root.
        if rest.byteCount == 0, head.method == .options {
            head.target.append(UInt8(ascii: "*"))
        } else {
            if rest.byteCount == 0 || rest[0] != UInt8(ascii: "/") { head.target.append(UInt8(ascii: "/")) }
            rest.withUnsafeBytes { head.target.append(contentsOf: $0) }
        }
    }

    private static func endOfScheme(_ target: RawSpan) -> Int? {
        if target.byteCount > 7, target.extracting(0..<7).equalsIgnoringCase("http://") { return 7 }
        if target.byteCount > 8, target.extracting(0..<8).equalsIgnoringCase("https://") { return 8 }
        return nil
    }
}
