internal import Buffers
internal import HTTP

/// Parses the head of a response but for the length of its body, which depends on the request (RFC 9112 §4, §5).
struct ResponseHeadParser: HeadParser {
    private(set) var index: Int
    private(set) var minorVersion: UInt8 = 1
    private(set) var fields = HeadFields()

    init(at index: Int) {
        self.index = index
    }

    mutating func read(
        _ span: RawSpan, into head: inout HTTPResponseHead, limits: borrowing HTTP1Limits
    ) throws(HTTP1Error) -> Bool {
        head.removeAll()
        if index == 0 {
            guard let line = try StatusLine.read(span, limits: limits) else { return false }
            (index, minorVersion, head.status) = line
        }
        while true {
            switch try fields.read(span, from: &index, into: &head.headers, limits: limits) {
            case .incomplete:
                guard span.byteCount <= limits.headBytes else { throw .headTooLarge }
                return false
            case .field: break
            case .end:
                guard index <= limits.headBytes else { throw .headTooLarge }
                return true
            }
        }
    }
}
