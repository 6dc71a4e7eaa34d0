internal import Buffers
internal import HTTP

/// The first line of a response (RFC 9112 §4).
enum StatusLine {
    /// Reads the status line at the start of `span`; the reason phrase is passed over.
    ///
    /// - Returns: Where the next line begins, the minor version and the status, or nil when `span` ends before the line.
    static func read(
        _ span: RawSpan, limits: borrowing HTTP1Limits
    ) throws(HTTP1Error) -> (end: Int, minorVersion: UInt8, status: Int)? {
        try checkPrefix(span)
        var end = span.firstControl(from: 0)
        while end < span.byteCount, span[end] == 0x09 { end = span.firstControl(from: end &+ 1) }
        guard end <= limits.lineBytes else { throw .lineTooLong }
        guard end &+ 1 < span.byteCount else { return nil }
        guard span[end] == 0x0D, span[end &+ 1] == 0x0A, end >= 12 else { throw .badStatusLine }
        let status = 100 &* digit(span, 9) &+ 10 &* digit(span, 10) &+ digit(span, 11)
        // Servers that leave the reason out often leave the blank before it out too.
        guard status >= 100, end == 12 || span[12] == 0x20 else { throw .badStatusLine }
        guard span[7] <= UInt8(ascii: "1") else { throw .unsupportedVersion }
        return (end &+ 2, span[7] &- UInt8(ascii: "0"), status)
    }

    /// Whatever is there must be the beginning of a status line, so that garbage is told before a line feed comes.
    private static func checkPrefix(_ span: RawSpan) throws(HTTP1Error) {
        if span.byteCount >= 12, span.extracting(0..<9).equals("HTTP/1.1 "), ASCII.isDigit(span[9]),
            ASCII.isDigit(span[10]), ASCII.isDigit(span[11])
        {
            return
        }
        let pattern: StaticString = "HTTP/1.0 000"
        for index in 0..<min(span.byteCount, 12) {
            let isRight = index == 7 || index > 8 ? ASCII.isDigit(span[index]) : span[index] == pattern.utf8Start[index]
            guard isRight else { throw .badStatusLine }
        }
    }

    private static func digit(_ span: RawSpan, _ index: Int) -> Int { Int(span[index] &- 0x30) }
}
