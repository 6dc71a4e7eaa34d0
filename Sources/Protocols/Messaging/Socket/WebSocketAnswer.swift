internal import Canonical
internal import HTTP
internal import WebSocket

/// What the opening handshake of a socket that ends here comes to.
struct WebSocketAnswer {
    let head: HTTPResponseHead
    let deflate: WebSocketDeflate?

    /// - Parameter head: A request for a tunnel; what concerns its hop was checked by the listener.
    init(to head: borrowing HTTPRequestHead, _ settings: SocketSettings) throws(Failure) {
        var acceptor = WebSocketAcceptor()
        acceptor.subprotocols = settings.subprotocols
        acceptor.deflate = settings.compresses ? WebSocketDeflate() : nil
        acceptor.origins =
            settings.origins.isEmpty ? .sameHost : settings.origins.contains("*") ? .any : .listed(settings.origins)
        // As the acceptor knows tunnels: of HTTP/2.
        var asked = copy head
        asked.method = .connect
        let acceptance: WebSocketAcceptor.Acceptance
        do throws(WebSocketHandshakeError) {
            acceptance = try acceptor.accept(asked)
        } catch {
            throw Failure(
                error.status == 403 ? .permissionDenied : .invalidArgument, error.reason, error.message,
                origin: .client, httpStatus: error.status)
        }
        var answer = acceptance.head
        answer.status = 101
        self.head = answer
        deflate = acceptance.terms.deflate
    }
}
