internal import Buffers
internal import HTTP

/// Parses the head of a request (RFC 9112 §3, §5).
struct RequestHeadParser: HeadParser {
    private(set) var index: Int
    private(set) var minorVersion: UInt8 = 1
    private(set) var fields = HeadFields()
    private var hasHost = false
    private var expectsContinue = false

    init(at index: Int) {
        self.index = index
    }

    mutating func read(
        _ span: RawSpan, into head: inout HTTPRequestHead, limits: borrowing HTTP1Limits
    ) throws(HTTP1Error) -> Bool {
        head.removeAll()
        let isPartial = index > 0
        if !isPartial {
            guard let line = try RequestLine.read(span, from: 0, into: &head, limits: limits) else { return false }
            (index, minorVersion) = line
        }
        while true {
            switch try fields.read(span, from: &index, into: &head.headers, limits: limits) {
            case .incomplete:
                guard span.byteCount <= limits.headBytes else { throw .headTooLarge }
                return false
            case .field(.host): try readHost(from: &head.headers, into: &head.authority)
            case .field(.expect): try readExpectation(from: &head.headers)
            case .field: break
            case .end:
                guard index <= limits.headBytes else { throw .headTooLarge }
                if !isPartial { try finish(&head) }
                return true
            }
        }
    }

    private mutating func readHost(from headers: inout Headers, into authority: inout [UInt8]) throws(HTTP1Error) {
        guard Authority.isValid(headers.value(at: headers.endIndex &- 1)) else { throw .badHost }
        guard !hasHost else { throw .duplicateHost }
        hasHost = true
        try Self.takeHost(headers.value(at: headers.endIndex &- 1), into: &authority)
        headers.removeLast()
    }

    private static func takeHost(_ value: RawSpan, into authority: inout [UInt8]) throws(HTTP1Error) {
        if authority.isEmpty {
            value.withUnsafeBytes { authority.append(contentsOf: $0) }
        } else {
            // The target's authority wins (RFC 9112 §3.2.2), but a client that means two hosts is up to something.
            guard Authority.isSame(authority.span.bytes, value, defaultPort: 80) else { throw .hostMismatch }
        }
    }

    private mutating func readExpectation(from headers: inout Headers) throws(HTTP1Error) {
        let isKnown = headers.value(at: headers.endIndex &- 1).equalsIgnoringCase("100-continue")
        guard isKnown, !expectsContinue else { throw .badExpectation }
        expectsContinue = true
        headers.removeLast()
    }

    private func finish(_ head: inout HTTPRequestHead) throws(HTTP1Error) {
        guard hasHost || minorVersion == 0 else { throw .missingHost }
        head.body = try fields.body(minorVersion: minorVersion)
        // HTTP/1.0 knows no interim responses, and without a body there is nothing to wait for (RFC 9110 §10.1.1).
        let hasBody = head.body != .none && head.body != .known(0)
        head.expectsContinue = expectsContinue && minorVersion > 0 && hasBody
    }
}
