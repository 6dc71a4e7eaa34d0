internal import Canonical
internal import Engine
internal import Reactor

extension Failure {
    // MARK: Requests

    static let draining = Failure(
        .unavailable, "admin.draining", "The gateway is about to end, and takes no more clients.", retry: .always)

    static let badEncoding = Failure(
        .invalidArgument, "request.encoding", "Path or query has a broken percent-encoding or is not UTF-8.",
        origin: .client)

    static let compressedBody = Failure(
        .invalidArgument, "request.content_encoding", "Messages are taken as they are, not compressed.",
        origin: .client, httpStatus: 415)

    static let notText = Failure(
        .invalidArgument, "request.not_text", "The body is said to be text and is not UTF-8.", origin: .client)

    static func unknownParameter(_ name: String) -> Failure {
        Failure(
            .invalidArgument, "request.unknown_parameter", "There is no parameter \"\(name)\" here.", origin: .client)
    }

    /// - Parameter rule: What the parameter is, as the rest of a sentence.
    static func badParameter(_ name: String, _ rule: String) -> Failure {
        Failure(.invalidArgument, "request.parameter", "The parameter \"\(name)\" \(rule).", origin: .client)
    }

    // MARK: Sockets

    static let unknownSocket = Failure(
        .notFound, "websocket.unknown", "There is no such socket, and was none of late.", origin: .client)

    /// Never 410: it will be open in a moment.
    static let socketOpening = Failure(
        .aborted, "websocket.connecting", "The socket is not open yet; try again in a moment.", origin: .client,
        retry: .always, headers: [("retry-after", "1")])

    static func socketGone(_ end: SocketEnd) -> Failure {
        Failure(
            .notFound, "websocket.gone", "The socket is closed.", origin: .client, httpStatus: 410,
            members: [
                ("closedAt", .text(WallTime(seconds: end.time).timestamp)), ("closeCode", .number(end.code)),
            ])
    }

    static let socketFull = Failure(
        .resourceExhausted, "websocket.full", "The client reads too slowly: there is no room for another message.",
        origin: .client, headers: [("retry-after", "1")])

    static func tooLarge(_ limit: Int) -> Failure {
        Failure(
            .resourceExhausted, "body.too_large", "The socket takes messages of \(limit) bytes at most.",
            origin: .client, httpStatus: 413)
    }
}
