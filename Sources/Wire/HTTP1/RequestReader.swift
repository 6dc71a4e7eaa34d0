public import Buffers
public import HTTP

/// What a `RequestReader` found next. The order of a request is head, body…, end.
public enum RequestEvent: Sendable {
    /// The head is whole, in the object that was passed in.
    case head
    /// The next bytes of the body: a slice of the input.
    case body(Bytes)
    /// The request is whole. The next one may follow in the same input.
    case end
}

/// Reads the requests of one HTTP/1 connection: the server's side (RFC 9112).
///
/// Strict: what two implementations could read in two ways is refused, because the next hop may be the other one
/// (request smuggling). It does no I/O and knows no clock. A head that comes whole is parsed where it lies and costs no
/// allocation when the caller reuses the head object; one that comes in pieces waits in a buffer that is freed with it.
///
///     between requests → head → body… → end → between requests
///     any → failed (for good)
public struct RequestReader: ~Copyable {
    private enum State {
        case head, body, failed
    }

    /// Where in the empty line that may precede a request line (RFC 9112 §2.2) the reader is.
    private enum EmptyLine {
        case none, carriageReturn, whole
    }

    private let limits: HTTP1Limits
    private var state = State.head
    /// Why the reader has `failed`.
    private var failure = HTTP1Error.truncated
    private var emptyLine = EmptyLine.none
    /// Also keeps the line of a trailer section that is not whole yet.
    private var partial = PartialHead()
    private var body = BodyReader()
    private var options: ConnectionOptions = []

    /// The `x` of the last head's `HTTP/1.x`.
    public private(set) var minorVersion: UInt8 = 1
    /// Whether the last head asks for another protocol: `Upgrade`, and `Connection: upgrade`, and not on HTTP/1.0 (RFC 9110
    /// §7.8).
    ///
    /// What follows such a request may be of the other protocol: ask before the next call of `next`.
    public private(set) var requestsUpgrade = false
    /// Data bytes that the present body may have; set it after `head` when the route allows another size.
    public var maximumBodyBytes: Int
    private var isAnswerBodiless = false

    public init(limits: HTTP1Limits = HTTP1Limits()) {
        self.limits = limits
        maximumBodyBytes = limits.bodyBytes
    }

    /// Whether nothing of a next request has come: the connection is idle.
    public var isAtMessageBoundary: Bool { state == .head && partial.isEmpty }

    /// Whether a head has begun and is not whole.
    public var isInsideHead: Bool { state == .head && !partial.isEmpty }

    /// Whether the client lets the connection live on after the last head's request (RFC 9112 §9.3).
    public var keepsAlive: Bool { options.persists(minorVersion: minorVersion) }

    /// What the answer to the last head must heed.
    public var answerRules: AnswerRules {
        AnswerRules(isHead: isAnswerBodiless, minorVersion: minorVersion, keepsAlive: keepsAlive)
    }

    /// The trailer fields of the request that just ended, until the next call of `next`; what a trailer may not set is not
    /// among them.
    public var trailers: Headers { body.trailers.headers }

    /// Reads on; call it until it returns nil.
    ///
    /// - Parameters:
    ///   - input: What was received and not read yet; consumed as far as the event goes.
    ///   - head: Filled at `head`; anything else may be in it before. Keeps its memory from request to request.
    /// - Returns: The next event, or nil when all input is consumed and more is needed.
    /// - Throws: Why the request is refused; again at every later call.
    public mutating func next(
        _ input: inout Bytes, into head: inout HTTPRequestHead
    ) throws(HTTP1Error) -> RequestEvent? {
        do throws(HTTP1Error) {
            switch state {
            case .head: return try nextHead(&input, into: &head)
            case .body: return try nextBody(&input)
            case .failed: throw failure
            }
        } catch {
            state = .failed
            failure = error
            partial = PartialHead()
            throw error
        }
    }

    private mutating func nextBody(_ input: inout Bytes) throws(HTTP1Error) -> RequestEvent? {
        let part = try body.next(&input, pending: &partial.bytes, maximum: maximumBodyBytes, limits: limits)
        switch part {
        case .data(let bytes): return .body(bytes)
        case .end:
            state = .head
            emptyLine = .none
            return .end
        case nil: return nil
        }
    }

    private mutating func nextHead(
        _ input: inout Bytes, into head: inout HTTPRequestHead
    ) throws(HTTP1Error) -> RequestEvent? {
        if body.mayHaveTrailers { body = BodyReader() }
        guard !input.isEmpty else { return nil }
        if partial.isEmpty { try skipEmptyLine(&input) }
        var parser = RequestHeadParser(at: 0)
        guard try partial.read(&input, by: &parser, into: &head, limits: limits) else { return nil }
        try begin(parser, head)
        return .head
    }

    private mutating func begin(_ parser: RequestHeadParser, _ head: borrowing HTTPRequestHead) throws(HTTP1Error) {
        maximumBodyBytes = limits.bodyBytes
        if case .known(let length) = head.body, length > maximumBodyBytes { throw .bodyTooLarge }
        body = BodyReader(head.body)
        minorVersion = parser.minorVersion
        options = parser.framing.connection
        requestsUpgrade = minorVersion > 0 && parser.framing.hasUpgrade && options.contains(.upgrade)
        isAnswerBodiless = head.method == .head
        state = .body
    }

    /// Some clients send one line end too many after a body; more than one is refused.
    private mutating func skipEmptyLine(_ input: inout Bytes) throws(HTTP1Error) {
        while emptyLine != .whole, !input.isEmpty {
            if emptyLine == .carriageReturn {
                guard input[0] == 0x0A else { throw .bareCarriageReturn }
                emptyLine = .whole
            } else {
                guard input[0] == 0x0D else { return }
                emptyLine = .carriageReturn
            }
            input.removeFirst(1)
        }
    }
}
