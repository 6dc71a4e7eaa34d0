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
    case head(HTTPResponseHead)
    case message(Message)
    case end(Outcome)
}

/// How a call ended.
public enum Outcome: Sendable {
    case success(trailers: Headers?)
    case failure(Failure)
}
