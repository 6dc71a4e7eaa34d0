public import Buffers
public import HTTP

/// What a `ResponseReader` found next. The order of a response is interim…, head, body…, end.
public enum ResponseEvent: Sendable {
    /// An interim (1xx) head is whole; the final one follows.
    case informational
    /// The head of status 101 is whole: the connection speaks the other protocol from the next byte of the input on.
    case switchingProtocols
    /// The final head is whole, in the object that was passed in.
    case head
    /// The next bytes of the body: a slice of the input.
    case body(Bytes)
    /// The response is whole.
    case end
}

/// Reads the responses of one HTTP/1 connection: the client's side (RFC 9112), one request at a time.
///
/// As strict as `RequestReader`, for the same reason: a response that can be read in two ways is how one client is given
/// another's answer. Any error means that the connection must be closed and the call fails (502).
///
///     idle → begin → interim… → head → body… → end → idle
///     begin → switchingProtocols → switched (for good)
///     any → failed (for good)
public struct ResponseReader: ~Copyable {
    private enum State {
        case idle, head, body, switched, failed
    }

    private let limits: HTTP1Limits
    private var state = State.idle
    /// Why the reader has `failed`.
    private var failure = HTTP1Error.truncated
    /// Also keeps the line of a trailer section that is not whole yet.
    private var partial = PartialHead()
    private var body = BodyReader()
    private var isAnswerToHead = false
    private var allowsUpgrade = false
    private var interimCount = 0
    /// Whether the head of the present response lets the connection live on.
    private var persists = false

    /// The `x` of the last head's `HTTP/1.x`.
    public private(set) var minorVersion: UInt8 = 1
    /// Whether the connection may carry another request, now that the last response has ended (RFC 9112 §9.3).
    ///
    /// Never when bytes follow that belong to no request.
    public private(set) var isReusable = true
    /// Data bytes that the present body may have.
    public var maximumBodyBytes: Int

    public init(limits: HTTP1Limits = HTTP1Limits()) {
        self.limits = limits
        maximumBodyBytes = limits.bodyBytes
    }

    /// Whether no response is due.
    public var isIdle: Bool { state == .idle }

    /// Whether a byte of the due response has come; without one, the request may be sent again elsewhere.
    public private(set) var hasBegun = false

    /// The trailer fields of the response that just ended, until the next call of `next` or `begin`; what a trailer may not
    /// set is not among them.
    public var trailers: Headers { body.trailers.headers }

    /// Makes ready for the response to a request that is about to be sent.
    ///
    /// - Parameters:
    ///   - method: The method of the request: HEAD is answered without a body.
    ///   - allowsUpgrade: Whether the request asks to switch protocols; else 101 is an error.
    public mutating func begin(_ method: HTTPMethod, allowsUpgrade: Bool = false) {
        precondition(state == .idle && isReusable, "The last response has not ended, or the connection is spent.")
        state = .head
        isAnswerToHead = method == .head
        self.allowsUpgrade = allowsUpgrade
        interimCount = 0
        hasBegun = false
        isReusable = false
        body = BodyReader()
        maximumBodyBytes = limits.bodyBytes
    }

    /// Reads on; call it until it returns nil.
    ///
    /// - Parameters:
    ///   - input: What was received and not read yet; consumed as far as the event goes.
    ///   - head: Filled at `informational`, `switchingProtocols` and `head`; anything else may be in it before.
    /// - Returns: The next event, or nil when all input is consumed and more is needed (after a switch nothing is read).
    /// - Throws: Why the response is refused; again at every later call.
    public mutating func next(
        _ input: inout Bytes, into head: inout HTTPResponseHead
    ) throws(HTTP1Error) -> ResponseEvent? {
        do throws(HTTP1Error) {
            if !input.isEmpty { hasBegun = true }
            switch state {
            case .idle:
                if body.mayHaveTrailers { body = BodyReader() }
                guard input.isEmpty else { throw .unexpectedResponse }
                return nil
            case .head: return try nextHead(&input, into: &head)
            case .body: return try nextBody(&input)
            case .switched: return nil
            case .failed: throw failure
            }
        } catch {
            throw fail(error)
        }
    }

    /// The connection has ended: so does a body that only this can end.
    ///
    /// - Returns: `end` for such a body, nil when no response was due.
    /// - Throws: `truncated` in the middle of anything else.
    public mutating func finish() throws(HTTP1Error) -> ResponseEvent? {
        isReusable = false
        switch state {
        case .idle, .switched: return nil
        case .body where body.isUntilClose:
            state = .idle
            return .end
        case .failed: throw failure
        case .head, .body: throw fail(.truncated)
        }
    }

    // MARK: Heads

    private mutating func nextHead(
        _ input: inout Bytes, into head: inout HTTPResponseHead
    ) throws(HTTP1Error) -> ResponseEvent? {
        guard !input.isEmpty else { return nil }
        var parser = ResponseHeadParser(at: 0)
        guard try partial.read(&input, by: &parser, into: &head, limits: limits) else { return nil }
        minorVersion = parser.minorVersion
        let length = try parser.framing.body(minorVersion: minorVersion)
        if head.status < 200 { return try interim(head.status, length) }
        try begin(parser, length, &head)
        return .head
    }

    private mutating func interim(_ status: Int, _ length: BodyLength) throws(HTTP1Error) -> ResponseEvent {
        guard length == .none else { throw .bodyNotAllowed }
        if status == 101 {
            guard allowsUpgrade else { throw .unexpectedSwitch }
            state = .switched
            return .switchingProtocols
        }
        interimCount += 1
        guard interimCount <= limits.interimResponses else { throw .tooManyInterimResponses }
        return .informational
    }

    /// RFC 9112 §6.3, in its order.
    private mutating func begin(
        _ parser: ResponseHeadParser, _ length: BodyLength, _ head: inout HTTPResponseHead
    ) throws(HTTP1Error) {
        persists = parser.framing.connection.persists(minorVersion: minorVersion)
        state = .body
        if isAnswerToHead || head.status == 304 {
            head.body = length
            body = BodyReader(.none)
        } else if head.status == 204 {
            // Some servers say that nothing has no bytes; more than nothing would be read as the next response.
            guard length == .none || length == .known(0) else { throw .bodyNotAllowed }
            body = BodyReader(.none)
        } else if length == .none {
            head.body = .unknown
            body = BodyReader(.unknown, endsAtClose: true)
            persists = false
        } else {
            head.body = length
            body = BodyReader(length)
        }
    }

    // MARK: Bodies

    private mutating func nextBody(_ input: inout Bytes) throws(HTTP1Error) -> ResponseEvent? {
        let part = try body.next(&input, pending: &partial.bytes, maximum: maximumBodyBytes, limits: limits)
        switch part {
        case .data(let bytes): return .body(bytes)
        case .end:
            state = .idle
            isReusable = persists && input.isEmpty
            return .end
        case nil: return nil
        }
    }

    private mutating func fail(_ error: HTTP1Error) -> HTTP1Error {
        state = .failed
        failure = error
        isReusable = false
        partial = PartialHead()
        return error
    }
}
