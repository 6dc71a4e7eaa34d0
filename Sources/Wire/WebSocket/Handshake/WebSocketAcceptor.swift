internal import Buffers
public import HTTP

/// The server's side of the opening handshake (RFC 6455 §4.2, RFC 8441 §5): how one route takes WebSockets.
public struct WebSocketAcceptor: Sendable {
    /// What a request becomes that is accepted.
    public struct Acceptance: Sendable {
        /// 101 for an upgrade, 200 for a tunnel, with all fields that the handshake has.
        public var head: HTTPResponseHead
        public var terms: WebSocketTerms
    }

    /// Those that are known. Of the ones that a client offers its most preferred is chosen.
    public var subprotocols: [String] = []
    /// Whether a client must offer one that is known.
    public var requiresSubprotocol = false
    public var origins = WebSocketOrigins.any
    /// The most that is accepted of permessage-deflate; nil: nothing is compressed.
    public var deflate: WebSocketDeflate?

    public init() {}

    /// Whether a request asks for a WebSocket, rightly or not. Of HTTP/1, also ask `RequestReader.requestsUpgrade`.
    public static func isAsked(by head: borrowing HTTPRequestHead) -> Bool {
        if head.method == .connect { return head.connectProtocol.span.bytes.equalsIgnoringCase("websocket") }
        return head.headers.lists("websocket", in: .upgrade)
    }

    /// Judges a request that asks for a WebSocket; its fields must be those that were received.
    ///
    /// - Throws: Why it is refused, with the `status` and the `headers` to answer.
    public func accept(_ head: borrowing HTTPRequestHead) throws(WebSocketHandshakeError) -> Acceptance {
        let isTunnel = head.method == .connect
        guard isTunnel || head.method == .get else { throw .badMethod }
        guard isTunnel || head.headers.lists("upgrade", in: .connection) else { throw .badUpgrade }
        guard head.body == .none || isTunnel && head.body == .unknown else { throw .bodyNotAllowed }
        guard isVersionKnown(head.headers) else { throw .badVersion }
        guard origins.allow(head) else { throw .originRefused }
        var answer = HTTPResponseHead(status: isTunnel ? 200 : 101)
        if isTunnel {
            answer.body = .unknown
        } else {
            let proof = try answerToKey(of: head.headers)
            answer.headers.append(.upgrade, "websocket")
            answer.headers.append(.secWebSocketAccept, proof.span.bytes)
        }
        var terms = WebSocketTerms(subprotocol: try subprotocol(for: head.headers))
        if let subprotocol = terms.subprotocol { answer.headers.append(.secWebSocketProtocol, subprotocol) }
        let offers = try ExtensionList(head.headers)
        if let accepted = deflate?.accept(offers) {
            terms.deflate = accepted.terms
            answer.headers.append(.secWebSocketExtensions, accepted.response.text)
        }
        return Acceptance(head: answer, terms: terms)
    }

    private func isVersionKnown(_ headers: borrowing Headers) -> Bool {
        guard let index = headers.onlyIndex(of: .secWebSocketVersion) else { return false }
        return headers.value(at: index).equals("13")
    }

    private func answerToKey(of headers: borrowing Headers) throws(WebSocketHandshakeError) -> [UInt8] {
        guard let index = headers.onlyIndex(of: .secWebSocketKey) else { throw .badKey }
        let key = headers.value(at: index)
        guard Base64.isSixteenBytes(key) else { throw .badKey }
        return AcceptKey.answer(to: key.withUnsafeBytes { Array($0) })
    }

    private func subprotocol(for headers: borrowing Headers) throws(WebSocketHandshakeError) -> String? {
        let offered = try SubprotocolList(headers).names
        let chosen = offered.first { subprotocols.contains($0) }
        guard chosen != nil || !requiresSubprotocol else { throw .unknownSubprotocol }
        return chosen
    }
}
