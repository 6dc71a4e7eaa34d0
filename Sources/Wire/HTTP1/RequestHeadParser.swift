internal import Buffers
internal import HTTP

/// Parses the head of a request (RFC 9112 §3, §5).
struct RequestHeadParser: HeadParser {
    private(set) var index: Int
    private(set) var minorVersion: UInt8 = 1
    private(set) var framing = MessageFraming()

    init(at index: Int) {
        self.index = index
    }

    mutating func read(
        _ span: RawSpan, into head: inout HTTPRequestHead, limits: borrowing HTTP1Limits
    ) throws(HTTP1Error) -> Bool {
        head.headers.removeAll()
        guard index == 0 else { return try HeadLines.read(span, from: &index, into: &head.headers, limits: limits) }
        guard let line = try RequestLine.read(span, into: &head, limits: limits) else { return false }
        (index, minorVersion) = (line.end, line.minorVersion)
        guard try HeadLines.read(span, from: &index, into: &head.headers, limits: limits) else { return false }
        framing = try MessageFraming(takenFrom: &head.headers)
        try takeHost(from: &head.headers, into: &head.authority, isNamed: line.isAbsolute)
        head.body = try framing.body(minorVersion: minorVersion)
        try takeExpectation(from: &head)
        return true
    }

    /// - Parameter isNamed: The target named the authority already.
    private func takeHost(
        from headers: inout Headers, into authority: inout [UInt8], isNamed: Bool
    ) throws(HTTP1Error) {
        guard let host = framing.host else {
            guard minorVersion == 0 else { throw .missingHost }
            if !isNamed { authority.removeAll(keepingCapacity: true) }
            return
        }
        try Self.takeHost(headers.value(at: host), into: &authority, isNamed: isNamed)
        headers.remove(at: host)
    }

    private static func takeHost(
        _ value: RawSpan, into authority: inout [UInt8], isNamed: Bool
    ) throws(HTTP1Error) {
        guard Authority.isValid(value) else { throw .badHost }
        // The target's authority wins (RFC 9112 §3.2.2), but a client that means two hosts is up to something.
        guard !isNamed || Authority.isSame(authority.span.bytes, value, defaultPort: 80) else { throw .hostMismatch }
        if !isNamed { authority.assign(value) }
    }

    private func takeExpectation(from head: inout HTTPRequestHead) throws(HTTP1Error) {
        head.expectsContinue = false
        guard let expect = framing.expect else { return }
        guard head.headers.value(at: expect).equalsIgnoringCase("100-continue") else { throw .badExpectation }
        head.headers.remove(at: expect)
        // HTTP/1.0 knows no interim responses, and without a body there is nothing to wait for (RFC 9110 §10.1.1).
        head.expectsContinue = minorVersion > 0 && head.body != .none && head.body != .known(0)
    }
}
