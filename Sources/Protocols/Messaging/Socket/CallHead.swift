internal import Buffers
internal import Engine
internal import HTTP

/// What upstreams are told of the client that a call is made for: the fields of its opening handshake, for each call anew.
enum CallHead {
    private static let connection: Set<String> = ["ws-connection-id", "ws-event", "ws-seq"]

    /// The fields of `opening` that are not about the socket, and the socket's name.
    static func make(of opening: borrowing HTTPRequestHead, _ id: SocketID?) -> HTTPRequestHead {
        var head = HTTPRequestHead()
        head.method = .post
        head.authority = opening.authority
        head.body = .unknown
        head.headers = opening.headers
        for name in [
            HeaderName.secWebSocketAccept, .secWebSocketExtensions, .secWebSocketKey, .secWebSocketProtocol,
            .secWebSocketVersion, .upgrade, .connection, .accept, .acceptEncoding, .contentType, .xRequestID,
        ] { head.headers.remove(name) }
        // Nobody but the gateway says which socket it is.
        for name in connection { head.headers.remove(text: Array(name.utf8).span.bytes) }
        if let id { head.headers.append("ws-connection-id", id.text) }
        return head
    }

    /// The head of the call that the message `number` of the socket begins.
    static func numbered(_ number: Int, _ head: HTTPRequestHead, event: String = "message") -> HTTPRequestHead {
        var head = head
        head.headers.append("ws-event", event)
        head.headers.append("ws-seq", String(number))
        return head
    }
}
