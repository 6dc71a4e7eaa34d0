public import Buffers
public import HTTP

/// A request as every HTTP version's transport sees it.
public enum HTTPRequestPart: Sendable {
    case head(HTTPRequestHead)
    case body(Bytes)
    case end(trailers: Headers?)
}

/// A response as every HTTP version's transport sees it.
public enum HTTPResponsePart: Sendable {
    /// A 1xx head; any number may come before the head proper.
    case interim(HTTPResponseHead)
    case head(HTTPResponseHead)
    case body(Bytes)
    case end(trailers: Headers?)
}
