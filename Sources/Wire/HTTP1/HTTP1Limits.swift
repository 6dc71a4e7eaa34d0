/// How much of each part of a message the readers take before they refuse it. All are bytes unless they say otherwise.
public struct HTTP1Limits: Sendable {
    /// A head: request or status line, fields and line ends. More is answered 431 (or 414 inside the request line).
    public var headBytes = 32 * 1024
    /// Fields of one head, and of one trailer section.
    public var fieldCount = 100
    /// One line of a head.
    public var lineBytes = 8 * 1024
    /// The request target.
    public var targetBytes = 8 * 1024
    /// Chunk extensions of one body, all together.
    public var chunkExtensionBytes = 16 * 1024
    /// The trailer section of one body.
    public var trailerBytes = 16 * 1024
    /// A body; without chunk framing. A connection may lower it for one message once it knows the route.
    public var bodyBytes = Int.max
    /// Interim (1xx) answers to one request.
    public var interimResponses = 8

    public init() {}
}
