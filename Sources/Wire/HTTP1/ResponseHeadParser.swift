internal import Buffers
internal import HTTP

/// Parses the head of a response but for the length of its body, which depends on the request (RFC 9112 §4, §5).
struct ResponseHeadParser: HeadParser {
    private(set) var index: Int
    private(set) var minorVersion: UInt8 = 1
    private(set) var framing = MessageFraming()

    init(at index: Int) {
        self.index = index
    }

    mutating func read(
        _ span: RawSpan, into head: inout HTTPResponseHead, limits: borrowing HTTP1Limits
    ) throws(HTTP1Error) -> Bool {
        head.removeAll()
        guard index == 0 else { return try HeadLines.read(span, from: &index, into: &head.headers, limits: limits) }
        guard let line = try StatusLine.read(span, limits: limits) else { return false }
        (index, minorVersion, head.status) = line
        guard try HeadLines.read(span, from: &index, into: &head.headers, limits: limits) else { return false }
        framing = try MessageFraming(takenFrom: &head.headers)
        return true
    }
}
