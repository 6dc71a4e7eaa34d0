internal import Buffers

/// How long a body is, as far as its head tells.
public enum BodyLength: Hashable, Sendable {
    /// There is no body.
    case none
    /// Exactly this many bytes (Content-Length).
    case known(Int)
    /// It ends where the framing says so (chunked, an HTTP/2 stream's end, the end of the connection).
    case unknown
}

/// The head of a request, the same for every HTTP version.
public struct HTTPRequestHead: Sendable {
    public var method: HTTPMethod = .get
    /// The protocol that a tunnel is wanted for, `websocket`; empty otherwise. The same for both ways to ask for it: an
    /// upgrade by GET (RFC 9110 §7.8), and extended CONNECT (`:protocol`, RFC 8441 §4), whose method is GET beyond its wire.
    /// A response with status 101 opens the tunnel, and both bodies are its bytes.
    public var connectProtocol: [UInt8] = []
    /// The request target in origin form, path and query, exactly as received (`*` for a server-wide OPTIONS).
    public var target: [UInt8] = []
    /// Host and port as in `Host` or `:authority`; empty when the client sent none.
    public var authority: [UInt8] = []
    /// Whether a tunnel is wanted.
    public var wantsTunnel: Bool { !connectProtocol.isEmpty }
    /// All fields but `Host`, `Content-Length`, `Transfer-Encoding` and `Expect`, which the other properties stand for.
    public var headers = Headers()
    public var body: BodyLength = .none
    /// The client waits for `100 Continue` before it sends the body.
    public var expectsContinue = false

    public init() {}

    /// Empties the head for the next request and keeps its memory.
    public mutating func removeAll() {
        method = .get
        connectProtocol.removeAll(keepingCapacity: true)
        target.removeAll(keepingCapacity: true)
        authority.removeAll(keepingCapacity: true)
        headers.removeAll()
        body = .none
        expectsContinue = false
    }
}

/// The head of a response, the same for every HTTP version.
public struct HTTPResponseHead: Sendable {
    /// The status code, 100 to 999.
    public var status: Int = 200
    /// All fields but `Content-Length` and `Transfer-Encoding`, which `body` stands for.
    public var headers = Headers()
    /// In an answer to HEAD, and with status 304, the length that the answer to GET would have: no body follows.
    public var body: BodyLength = .none

    public init() {}

    public init(status: Int) {
        self.status = status
    }

    /// Empties the head for the next response and keeps its memory.
    public mutating func removeAll() {
        status = 200
        headers.removeAll()
        body = .none
    }
}
