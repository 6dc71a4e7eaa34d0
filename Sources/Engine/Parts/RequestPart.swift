public import Canonical
public import HTTP

/// What a face makes of a request: the whole vocabulary towards an upstream. A unary call is a stream of one message.
public enum RequestPart: Sendable {
    case head(HTTPRequestHead)
    case message(Message)
    case end(trailers: Headers?)
}

/// What an upstream's answer becomes: the whole vocabulary towards a face.
public enum ResponsePart: Sendable {
    /// A 1xx head that concerns the client (RFC 9110 §15.2); any number may come before the head proper.
    case interim(HTTPResponseHead)
    case head(HTTPResponseHead)
    case message(Message)
    case end(Outcome)
}

/// How a call ended.
public enum Outcome: Sendable {
    case success(trailers: Headers?)
    case failure(Failure)
}
